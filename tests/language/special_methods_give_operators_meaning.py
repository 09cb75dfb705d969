"""Arithmetic, reflected, in-place, comparison and container methods of a class."""


class V:
    def __init__(self, *xs):
        self.xs = list(xs)

    def __repr__(self):
        return "V" + repr(tuple(self.xs))

    def __add__(self, other):
        if not isinstance(other, V):
            return NotImplemented
        return V(*[a + b for a, b in zip(self.xs, other.xs)])

    def __mul__(self, k):
        return V(*[x * k for x in self.xs])

    __rmul__ = __mul__

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self.xs, other.xs))

    def __neg__(self):
        return V(*[-x for x in self.xs])

    def __iadd__(self, other):
        print("in place")
        self.xs = [a + b for a, b in zip(self.xs, other.xs)]
        return self

    def __eq__(self, other):
        return isinstance(other, V) and self.xs == other.xs

    def __lt__(self, other):
        return self.xs < other.xs

    def __len__(self):
        return len(self.xs)

    def __getitem__(self, i):
        return self.xs[i]

    def __setitem__(self, i, x):
        self.xs[i] = x

    def __delitem__(self, i):
        del self.xs[i]

    def __contains__(self, x):
        return x in self.xs

    def __iter__(self):
        return iter(self.xs)

    def __bool__(self):
        return any(self.xs)

    def __call__(self, x):
        return [x, *self.xs]


a = V(1, 2)
b = V(3, 4)
print(a + b, a * 2, 3 * a, a @ b, -a)
c = a
c += b
print(c is a, a, a == V(4, 6), a != b, a > b, sorted([a, b]))
print(len(a), a[0], a[-1], a[0:1], 4 in a, list(a), bool(V(0)), a("x"))
a[0] = 9
del a[1]
print(a)
try:
    a + 1
except TypeError as error:
    print(error)
try:
    a < 1
except AttributeError as error:
    print(error)
try:
    hash(a)
except TypeError as error:
    print(error)
