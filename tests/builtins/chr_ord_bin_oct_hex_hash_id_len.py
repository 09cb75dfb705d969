"""Small conversions."""

print(chr(97), chr(8364), ord("a"), ord("€"), ord(b"a"), bin(5), oct(8), hex(255), bin(-5))
print(len("abc"), len([]), len({1: 2}), len({1, 2}), len(b"ab"), len(range(10)), len((1,)))
print(hash(1) == hash(1.0) == hash(True), hash("x") == hash("x"), hash((1, 2)) == hash((1, 2)), hash(None) == hash(None), hash(2**61 - 1), hash(10**20), hash(0.5), hash(float("inf")), hash(-1), hash(1.5))
x = object()
print(id(x) == id(x), id(x) != id(object()), hash(x) == hash(x))


class L:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


print(len(L(5)), bool(L(0)))
for bad in ("len(5)", "len(L(-1))", "len(L('x'))", "len(L(2**70))", "ord('')", "ord('ab')", "chr('a')", "bin(1.5)", "hash([])", "hash({})", "len()", "hex('a')", "oct(None)", "chr(1.5)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)


class H:
    def __hash__(self):
        return 2**70


class H2:
    def __hash__(self):
        return "x"


class Eq:
    def __eq__(self, other):
        return True


print(hash(H()) == hash(2**70))
for thing in (H2(), Eq()):
    try:
        hash(thing)
    except TypeError as error:
        print(error)
