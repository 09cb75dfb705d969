# Every statement and expression of Python 3.14, in most of their shapes.
import a
import a.b.c, d as e, f . g as h
from a import b
from a.b import (c, d as e, f,)
from . import a
from .. import a as b
from ... a import *
from .... import x, y
from .... .a.b import c

# Literals
0; 00; 1_000; 0xFF_ff; 0o17; 0B1_0; 9223372036854775807; 9223372036854775808
0xFFFFFFFFFFFFFFFFFFFFFFFF; 123456789012345678901234567890
1.; .5; 1.5e-3; 1e5; 1E+5; 0.0; 09.5; 00e0; 1_0.0_1e1_0; 1j; 1.5J; 0j; 1e400
'a'; "b"; '''c
d'''; """e""f"""; 'it\'s'; 'a\
b'; '\n\t\\\x41\101\u0041\U0001F600\N{BULLET}'; '\ud800'; '\ud83d\ude00'
b'a\x00\xff\n\101'; rb'\d'; Rb"\x"; bR'''a
b'''; r'\d\''; u'a'; R"\N{x}"
'a' 'b' "c"; b'a' b'b'; ('a'
    'b'
    f'{c}' 'd' rf'\{e}')
None; True; False; ...; Ellipsis

# f-strings
f''; f'a'; f'{a}'; f'a{b}c{d}e'; f'{{}}'; f'{{a}}{b}'; f'{a!r}'; f'{a!s:>10}'; f'{a!a:{w}}'; f'{a:{w}.{p}f}'
f'{a=}'; f'{a = }'; f'{a=!s}'; f'{a=:>5}'; f'{ a + b = }'; f'{a:%Y-%m-%d}'; f'{a,}'; f'{a, b}'; f'{*a, b}'
f'{a if b else c}'; f'{(lambda x: x)(1)}'; f'{ {1: 2}[1] }'; f'{ {1, 2} }'; f'{a["b"]}'; f'{a['b']}'; f'{f'{f'{1}'}'}'
f'{a:{b:{c}}}'; f'{a:{{}}}' if 0 else 1; f'{x!r:^{width}.{precision}}'; f'{a:\x41}'; f'\x41{a}\n\N{BULLET}'; rf'\x41{a}\N'
f'''{
    a  # a comment
}
{b:
}'''; f"{a:=5}"; f"{(a:=5)}"; f"{a!=b}"; f"{a==b}"; f"{a>=b}"; f'{yield_}'; f'{a}' 'b' f'{c}' "d"
f'{a.b(c)[d]:{e}}'; f'{"a" "b"}'; f'{'\n'.join(a)}'; F'{a}'; fR'{a}\d'; Rf'{a}'; f'{a:{"x"}>10}'; f'{lambda_}'
f'\{a}'; f'{a}\\{b}'; f'é{a}é'; f'{é}'; f'{1:{2}}{3}'; f'{x:a{y}b{z}c}'; f'{{{a}}}'; f'{a:}'; f'{a!r:}'
t''; t'{a}'; t'a{b!r:>{c}}d'; t'{ a = }'; tr'\{a}'; t'a' t'{b}'; T'''{
 a}'''

