# Annotations in text: which of them name ClassVar, InitVar and KW_ONLY. Deprecated classes among others.
import dataclasses
import dataclasses as dc
import inspect
import typing
import typing as t
import warnings
from dataclasses import KW_ONLY, InitVar, dataclass, fields
from typing import ClassVar
from typing import ClassVar as CV
from warnings import deprecated

KW = KW_ONLY
Int = int
Constant = ClassVar[int]

for text in ("ClassVar[int]", "ClassVar [int]", " ClassVar ", "typing.ClassVar[str]", "typing .ClassVar", "typing. ClassVar [ str]", "t.ClassVar",
             "t.ClassVar[int]", "CV", "CV[int]", "Constant", "typing.ClassVar.[int]", "typing.ClassVar+", "typing..ClassVar[int]", "Classvar",
             "typing.ClassVarx[int]", "typong.ClassVar", "dataclasses.ClassVar[int]", "InitVar", "InitVar[int]", " InitVar [int]", "dc.InitVar",
             "dataclasses.InitVar[int]", "typing.InitVar", "dataclasses .InitVar+", "x.InitVar", "Int", "", "list[ClassVar]", "Optional[int]", "1", "()"):
    @dataclass
    class C:
        x: text = 5
    print(repr(text), [f.name for f in fields(C)], inspect.signature(C))

for text in ("KW_ONLY", "dc.KW_ONLY", "dataclasses.KW_ONLY", "KW", " KW_ONLY ", "KW_ONLYx"):
    @dataclass
    class D:
        a: int
        _: text
        b: int
    print(repr(text), inspect.signature(D))



def caught(f):
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        try: result = f()
        except Exception as e: result = type(e).__name__, str(e)
    print(result, [(w.category.__name__, str(w.message)) for w in found])
@deprecated("gone")
class A:
    def __init__(self, x=1): self.x = x
caught(lambda: A(3).x); caught(lambda: type("S", (A,), {})); 
class B:
    def __init_subclass__(cls, x, **k): super().__init_subclass__(**k); cls.inited = x
@deprecated("plain")
class P: pass
caught(lambda: P().__class__.__name__); caught(lambda: P(1))
def sub():
    class C(P, B, x=42): pass
    return C.inited
caught(sub)
@deprecated("own")
class O:
    @classmethod
    def __init_subclass__(cls, y=0): cls.y = y
    def __new__(cls, a): return super().__new__(cls)
def sub():
    class C(O, y=2): pass
    return C.y, type(C(1)).__name__
caught(sub); caught(lambda: type(O(1)).__name__); caught(O)
@deprecated("f", category=FutureWarning)
def f(a, b=2): "doc"; return a
caught(lambda: f(1)); print(f.__name__, f.__doc__, f.__deprecated__, inspect.signature(f))
@deprecated("co")
async def co(): return 5
print(inspect.iscoroutinefunction(co))
@deprecated("none", category=None)
def g(): pass
caught(lambda: deprecated(len)); caught(lambda: deprecated("x")(5))
class M:
    @deprecated("m")
    def m(self): return 1
    @staticmethod
    @deprecated("s")
    def s(): return 2
    @property
    @deprecated("p")
    def p(self): return 3
caught(lambda: M().m()); caught(M.s); caught(lambda: M().p)
print(inspect.signature(O))
