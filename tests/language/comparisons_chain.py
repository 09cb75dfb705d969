"""`a < b < c` evaluates each operand once and stops early; `in`, `is`, `not`."""


def show(x):
    print("eval", x)
    return x


print(show(1) < show(2) < show(3))
print(show(3) < show(2) < show(1))
print(1 < 2 == 2 != 3 >= 3 > 2)
print(1 in [1, 2] == True, (1 in [1, 2]) == True)
print(not 1 == 2, not not 0, [] is not None, 2 not in {1})
a = [1]
b = [1]
print(a == b, a is b, a is a is a)
print(1 == 1.0 == True, "a" < "b" < "ba", (1, 2) < (1, 3), [1] < [1, 0])
print(None == 0, "1" == 1, () == [], {} == {}, {1} == frozenset([1]))
print({1, 2} < {1, 2, 3}, {1} <= {1}, {1, 2} > {3})
print(float("nan") == float("nan"), float("nan") != float("nan"))
n = float("nan")
print([n] == [n], n in [n])
for bad in ("1 < 'a'", "None < None", "[] < ()", "{} < {}", "1j < 2j", "1 in 5", "'a' in 5"):
    try:
        eval(bad)
    except TypeError as error:
        print(error)
try:
    1 in "abc"
except TypeError as error:
    print(error)
