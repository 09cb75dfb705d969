"""Warnings that the compiler gives while it compiles."""

x = 1
print(x is 1)
assert (x, "always true")
print("\d")
try:
    [1][0.0]
except TypeError:
    pass
try:
    print([1, 2](3))
except TypeError:
    pass
