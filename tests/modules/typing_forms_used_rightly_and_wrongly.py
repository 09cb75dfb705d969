# The forms of typing, each used rightly and wrongly: what it gives, or what it says is wrong.
import collections.abc
import pickle
import typing
import weakref
from typing import *

T = TypeVar("T")
KT = TypeVar("KT")
D = TypeVar("D", default=int)
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")


class G(Generic[T]):
    pass


class GP(Generic[P]):
    pass


class GTP(Generic[T, P]):
    pass


class GTs(Generic[T, *Ts]):
    pass


class GDs(Generic[T, D, *Ts]):
    pass


def shown(text):
    try:
        print(text, "=>", eval(text))
    except BaseException as error:
        print(text, "!!", type(error).__name__, error)


for line in """
Callable[int, str]
Callable["P", int]
Callable[*Ts, T]
Callable[0, int]
collections.abc.Callable[int, str]
Callable[P, T][0, int]
Callable[P, T][int, str]
collections.abc.Callable[P, T][0, int]
collections.abc.Callable[P, T][int, str]
GP[int]
GP[int, str]
GP[[int], str]
Callable[P, T][int]
Callable[P, T][[int], str, int]
list[T, *tuple[int, ...]][str]
List[T, *tuple[int, ...]]
Tuple[T, *tuple[int, ...]][str]
Tuple[T, Unpack[Tuple[int, ...]]][str]
List[int, str]
Dict[int]
Tuple[Ts]
Tuple[Ts][int, str]
tuple[Ts][int, str]
GTs[Ts]
GTs[int, Ts][int, str]
Generic[Ts]
Protocol[Ts]
ParamSpec("P", bound=[int, str]).__bound__
ParamSpec("P", bound=(int, str)).__bound__
ParamSpec("P", bound="int").__bound__
P.__typing_subst__((int, str))
P.__typing_subst__([int, None, "x"])
P.__typing_subst__(...)
P.__typing_subst__(Concatenate[int, P])
P.__typing_subst__(42)
P.__typing_subst__(T)
P.__typing_subst__(int)
T.__typing_subst__(int)
T.__typing_subst__(Unpack[Ts])
T.__typing_subst__((1,2))
Ts.__typing_subst__(int)
TypeVar(name="T")
ParamSpec(name="P")
TypeVarTuple(name="Ts")
TypeVar(1)
TypeVar("T", bound=int, covariant=True, contravariant=True)
iter(Any)
iter(Union)
iter(Union[int, str])
iter(List)
iter(Callable)
iter(Callable[..., T])
iter(Annotated[int, 1])
iter(Optional)
iter(G)
iter(T)
iter(P)
isinstance(List[int], collections.abc.Iterable)
issubclass(Tuple, Tuple)
issubclass(List, List)
issubclass(list, List)
issubclass(List, Sequence)
isinstance([], List)
isinstance([], List[int])
issubclass(Callable, Callable)
issubclass(List[int], List)
issubclass(int, List[int])
isinstance(1, Union)
isinstance(1, Union[int, List[int]])
isinstance(1, Optional)
isinstance(1, Literal[1])
isinstance(1, Annotated[int, 1])
isinstance(1, Generic)
isinstance(1, Any)
issubclass(int, Any)
issubclass(1, Sized)
Generic[D, T]
pickle.loads(pickle.dumps(P.args))
pickle.loads(pickle.dumps(P.kwargs)) is P.kwargs
pickle.loads(pickle.dumps(P)) is P
pickle.loads(pickle.dumps(T)) is T
pickle.loads(pickle.dumps(Union[int, str]))
pickle.loads(pickle.dumps(Unpack[Ts])) is Unpack[Ts]
pickle.dumps(TypeVar("X"))
P.args is P.args
hash(P.args) == hash(P.args)
P.args == P.args
Union[int, str].__module__
Union[int, str].__name__, Union[int, str].__qualname__
Union[int, str].__origin__
(int|str).__parameters__
List[int] is List[int]
Union[int,str] is Union[int,str]
Literal[1] is Literal[True]
Literal[1, 2] is Literal[1, 2]
G[int] is G[int]
evaluate_forward_ref(ForwardRef("None"))
ClassVar
ClassVar[int]
ClassVar[int, str]
ClassVar[1, 2]
Final[ClassVar[int]]
List[ClassVar[int]]
Optional[ClassVar]
Union[()]
Union
Union[int]
Union[1]
Union[int, 1]
int | "str"
Optional[int, str]
Optional[1]
List[1]
List[()]
List[""]
List["a b"]
Tuple[()]
Tuple[int, ...]
Tuple[..., int]
Literal
Literal[()]
Literal[[]]
Literal[1][1]
Annotated[int]
Annotated[int, 1][2]
Annotated[T, 1][str]
Annotated[Annotated[int, 1], 2]
Annotated[int, []]
hash(Annotated[int, []])
Required[int]
Required[int, str]
Unpack[int]
Unpack[int, str]
Concatenate[int]
Concatenate[int, P][str]
Concatenate[int, P][[str]]
TypeGuard[int]
TypeGuard[int, str]
Self[int]
Never[int]
NoReturn()
LiteralString[int]
Any[int]
Any()
Type[int]
Type[int, str]
Counter[int]
Deque[int, str]
NewType("N", int)
NewType("N", int) | None
NewType("N", int)[int]
issubclass(int, NewType("N", int))
isinstance(1, NewType("N", int))
G[()]
G[int, str]
G[1]
G[List[T]]
G[List[T]][int]
G[T][int][str]
Generic
Generic[T][int]
Generic[int]
Generic[()]
Generic[T, T]
Protocol[int]
Protocol[T][int]
get_origin(G[int]), get_args(G[int])
get_args(Callable[[], int])
get_args(Callable[..., int])
get_args(Callable[P, int])
get_args(Annotated[int, 1])
get_args(Literal[1, "a"])
get_args(Optional[int])
get_origin(Optional[int])
get_origin(List), get_origin(list), get_origin(List[int])
get_origin(P.args)
get_type_hints(1)
get_type_hints(int)
get_type_hints("x")
get_type_hints(lambda: 0)
cast(int, "x")
assert_never(1)
assert_type(1, int)
Iterator[int, str]
Generator[int]
Generator[int, str]
Generator[int, str, bytes]
Generator[int, str, bytes, float]
AsyncGenerator[int]
ContextManager[int]
AsyncContextManager[int]
Hashable[int]
Sized[int]
ByteString
typing.Text
typing.foo
Pattern[str]
Match
Sequence[int]()
List[int]()
List()
Dict[int, str]()
Deque[int]()
Callable[[int], str]()
Tuple[int]()
List[int].__name__, List.__name__, Callable.__name__, Callable[[int], int].__name__, Literal.__name__, Literal[1].__name__
List[int].__module__, List.__module__, G[int].__module__, G[int].__name__, G[int].__qualname__
repr(List["x"])
List[int] == list[int]
List[int].__origin__
Union[int, "x"]
Union[List[int], List[str]]
Union[int, bool, int]
int | List[int]
List[int] | None
None | List[int]
"x" | List[int]
T | int
int | T
T | "x"
Any | None
ForwardRef("x") | None
None | ForwardRef("x")
ForwardRef(1)
ForwardRef("a b")
ForwardRef("x", module="m")
ForwardRef("x") == ForwardRef("x")
ForwardRef("int").evaluate()
ForwardRef("nope").evaluate()
runtime_checkable(int)
runtime_checkable(1)
get_protocol_members(int)
get_protocol_members(SupportsInt)
is_protocol(SupportsInt), is_protocol(int), is_protocol(Protocol)
isinstance(1, SupportsInt), isinstance("1", SupportsInt), issubclass(float, SupportsInt)
SupportsInt()
issubclass(int, Protocol)
isinstance(int, Protocol)
final(1), override(1)
overload(len)(1)
get_overloads(len)
dataclass_transform()(G).__dataclass_transform__
NoDefault
type(NoDefault)()
TypeAliasType("A", int)
TypeAliasType("A", List[T], type_params=(T,))[int]
TypeAliasType("A", int)[int]
TypeAliasType("A", int).__value__
TypeAliasType(1, 2)
IO[str], TextIO, BinaryIO
IO[int, str]
len(typing.__all__)
GTP[int, str]
GTP[int]
GTP[int, [1, "x"]]
GTP[int, P][str]
GTP[*tuple[int, ...], [int]]
GDs[int]
GDs[int, str, bytes, bytes]
list["x"], dict[str, "x"]
""".strip().splitlines():
    shown(line)

