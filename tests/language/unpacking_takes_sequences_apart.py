"""Assignment to tuples, lists, stars, nested targets, in `for`, swaps."""

a, b = 1, 2
a, b = b, a
print(a, b)
[c, d] = "xy"
print(c, d)
(e, (f, g)), h = (1, (2, 3)), 4
print(e, f, g, h)
first, *middle, last = range(5)
print(first, middle, last)
*start, end = "ab"
print(start, end)
head, *tail = [1]
print(head, tail)
for i, (x, y) in enumerate([(1, 2), (3, 4)]):
    print(i, x, y)
for k, *rest in [(1, 2, 3), (4,)]:
    print(k, rest)
x = y = z = [1]
print(x is y is z)
items = [0, 1, 2]
i = 0
i, items[i] = 1, "put"
print(i, items)


class Box:
    pass


box = Box()
box.a, box.b = {"p": 1, "q": 2}
print(box.a, box.b)
(only,) = {5}
print(only)
print(*[1, 2], *(3,), sep="-")
t = 1, *[2, 3], 4
print(t, [*t, *t], {**{"a": 1}, **{"a": 2}})


def attempt(f):
    try:
        f()
    except (ValueError, TypeError) as error:
        print(error)


def too_many():
    a, b = 1, 2, 3


def too_few():
    a, b, c = 1, 2


def too_few_star():
    a, *b, c = (1,)


def not_iterable():
    a, b = 5


for f in (too_many, too_few, too_few_star, not_iterable):
    attempt(f)
