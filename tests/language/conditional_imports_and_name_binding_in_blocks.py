"""Every statement that binds a name binds it in the scope around."""

if True:
    a = 1
for b in range(2):
    c = b
with open_ if False else __import__("threading").Lock() as d:
    pass
try:
    raise ValueError(5)
except ValueError as e:
    f = e.args
while True:
    g = 1
    break
import math as h
from math import pi as i


def j():
    pass


class K:
    pass


match [1, 2]:
    case [l, *m]:
        pass
(n := 3)
[o for o in range(2)]
print(a, b, c, d, f, g, h.__name__, int(i), j.__name__, K.__name__, l, m, n)
print("e" in globals(), "o" in globals())


def local():
    if False:
        x = 1
    try:
        return x
    except UnboundLocalError:
        return "unbound"


print(local())


def loop_variable_leaks():
    for i in range(3):
        pass
    return i


print(loop_variable_leaks())
