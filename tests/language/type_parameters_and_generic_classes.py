"""Type parameters: what `def f[T]`, `class C[T]` and `type X` make, and the classes of typing behind them."""

import typing
from typing import TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic, NoDefault
def f[T, U: int, V: (int, str), *Ts, **P, D = bool](x: T) -> V: ...
for p in f.__type_params__:
    print(p, type(p), p.__name__, getattr(p,'__bound__','-'), getattr(p,'__constraints__','-'), p.__default__, p.has_default(), p.__module__, getattr(p,'__infer_variance__','-'), getattr(p,'__covariant__','-'))
A=TypeVar('A'); B=TypeVar('B',covariant=True); C=TypeVar('C',contravariant=True); E=TypeVar('E',int,str); F=TypeVar('F',bound='int',default=int)
for p in (A,B,C,E,F): print(p, p.__bound__, p.__constraints__, p.__default__, p.__covariant__, p.__contravariant__, p.__infer_variance__, p.__module__)
P=ParamSpec('P'); print(P, P.args, P.kwargs, P.args.__origin__ is P, P.args==P.args, P.__bound__, P.__default__)
Ts=TypeVarTuple('Ts'); print(Ts, *Ts, [*Ts], Ts.__default__, Ts.__name__)
type Al = int | str
type G[T] = list[T] | None
print(Al, Al.__value__, Al.__name__, Al.__type_params__, Al.__parameters__, Al.__module__, G, G.__type_params__, G.__value__, G[int], G[int].__args__, type(Al), Al | None, repr(G[int]))
R = TypeAliasType('R', dict[str,int]); print(R, R.__value__, R.__type_params__)
type Rec = list[Rec]
print(Rec.__value__)
type Bad = undefined_name
try: Bad.__value__
except NameError as e: print(e)
class Box[T]:
    def get(self) -> T: ...
class Pair[K, V=int](Box[K]): pass
print(Box.__type_params__, Box.__bases__, Box.__orig_bases__, Box.__parameters__, Box[int], Box[int]().__class__, Box[int].__origin__, Box[int].__args__, Pair.__orig_bases__, Pair.__mro__, Pair[str], Pair[str,int], Pair.__parameters__)
class Old(Generic[A, E]): pass
print(Old[int,str], Old[A,int][bool], Old.__parameters__, Old[int,str]==Old[int,str], hash(Old[int,str])==hash(Old[int,str]), Box[int] | None, None | Box[int])
for g in (lambda: Box[int,str], lambda: Old[int], lambda: Generic[int], lambda: TypeVar('X',int), lambda: TypeVar('X',covariant=True,contravariant=True), lambda: Al[int], lambda: isinstance([], Box[int]), lambda: Generic[A,A], lambda: TypeVar('T',bound=int,covariant=5).x, lambda: isinstance(5, Al), lambda: issubclass(int, list[int]), lambda: R.x, lambda: setattr(Al,'__name__',1), lambda: Al.__class__('X',5,type_params=5), lambda: A(5), lambda: list[int][str]):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
try:
    class Sub(A): pass
except TypeError as e: print(e)
try:
    class Sub2(Generic): pass
except TypeError as e: print(e)
try:
    class Sub3(Generic[A], Generic[E]): pass
except TypeError as e: print(e)
print(A | int, int | A, A | None, list[A], list[A][int], dict[A,E].__parameters__, dict[str,A][int], tuple[*Ts][int,str], (A|int).__parameters__, list[list[A]][int])
class Stack[T](list[T]): pass
print(Stack[int], Stack.__mro__[1:3], Stack([1]))
x = Box[int](); print(x.__orig_class__)
def deco[T](c: type[T]) -> type[T]: return c
print(deco.__annotations__, f.__annotations__)
class M:
    def meth[Q](self, q: Q) -> list[Q]: return [q]
print(M.meth.__type_params__, M().meth(1), M.meth.__annotations__)
