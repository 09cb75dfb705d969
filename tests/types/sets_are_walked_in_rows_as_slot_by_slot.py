"""Sets of all sizes and fillings are joined, cut and compared as their elements say."""

import random

random.seed(11)


def model(a, b):
    return [sorted(x for x in a if x in b), sorted(list(a) + [x for x in b if x not in a]), sorted(x for x in a if x not in b)]


for size in (0, 1, 4, 5, 6, 19, 20, 31, 32, 33, 76, 77, 100, 307, 308, 1000, 5000):
    for spread in (size + 1, 4 * size + 7, 10**9):
        a = {random.randrange(spread) for _ in range(size)}
        b = {random.randrange(spread) for _ in range(size // 2 + 1)}
        for gone in list(a)[:: 3]:
            a.discard(gone)
        first, second = list(a), set(b)
        both, either, only = model(a, b)
        assert sorted(a & b) == both and sorted(b & a) == both
        assert sorted(a | b) == either and sorted(b | a) == either
        assert sorted(a - b) == only
        assert sorted(a ^ b) == sorted(set(either) - set(both))
        assert a.isdisjoint(b) == (not both) and (a <= b) == (not only) and a >= set(both) and a == set(first)
        assert set(a) == a and len(a.copy()) == len(first) and frozenset(a) == a and hash(frozenset(a)) == hash(frozenset(first))
        c = set(a)
        c |= b
        c -= a
        assert sorted(c) == [x for x in either if x not in a]
        c ^= a
        assert c == a | b and c.issuperset(a) and not (c < a)
        c.intersection_update(b)
        assert c == b == second
        a.clear()
        assert not a and len(a | b) == len(b)
print("numbers are as they should be")

texts = {"%d" % n for n in range(400)} | {"é%d" % n for n in range(50)} | {(n, str(n)) for n in range(60)}
assert len(texts) == 510 and texts - {"5"} == {t for t in texts if t != "5"} and len(texts & {"5", "é7", (3, "3"), 8}) == 3
print(len(texts ^ {"5", "neu"}), len(texts | {1, 2}), texts >= {"7"}, texts.isdisjoint({7, 8}))
print(sorted({n * 7 % 101 for n in range(60)} - {n for n in range(0, 101, 2)}))
print([n * 37 % 1009 for n in range(40)] == list(dict.fromkeys(n * 37 % 1009 for n in range(40))))
print(list({n * n for n in range(30)} | {n * 1000 for n in range(5)}), list({5, 300, 2} & {300, 2, 9, 5}))


class Meddler:
    """Compares equal to nothing, and does something to a set while it is compared."""

    def __init__(self, number, deed):
        self.number, self.deed = number, deed

    def __hash__(self):
        return self.number

    def __eq__(self, other):
        self.deed()
        return False


# The walked set gets or loses elements meanwhile; what is certain is what must hold for those that stayed.
for base in (8, 40, 200):
    other = set(range(base))
    kept = {Meddler(base // 2, lambda: other.discard(base - 1))}
    joined = kept | other
    print(base, len(joined) in (base, base + 1), base - 1 in other, all(n in joined for n in range(base - 1)))
    other = set(range(base))
    kept = {Meddler(1, lambda: other.add(base - 1 + 0.5))}
    print(base, len(kept.union(other)) > base, len(other))
    other = set(range(base))
    kept = {Meddler(3, other.clear)}
    try:
        print(len(kept - other), len(other), len(other - kept))
    except RuntimeError as error:
        print(type(error).__name__, error)
