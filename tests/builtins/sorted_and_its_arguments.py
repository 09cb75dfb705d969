"""`sorted` with keys, reverse, any iterable."""

print(sorted([3, 1, 2]), sorted((3, 1)), sorted("bca"), sorted({3: 1, 2: 1}), sorted({2, 1}), sorted(x for x in (2, 1)), sorted([]))
print(sorted([3, 1, 2], reverse=True), sorted(["bb", "a"], key=len), sorted("aBc", key=str.lower), sorted([-2, 1], key=abs, reverse=True))
print(sorted([(1, "b"), (1, "a"), (0, "z")]), sorted(["b", "a"], key=None), sorted([1.5, 1, 2**65, -1]))
original = [2, 1]
print(sorted(original) is original, original)


class P:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __repr__(self):
        return f"P{self.n}"


print(sorted([P(3), P(1), P(2)]), max(P(1), P(2)) if False else "", min([P(3), P(2)]))
for bad in ("sorted()", "sorted(5)", "sorted([1], 2)", "sorted([1, 'a'])", "sorted([1], nope=1)", "sorted([P(1), 2])", "sorted([1, 2], key=lambda: 0)", "sorted([1j, 2j])", "sorted([None, None])"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
