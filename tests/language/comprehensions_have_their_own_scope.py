"""List, set, dict comprehensions and generator expressions."""

x = "untouched"
print([x for x in range(4)], x)
print({c for c in "hello"} == set("hello"))
print({k: v for k, v in zip("abc", range(3))})
print([(a, b) for a in range(3) for b in range(a)])
print([a for a in range(20) if a % 2 if a % 3])
print([[i * j for j in range(3)] for i in range(3)])
print(sum(i * i for i in range(5)), max((len(w), w) for w in ["a", "bbb", "cc"]))
g = (i for i in [1, 2, 3])
print(next(g), list(g), list(g))
print([y := 5, y + 1], y)
print([last := i for i in range(3)], last)
print({i: [j for j in range(i)] for i in range(3)})


class C:
    n = 3
    squares = [i * i for i in range(n)]


print(C.squares)


def f(k):
    return [lambda: i + k for i in range(2)]


print([g() for g in f(10)])
print([a + b for a, b in [(1, 2), (3, 4)]], [a for a, *_ in ["xyz", "pq"]])
items = [1, 2, 3]
print([items[i] if i else "first" for i in range(3)])
print(list(n for n in range(3) if (lambda z: z > 0)(n)))
data = iter([1, 2, 3])
lazy = (d for d in data)
print(next(data), list(lazy))
print([*range(3), *"ab"], {**{"a": 1}, "b": 2}, {*"aa", *"b"} == {"a", "b"})
