# Every kind of mistake in a source text, with its message and its place.
import sys
sys.stderr = sys.stdout
srcs = '''x = = 1
def f(: pass
def f()
    pass
class A
    pass
if x = 1: pass
if x
  y
for i in range(3) print(i)
while True print(1)
print "hello"
exec "x"
x = (1, 2
x = [1, 2
x = {1: 2
x = )
x = (1]
f(a b)
f(a=1, 2)
f(**a, *b)
f(a for a in b, c)
f(a=1, a=2)
def f(a, a): pass
def f(a=1, b): pass
def f(*): pass
def f(**k, a): pass
def f(a, *, **k): pass
lambda a, a: 1
1 = x
f() = 1
x + 1 = 2
None = 1
True = 1
x.y() += 1
(a, b) += 1
[a, b] = 1 = c
del f()
del 1
del (a, b + 1)
for 1 in x: pass
with x as 1: pass
import a.b as c.d
from x import
from x import (a
from . import *, a
from x import a, 
import
return
yield 1
break
continue
nonlocal x
def f(): nonlocal x
def f(x): global x
def f(): x = 1; global x
def f(): print(x); global x
await x
async x
def f(): await x
async def f(): yield from x
async def f(): return 1; yield 2
[x async for x in y]
'abc
"""abc
'a' 'b
f"{"
f"{x"
f"{x!z}"
f"{}"
f"}"
f"{a b}"
f"{x:{y:{z}}}"
f"{lambda x: 1}"
f"{\\}"
x = 1 +
x = 1 2
x = 01
x = 0b12
x = 0o8
x = 0xg
x = 1__0
x = 1_
x = 1e
x = 1.e+
x = 1abc
x = 5j6
$x
x?
x!
a ? b
x = "\\N{nope}"
x = "\\x1"
x = "\\u12"
b"\\x1"
b"é"
x = 'a' b'b'
try: pass
try: pass\nexcept: pass\nexcept A: pass
try: pass\nfinally
try: pass\nexcept A, B: pass
try: pass\nexcept* A: pass\nexcept B: pass
try: pass\nexcept*: pass
else: pass
elif x: pass
except: pass
finally: pass
if 1: pass\nelse if 2: pass
match x:\n  case 1: pass\n  case y: pass\n  case z: pass
match x:\n  case a | b: pass
match x:\n  case {**a, "b": 1}: pass
match x:\n  case A(a=1, 2): pass
match x:\n  case [*a, *b]: pass
match x:\n  case a, a: pass
x: int: str
(x, y): int = 1
x = yield = 1
@
@f
@f\nx = 1
class A(: pass
class A(b=1, b=2): pass
class A(x for x in y): pass
def f() -> : pass
def f(x:): pass
def f(x=): pass
  x = 1
if 1:\nx
if 1:\n    x\n  y
if 1:\n\tx\n        y
def f():\n
for x in y:\n# c
while 1:
class A:\n
with x:
try:
*a
*a = 1
a = *b
*a, *b = c
print(*)
print(**)
{**}
{*}
{1, 2: 3}
{1: 2, 3}
{1:}
{**a: 1}
[*]
(*a)
(**a)
x if y
x if y else
x for x in y
[x for x]
[x for x in]
[x, y for x in z]
(x, y for x in z)
{x: y, z for x in z}
[for x in y]
not
a not b
a is is b
a and
a <> b
a === b
a !== b
x++
++
x--1 --
a := 1
(a := )
(a.b := 1)
(1 := 2)
[a := 1 for a in b]
lambda: (yield)
lambda x=: 1
def f(): return *a, b
assert
assert x,
raise from x
raise x from
global
pass x
x.
.x
x..y
x.1
x[
x[]
x[1
x[1:2:3:4]
x[a=1]
a, b = 
a = b = 
a += b += c
a += 
type X = 
type X[T = int
def f[T](x) pass
class A[T: pass
import a as
from a import b as
from __future__ import nope
from __future__ import braces
x = 1; from __future__ import annotations
\\
x = \\ y
x \\
é = 1; é! = 2
x = “a”
x = a–b
print(1)x
"a" = 1
f"a" = 1
... = 1
(x for x in y) = 1
[x for x in y] = 1
-x = 1
not x = 1
x < y = 1
x if y else z = 1
lambda: x = 1
`x`
async def f(): pass await x
async with x: pass
async for x in y: pass
def f():\n  async with x: pass
def f(): [x async for x in y]
class A: return 1
class A: yield 1
__debug__ = 1
def __debug__(): pass
def f(__debug__): pass
x.__debug__ = 1
import __debug__
del __debug__
for x in *a, b: pass
return *a
t"{x!z}"
t"{"
rb"é"
ur"x"
0_7
1if 1else 2
1 if 1 else2
'''.splitlines()
import warnings
warnings.simplefilter("ignore")
for s in srcs:
    s = s.replace("\\n", "\n") if "\\n" in s and "N{" not in s else s
    try:
        compile(s, "<s>", "exec"); print("OK", repr(s))
    except SyntaxError as e:
        print(repr(s), type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