# Operators
a or b and not c; not not a; a or b or c; a and b and c; a or b and c or d
a < b; a < b <= c != d == e > f >= g; a is b; a is not b; a in b; a not in b; a in b in c; not a in b
a | b ^ c & d << e >> f + g - h * i / j // k % l @ m; a - b - c; a ** b ** c; -a ** -b; +a; ~a; - - a; not -a
(a + b) * c; a * (b + c); (a); ((a)); (a,); (); (a, b); (a, b,); a, b; a,; *a, b; (*a, b); [*a]; {*a, b}
a if b else c; a if b else c if d else e; lambda: a; lambda x: x; lambda x, y=1, *z, w, v=2, **u: x; lambda *, a: a
lambda a, /, b: a; lambda *a: a; lambda **k: k; lambda a=1, /: a; lambda: (yield); lambda: lambda: a
a.b; a.b.c; a(); a(b); a(b, c=d); a(*b, **c); a(b, *c, d, e=f, *g, **h, i=j); a(b for c in d); a((b for c in d), e)
a(b, ); a(b)(c)(d); a[b]; a[b, c]; a[b:c]; a[b:c:d]; a[:]; a[::]; a[:, ::2]; a[b:, :c]; a[*b]; a[*b, c]; a[b, *c]; a[b:=c]
a[(b, c)]; a[b,]; a[lambda: c:d]; a[()]; a . b; a(b := c); a(b, c := d); 1 .real; 1..real; 'a'.b; [].c; {}.d; a(b)[c].d(e)
[]; [a]; [a, b]; [a, b,]; {}; {a}; {a, b}; {a: b}; {a: b, **c, d: e,}; {**a}; {a: lambda: b}
[a for b in c]; [a for b, in c]; [a for b, *c in d]; {a for b in c if d if e}; {a: b for c in d}; (a for b in c for d in e if f)
[a async for b in c]; [await a for b in c]; [a := b for c in d]; [a if b else c for d in e]; [(a, b) for a, b in c]
[a for (b, c) in d]; [a for b.c in d]; [a for b[0] in d]; [lambda: x for x in y]; [a for b in c or d if e or f]
(a := b); (a := (b := c)); [a := 1, b]; {a := 1}; (a := 1, 2); print(a := 1)
print >>a, b; print; exec; match; case; type; _
é = ª = 1; 𝒳 = ﬁ

# Simple statements
a = b; a = b = c; a, b = c; a, = b; (a, b), c = d; [a, b] = c; [a, [b, *c]] = d; *a, b = c; a.b = c; a[b] = c; (a) = b
a().b = c; () = a; [] = a; a = *b, c; a = yield_; (a.b) = c; a[b], c.d = e; a = b, = c; (*a, b) = c; (a)[b] = c
a += b; a -= b; a *= b; a /= b; a //= b; a %= b; a **= b; a @= b; a &= b; a |= b; a ^= b; a <<= b; a >>= b; a.b += c; (a) += b
a += b, c; a[b] += *c, d
a: b; a: b = c; a.b: c; a[b]: c = d; (a): b; (a.b): c = d; a: b = c, d; a: lambda: b; a: b = *c, d; a: 'b'
del a; del a, b; del (a, b); del a.b, c[d]; del (a); del (a), b; del [a, b]; del a,; del (a), (b); del (), []; del (a, b), c
del (a, (b, c)), d
pass; assert a; assert a, b; assert (a, b); raise; raise a; raise a from b; global a, b; nonlocal c
return_ = 1; type = 2; match = 3; case = 4; _ = 5; type(a); match(a); match[a]; match.a; match * a; match, a; match: int
match -a; match (a), b; type: int = 3; type.a = b; type[a]: b; case(a)
type A = b; type A[T] = b; type A[T: int, *Ts, **P] = b; type A[T = int, *Ts = *b, **P = [c]] = d; type A[T: (int, str) = int] = b
type match = a; type type = type; type _[T,] = a

# Compound statements
if a: pass
if a: pass; b
if a:
    pass
elif b:
    pass
elif c: pass
else:
    if d:
        pass
    else:
        pass
if (a := b): c
while a:
    break
    continue
else:
    pass
for a in b: pass
for a, b in c: pass
for a, *b in *c, d: pass
for (a, b) in c, d: pass
for a.b in c: pass
for a[b] in c:
    pass
else: pass
for a, in b: pass
for [a, b] in c: pass
try:
    pass
finally:
    pass
try: a
except: b
try:
    a
except A:
    b
except (A, B) as c:
    d
except A, B:
    e
except A.b() as f: g
except:
    h
else:
    i
finally:
    j
try:
    a
except* A:
    b
except* (A, B) as c:
    d
except* A, B, C:
    e
