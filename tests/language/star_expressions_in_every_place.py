"""`*` and `**` in displays, calls, subscripts, returns, assignments."""

a = [1, 2]
b = (3,)
d = {"x": 1}
print([*a, *b], (*a, 0), {*a, *b} == {1, 2, 3}, {**d, "y": 2, **{"x": 9}})


def f(*args, **options):
    return args, options


print(f(*a, 5, *b, k=1, **d))
print(f(*"ab", *[], **{}))


def g():
    return *a, *b


def h():
    yield *a, 1


print(g(), next(h()))
x, *y = *a, *b
print(x, y)
for z in *a, *b:
    print(z, end=" ")
print()
*all_of_them, = "abc"
print(all_of_them)
[first, *others] = range(3)
print(first, others)


class S:
    def __getitem__(self, key):
        return key


print(S()[*a, 0], S()[*a])
print(*(i for i in range(3)), *map(str, a), sep="|")
print([*range(3), *[*"xy"]], [*{}], {**{}}, (*(),))
print(max(*a, *b), f(**{"a b": 1}))
