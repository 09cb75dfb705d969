"""The iterators of built-in types: names, hints, exhaustion."""


def length_hint(it, default=0):
    method = getattr(type(it), "__length_hint__", None)
    return method(it) if method else default


class Items:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * 10


class Sized(Items):
    def __len__(self):
        return 4


iterators = [
    iter([1, 2]), reversed([1, 2]), iter((1, 2)), reversed((1, 2)), iter("ab"), iter("éa"), iter({1: 2}),
    iter({1: 2}.values()), iter({1: 2}.items()), reversed({1: 2}), reversed({1: 2}.values()), reversed({1: 2}.items()),
    iter({1, 2}), iter(lambda: 1, 1), enumerate("ab"), zip("ab", [1, 2]), map(str, [1, 2]), filter(None, [0, 1]),
    iter(range(2)), reversed(range(2)), iter(Items()), reversed(Sized()),
]
for it in iterators:
    print(type(it).__name__, iter(it) is it, length_hint(it, -1), next(it, "end"), length_hint(it, -1), list(it), list(it))
l = [1, 2, 3]
it = iter(l)
print(next(it), l.append(4), list(it), l.append(5), list(it))
it = iter(l)
l.clear()
print(list(it), length_hint(it))
print(list(enumerate("ab", 5)), list(enumerate("a", 1 << 80)), list(zip()), list(zip([1, 2], "abc", (4, 5, 6))), list(zip([1], [2], strict=True)))
print(list(map(lambda *a: a, [1, 2], "ab", [3])), list(map(pow, [2, 3], [3, 2])), list(filter(lambda x: x % 2, range(9))))
print(list(map(max, [1, 5], [4, 2], strict=True)), dict(zip("abc", range(3))), list(reversed("abc")), list(reversed(range(3))))
print(2 in Items(), 20 in Items(), 50 in Items(), list(Items()), length_hint(Items(), 7))


class Hint:
    def __iter__(self):
        print("iter")
        return iter([1])

    def __length_hint__(self):
        print("hint")
        return 5


print(list(Hint()), length_hint(Hint()))


class Stops:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("done")
        return self.n


print(list(Stops()), tuple(Stops()), set(Stops()), max(Stops()), [*Stops(), *Stops()], sum(Stops()))
a, *b = Stops()
print(a, b, next(iter(Stops())), next(iter([]), "default"))
it = iter([3, 2, 1, 0, 5])
print(list(iter(lambda: next(it), 0)), list(it))


class Counting(enumerate):
    def __next__(self):
        i, x = super().__next__()
        return -i, x


print(list(Counting("ab")), type(Counting([])).__name__, isinstance(Counting([]), enumerate))


class Up(map):
    extra = 3


u = Up(str, [1])
u.note = "n"
print(list(u), u.note, u.extra)
nested = []
for i in range(50):
    nested = map(lambda x: x, nested)
print(list(nested))
