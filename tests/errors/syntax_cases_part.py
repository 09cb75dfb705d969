# part of syntax_errors_have_cpythons_messages

text = r'''
x = = 1
if x = 1: pass
def f(a, a): pass
def f(a=1, b): pass
def f(*): pass
return 1
break
continue
yield 1
await x
class C: return 1
for i in range(3) print(i)
while True print(1)
x = (1, 2
x = 1)
x = [1, 2)
'unterminated
"""unterminated
f'{'
f'{x'
f'{}'
f'{x!z}'
x = 5 +
print 'hello'
exec 'x'
import
from x import
from . import *x
from x import (a, b
def f(:
lambda: (yield
f(a=1, 2)
f(**a, *b)
f(a for a in b, 1)
f(x=1, x=2)
f(1=2)
f(True=1)
a + 1 = 2
f() += 1
(a, b) += 1
[a, 1] = x
for 1 in x: pass
with x as 1: pass
del f()
del a + b
nonlocal x
def f(): nonlocal x
def f(x): global x
def f(): x = 1; global x
try: pass
try: pass\nexcept: pass\nexcept ValueError: pass
else: pass
elif x: pass
x = 1 2
x = a b
a.1
1.a
1a
0777
0x
0b2
1__0
1_
1e
$x
x?
a ! b
x = yield = 1
{1: 2, 3}
{1, 2: 3}
{**a, 1}
[*a for a in b]
(*a)
*a
x = *a
print(*)
async x
assert
raise from x
def 1f(): pass
class 1: pass
@
x: int: str = 1
match x:\n    case 1 | y: pass\n    case _: pass
match x:\n    case {**a, 'k': 1}: pass
match x:\n    case [*a, *b]: pass
match x:\n    case a: pass\n    case b: pass
"\u12"
"\N{no such name}"
b"é"
x = 'a' b'b'
None = 1
def None(): pass
def f(None): pass
import None
x.None = 1
with open(x) as f, : pass
if True:\nx = 1
  x = 1
if True:\n        x = 1\n    y = 2
if True:\n\tx = 1\n        y = 2
def f():\n    return\n  x
from __future__ import braces
a := 1
(a.b := 1)
[i := 0 for i in range(3)]
[x for x in (y := z)]
f(a.b=1)
not = 1
a if b
a if b else
{a b}
(a, b c)
x = not
'''


def cases():
    """Common mistakes, one a line there; gives each as shown and as source."""
    for case in text.strip("\n").split("\n"):
        yield case, case.replace("\\n", "\n").replace("\\t", "\t")
