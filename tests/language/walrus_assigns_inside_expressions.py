"""`:=` in conditions, comprehensions and calls."""

import sys

if (n := 10) > 5:
    print("big", n)
values = [1, 2, 3, 4]
while (item := values.pop() if values else None) is not None:
    print(item)
print([y for x in range(5) if (y := x * x) > 3], y)
print((a := 1) + (b := a + 1), a, b)


def f(x):
    return x


print(f(c := 5), c)
print(f(x=(d := 6)), d)
total = 0
partial = [total := total + v for v in [1, 2, 3]]
print(partial, total)


def inside():
    found = any((witness := v) > 2 for v in [1, 2, 3, 4])
    return found, witness


print(inside())
print({(k := 1): (v := k + 1)}, k, v)
x = (y := 3, 4)
print(x, y)
print(f"{(z := 7)} {z}")
print([i for i in range(3)] and (last := "end"), last)
