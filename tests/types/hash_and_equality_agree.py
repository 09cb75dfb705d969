"""Numbers that are equal hash alike; keys of mixed types; NaN."""

for a, b in ((1, 1.0), (1, True), (0, -0.0), (2**60, float(2**60)), (10**20, 1e20), ((1,), (1.0,)), (frozenset([1]), frozenset([True])), ("a", "a"), (3, 3 + 0j), (b"x", b"x"), (0, False), (range(3), range(0, 3, 1))):
    print(a == b, hash(a) == hash(b), {a: "found"}.get(b), b in {a}, b in [a])
nan = float("nan")
print(nan in [nan], nan in {nan}, {nan: 1}[nan], nan == nan)
d = {1: "int", 1.5: "float", "1": "str", (1,): "tuple", None: "none", b"1": "bytes", frozenset(): "frozen"}
print(d[1.0], d[1.5], d["1"], d[(1,)], d[None], d[b"1"], d[frozenset()], len(d))
for bad in ([], {}, set(), [1], bytearray(), slice(1) if False else {1: 2}.keys()):
    try:
        hash(bad)
    except TypeError as error:
        print(error)


class A:
    pass


a, b = A(), A()
print(a == a, a == b, a != b, hash(a) == hash(a), len({a, b, a}), {a: 1}[a])
big = {i * 2**32: i for i in range(100)}
print(all(big[i * 2**32] == i for i in range(100)), len({hash(str(i)) for i in range(100)}) > 95)