with a: pass
with a as b: pass
with a as b, c as d, e: pass
with (a): pass
with (a) as b: pass
with (a, b): pass
with (a as b): pass
with (a as b, c as d,): pass
with (a, b) as c: pass
with (a, b as c): pass
with (a), (b): pass
with (a).b as c: pass
with (a, b).c as d: pass
with (yield_): pass
with a as (b, c): pass
with a as [b, *c], d as e.f, g as h[i]: pass
with (a if b else c) as d: pass
with (a for b in c) as d: pass
with (): pass
with open(a) as b, \
     open(c) as d:
    pass
def f(): pass
def f(a, b=1, /, c=2, *d, e, f=3, **g): pass
def f(a: int, b: str = '', *c: d, e: f = 1, **g: h) -> i: pass
def f(*, a): pass
def f(*, a, b=1, **c): pass
def f(*a: *b): pass
def f(a, /): pass
def f(a, /, *, b,): pass
def f(a=1, *, b, c=2): pass
def f(a, b,): pass
def f(**a,): pass
def f[T](a: T) -> T: return a
def f[T: int, *Ts, **P](*a: *Ts, **b: P.kwargs): pass
def f() -> (yield_): pass
@a
def f(): pass
@a.b(c)
@d[e]
@(f := g)
@a or b
def f():
    """Doc."""
    return
    return a
    return a, b
    return *a, b
    yield
    yield a
    yield a, *b
    yield from a
    a = yield
    a = yield b
    a = b = yield c, d
    a += yield
    a: b = yield
    (yield)
    [(yield a), b]
    f(yield_, (yield))
    f'{yield a}'
    await a
    await a ** b
    -await a.b(c)
    await (a)
async def f():
    async for a in b: pass
    async for a, b in c:
        pass
    else:
        pass
    async with a as b: pass
    async with (a as b, c): pass
    return [a async for b in c if await d]
@a
async def f[T](): pass
class A: pass
class A(): pass
class A(B, C, *d, metaclass=E, **f): pass
class A[T, *Ts, **P](B[T]): a: int = 1; b = 2
@a
@b()
class A:
    """Doc."""

    x: int
    def f(self): return super().f()

    class B: pass

# Matching
match a:
    case 1: pass
    case -1 | 1.5 | -2j | 1 + 2j | -1 - 2j: pass
    case 'a' | "b" 'c' | b'd': pass
    case None | True | False: pass
    case _: pass
    case a: pass
    case a.b | a.b.c: pass
    case (a): pass
    case (a, b): pass
    case (a,): pass
    case (): pass
    case []: pass
    case [a, b, *_]: pass
    case [*a, b]: pass
    case a, b: pass
    case a,: pass
    case *a, b: pass
    case *a,: pass
    case (1 | 2) as b: pass
    case [a, b] as c if d: pass
    case {}: pass
    case {'a': 1, 2: b, -1: c, d.e: f, None: g, **h}: pass
    case {**a}: pass
    case {'a': 1,}: pass
    case A(): pass
    case A(a): pass
    case A(a, b=c): pass
    case A.B(a=1, b=C(d),): pass
    case A(b=1 | 2 as c): pass
    case [A(x=0), {'k': [a, *_]}] | None: pass
    case a if b := c: pass
    case str() | int(): pass
match a, b:
    case _: pass
match *a, b:
    case _:
        pass
match (a):
    case (a | b): pass
match [a]:
    case match: pass
match -a:
    case case: pass
match match:
    case type(): pass
match {a: b}:
    case _ if a:
        match b:
            case c: pass
match (yield_):
    case _: pass
match a := b:
    case _: pass
match lambda: a:
    case _: pass
match not a:
    case _: pass
match a,:
    case _: pass

# Layout
if a:

	tab = 1
	# comment at another level
        # and another
	if b:
	    tab_and_spaces = 2

  # comment
	c
a = [
  1,
      2,
# comment
3
]; b
if a: b; c;
x = a + \
    b
if \
    a:
    pass
\
\
x
x = 1 # comment
def f():
    pass
  # dedented comment

    pass

    \
    x
x = ((((((((((1))))))))))
class A: # comment
    # comment
    pass # comment
x if 1else y
[0x1for x in y]
[1if a else 2]
if a: pass
