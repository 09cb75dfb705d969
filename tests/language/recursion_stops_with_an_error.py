"""Endless recursion is a RecursionError that can be caught, again and again."""

import sys


def down(n):
    return down(n + 1)


for _ in range(3):
    try:
        down(0)
    except RecursionError as error:
        print(error)


def depth():
    try:
        return 1 + depth()
    except RecursionError:
        return 1


print(depth() > 900)


class Loop:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __getattr__(self, name):
        return getattr(self, name + "x")


for f in (lambda: repr(Loop()), lambda: Loop() == 1, lambda: Loop().y):
    try:
        f()
    except RecursionError:
        print("caught")
a = []
a.append(a)
print(a)
d = {}
d["self"] = d
print(d)
# Many levels at a time, since a collection after each level takes for ever.
wrap = eval(f"lambda inner: {'[' * 50}inner{']' * 50}")
b = [a]
for _ in range(2000):
    b = wrap(b)
try:
    repr(b)
except RecursionError:
    print("too deep to show")
sys.setrecursionlimit(200)
try:
    down(0)
except RecursionError:
    print("lower limit")
print(sys.getrecursionlimit())