print()
for line in """
class X(Generic[Ts]): pass
class X(Generic[*Ts, D]): pass
class X(Generic[D, T]): pass
class X(Unpack[Ts]): pass
class X(*Ts): pass
class X(Union[int, str]): pass
class X(Optional[int]): pass
class X(Literal[1]): pass
class X(Any): pass
class X(List[int]): pass
class X(Protocol, Generic[T]): pass
class X(Generic[T], Protocol): pass
class X(Protocol, Generic[T], object): pass
class X(Protocol[T], Generic[T]): pass
class X(Protocol[T], Generic[T, KT]): pass
class X(Generic): pass
class X(Generic[T], Generic[KT]): pass
class X(G[T], Generic[KT]): pass
class X(G[int], List[T]): pass
class X(List[T], Sequence[T]): pass
class X(Sized, list[int]): pass
class X(ClassVar[int]): pass
class X(ClassVar): pass
class X(T): pass
class X(P): pass
class X(NewType("N", int)): pass
class X(int, Protocol): pass
class X(SupportsInt, Protocol): pass
class X(Sized, Protocol): pass
class X(List, Protocol): pass
class X(Mapping[int, T], Protocol): pass
class X(Iterable[T], Protocol[T]): pass
class X(NamedTuple, int): a: int
class X(TypedDict, int): a: int
class X(NamedTuple, Generic[T]): a: T
class X(TypedDict, Generic[T]): a: T
class X[A](Generic[T]): pass
class X[A](Protocol[T]): pass
class X[A](Protocol): pass
class X[A](G[A]): pass
class X(Annotated[int, 1]): pass
class X(Annotated[Generic[T], 1]): pass
class X(Callable[[int], str]): pass
class X(Tuple[int]): pass
class X(type(List)): pass
class X(TypeVar): pass
class X(ForwardRef): pass
class X(typing.Text): pass
""".strip().splitlines():
    try:
        namespace = {**globals()}
        exec(line, namespace)
        print(line, "=>", [one.__name__ for one in namespace["X"].__mro__], namespace["X"].__dict__.get("__parameters__"))
    except BaseException as error:
        print(line, "!!", type(error).__name__, error)

print()
union = Union[int, T]
print(weakref.ref(union)() is union, {"bar", "_name", "__args__"} <= {*dir(GDs[int]), "bar"})


class Forgets:
    def __init_subclass__(cls):
        pass


class Sub(Forgets, Generic[T]):
    pass


try:
    Sub[int]
except AttributeError as error:
    print(error, error.__notes__)
