"""enum: members, aliases, mixins, flags, errors."""

from enum import *
import enum
class Color(Enum):
    RED=1
    GREEN=2
    BLUE=3
    CRIMSON=1
    def hello(self): return f'hello {self.name}'
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color['BLUE'], list(Color), len(Color), Color.CRIMSON is Color.RED, dict(Color.__members__), Color.RED.hello(), Color, type(Color.RED))
print(Color.RED == 1, Color.RED == Color.RED, Color.RED in Color, 1 in Color, 9 in Color, hash(Color.RED)==hash('RED'), isinstance(Color.RED, Color), Color.RED is Color(1), f'{Color.RED}', '%s' % Color.RED, bool(Color.RED), list(reversed(Color))[0])
for f in (lambda: Color(9), lambda: Color['X'], lambda: setattr(Color,'RED',5), lambda: Color.X, lambda: Color.RED < Color.GREEN, lambda: setattr(Color.RED,'value',3), lambda: delattr(Color,'RED'), lambda: Enum('E','a a'), lambda: type('Y',(Color,),{}), lambda: Color()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class N(IntEnum):
    A=1; B=auto(); C=auto()
print(N.A+1, N.B, repr(N.C), N.A<N.B, N.A==1, sorted(N), f'{N.A}', str(N.A), int(N.C), [10,20][N.A], N(2), {1:'x'}[N.A])
class S(StrEnum):
    ONE=auto(); TWO='zwei'
print(S.ONE, repr(S.TWO), S.ONE=='one', S.TWO.upper(), f'{S.ONE:>5}', S('zwei'))
class P(Flag):
    R=auto(); W=auto(); X=auto(); RW=R|W
print(P.R|P.X, repr(P.R|P.X), P.RW, ~P.R, P.R in P.RW, list(P.RW), list(P), P(0), repr(P(0)), bool(P(0)), P.R&P.W, P.R^P.RW, len(P.RW), P(7), P.RW.value, P(5).name)
for f in (lambda: P(8), lambda: P.R|1, lambda: 'x' in P.R, lambda: P('a')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class I(IntFlag):
    A=1; B=2; C=4
print(I.A|I.B, repr(I.A|I.B), I.A|8, repr(I(8)), I.A+1, ~I.A, I.A|2, I(3), repr(I(0)), I(7)&I.B)
class Planet(Enum):
    EARTH=(5.9,6.3); MARS=(6.4,3.3)
    def __init__(self, mass, radius): self.mass=mass; self.radius=radius
    @property
    def g(self): return round(self.mass/self.radius,2)
print(Planet.EARTH.mass, Planet.MARS.g, Planet.EARTH, repr(Planet.MARS))
E3=Enum('E3','a b c'); print(list(E3), E3.b.value, E3.__module__); print(list(Enum('E4',['x','y'],start=5)), list(Enum('E5',{'p':1,'q':'z'})), list(IntEnum('E6',[('m',1),('n',9)])))
class Auto(Enum):
    @staticmethod
    def _generate_next_value_(name,start,count,last): return name.lower()+str(count)
    A=auto(); B=auto()
print([m.value for m in Auto])
class Miss(Enum):
    A=1
    @classmethod
    def _missing_(cls, value): return cls.A if value=='a' else None
print(Miss('a'))
class W(Enum):
    A=1
    def f(self): return 1
    x = nonmember(5)
    @classmethod
    def c(cls): return cls.A
    @member
    def g(self): ...
print(list(W)[0], W.x, W.c(), W.A.f(), len(W))
try:
    @unique
    class U(Enum): A=1; B=1
except ValueError as e: print(e)
class Str(str, Enum):
    A='a'
print(Str.A, repr(Str.A), Str.A=='a', f'{Str.A}', Str.A.upper())
class Un(Enum):
    L=[1]; D={}
print(Un([1]), repr(Un.D))
class Order(Enum):
    _ignore_='i'
    A=1
    for i in range(2): pass
print(list(Order))
match Color.RED:
    case Color.GREEN: print('g')
    case Color.RED: print('r')
import types; print({Color.RED:1}[Color.RED], Color.RED.__class__, Color.__name__)
try:
    class Bad(Enum): A=1; A=2
except TypeError as e: print(e)
class Cmp(Enum):
    A=1;B=2
    def __lt__(s,o): return s.value<o.value
print(sorted([Cmp.B,Cmp.A]), max(Cmp), enum.IntEnum.__name__)
@verify(CONTINUOUS)
class V(IntEnum): A=1;B=2
try:
    @verify(CONTINUOUS)
    class V2(IntEnum): A=1;B=4
except ValueError as e: print(e)
