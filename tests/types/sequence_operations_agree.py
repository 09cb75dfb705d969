"""Indexing, slicing, concatenation, repetition, membership across str, list, tuple, bytes, range."""

for s in ("abcdef", [1, 2, 3, 4, 5, 6], (1, 2, 3, 4, 5, 6), b"abcdef", range(1, 7)):
    print(type(s).__name__, s[0], s[-1], s[1:3], s[-3:], s[::-1], s[4:1:-1], s[::2], s[-100:2], s[3:100], s[3:3], len(s[1:]), s[True])
    for index in (6, -7, 10**20):
        try:
            s[index]
        except IndexError as error:
            print("   ", error)
    for key in ("a", 1.0, None, slice(1, 2, 0)):
        try:
            s[key]
        except (TypeError, ValueError) as error:
            print("   ", error)
for a, b in (("ab", "c"), ([1], [2]), ((1,), (2,)), (b"a", b"b")):
    print(a + b, a * 3, 2 * b, a * 0, a * -1, a[0] in a, a == a[:], a < b, min(a + b), max(a + b), sorted(a + b), list(reversed(a + b)), (a + b).index(b[0]), (a + b).count(b[0]))
