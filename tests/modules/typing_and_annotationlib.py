"""typing: aliases, protocols, named tuples, typed dicts, hints."""

from typing import *
import typing, collections.abc
print(List[int], Dict[str,int], Optional[int], Union[int,str,None], Callable[[int,str],bool], Callable[...,Any], Tuple[int,...], Tuple[()], Type[int], Any, List, Iterable[int], Mapping[str,Any], Literal[1,'a'], ClassVar[int], Final[str], Annotated[int,'x',5], Union[int], Optional[None], Set[int], FrozenSet[str], Sequence[int], Generator[int,None,str], Awaitable[int])
T=TypeVar('T'); K=TypeVar('K'); P=ParamSpec('P')
print(List[T][int], Dict[K,T][str,int], Callable[P,T][[int,str],bool], Callable[[T],K][int,str], Optional[T][int], Union[T,K][int,str], Callable[Concatenate[int,P],T], List[List[T]][int])
print(get_origin(List[int]), get_args(List[int]), get_origin(Union[int,str]), get_args(Callable[[int],str]), get_args(Dict[str,int]), get_origin(int), get_args(int), get_origin(Annotated[int,1]), get_args(Annotated[int,1]), get_origin(list[int]), get_args(int|None), get_origin(Literal[1]), get_args(Literal[1,2]), get_origin(Generic[T]))
@runtime_checkable
class HasLen(Protocol):
    def __len__(self) -> int: ...
class HasName(Protocol):
    name: str
class Impl:
    name='x'
    def __len__(self): return 1
print(isinstance([],HasLen), isinstance(5,HasLen), issubclass(list,HasLen), isinstance(Impl(),HasLen), is_protocol(HasLen), sorted(get_protocol_members(HasName)), isinstance(5, SupportsInt), isinstance('', SupportsInt), isinstance(5, SupportsIndex))
for f in (lambda: isinstance(5,HasName), lambda: HasLen(), lambda: isinstance([],List[int]), lambda: Optional[int,str], lambda: Any(), lambda: List[int,str], lambda: Callable[int], lambda: List(), lambda: Self[int], lambda: isinstance(5,Any), lambda: assert_never(5), lambda: Union[()], lambda: Dict[int], lambda: NewType('N',int).x, lambda: Annotated[int], lambda: ClassVar[int,str], lambda: Union(), lambda: Literal()):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
print(isinstance([], List), issubclass(dict, Mapping), isinstance({}, Dict))
class Emp(NamedTuple):
    name: str
    id: int = 3
    def hi(self): return 'hi '+self.name
e=Emp('Bob'); print(e, e.id, e._fields, Emp.__annotations__, e.hi(), Emp._field_defaults, isinstance(e,tuple), Emp.__bases__, Emp.__orig_bases__==(NamedTuple,))
E2=NamedTuple('E2',[('a',int),('b',str)]); print(E2(1,'x'))
class TD(TypedDict, total=False):
    x: int
    y: Required[str]
class TD2(TD):
    z: NotRequired[int]
d: TD = {'x':1}; print(TD(x=1,y='a'), TD.__annotations__, TD.__required_keys__, sorted(TD.__optional_keys__), TD.__total__, sorted(TD2.__required_keys__), sorted(TD2.__optional_keys__), is_typeddict(TD), TypedDict('F',{'a':int})(a=1))
try: isinstance({}, TD)
except TypeError as e: print(e)
UserId=NewType('UserId',int); print(UserId(5), UserId, UserId.__supertype__, UserId.__name__)
class Node(Generic[T]):
    left: 'Node[T]'
    val: T
    def __init__(self, v: T): self.v=v
    def m(self, o: 'Optional[int]' = None) -> 'Node': ...
print(get_type_hints(Node), get_type_hints(Node.m), Node[int](5).v, Node[int], Node[T][str])
def f(a: int, b: 'str', *c: List['int'], d: Annotated[int,'m']=1) -> None: ...
print(get_type_hints(f), get_type_hints(f, include_extras=True), f.__annotations__)
@overload
def g(x: int) -> int: ...
@overload
def g(x: str) -> str: ...
def g(x): return x
print(g(5), len(get_overloads(g)), cast(int,'a'), TYPE_CHECKING, final(Node) is Node, Node.__final__)
class Sub(List[int]): pass
class SubD(Dict[K,T]): pass
print(Sub([1]), Sub.__mro__, SubD.__parameters__, SubD[int,str], Sub.__orig_bases__)
class AnySub(Any): pass
print(AnySub.__mro__)
print(Literal[1]==Literal[1], Literal[1]==Literal[True], List[int]==List[int], hash(List[int])==hash(List[int]), Union[int,str]==Union[str,int], Optional[int]==Union[int,None], Annotated[int,1]==Annotated[int,1], int|str==Union[int,str])
print(List[int].__origin__, List[int].__args__, List.__origin__, Deque[int], DefaultDict[str,int], Counter[str], ContextManager[int], ForwardRef('x'), Self, Never, NoReturn, Text, AnyStr, LiteralString, TypeAlias, Unpack[Tuple[int]], TypeGuard[int], Required[int])
def deco(fn: Callable[P,T]) -> Callable[P,T]: return fn
print(deco.__annotations__['fn'], deco.__annotations__['return'])
class Cfg:
    a: int
    b: 'Unknown'
    c: Undefined2 = 5
import annotationlib
print(annotationlib.get_annotations(Cfg, format=annotationlib.Format.STRING), annotationlib.get_annotations(Cfg, format=annotationlib.Format.FORWARDREF)['a'])
try: Cfg.__annotations__
except NameError as e: print(e)
def later(q: Zed, r: list[Zed]) -> int: ...
print(annotationlib.get_annotations(later, format=annotationlib.Format.STRING), annotationlib.get_annotations(later, format=annotationlib.Format.FORWARDREF)['q'].__forward_arg__)
class Zed: pass
print(later.__annotations__, annotationlib.Format.VALUE, list(annotationlib.Format))
