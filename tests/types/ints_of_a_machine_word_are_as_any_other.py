"""Arithmetic around the sizes at which an integer's form may change: 47, 48, 63, 64, 127 and 128 bits."""

import operator

EDGES = [0, 1, 2, 3, 7, 63, 64]
for bits in (16, 31, 32, 46, 47, 48, 62, 63, 64, 96, 126, 127, 128):
    EDGES += [2**bits - 1, 2**bits, 2**bits + 1]
EDGES += [-edge for edge in EDGES]

OPERATORS = [
    operator.add, operator.sub, operator.mul, operator.floordiv, operator.mod,
    operator.and_, operator.or_, operator.xor, operator.truediv,
]


def mixed(total, value):
    return (total * 1_000_003 ^ hash(value)) & 0xFFFF_FFFF_FFFF


def written_out(name, a, b):
    # The operators as the compiler sees them, each at a place of its own.
    match name:
        case "add": return a + b
        case "sub": return a - b
        case "mul": return a * b
        case "floordiv": return a // b
        case "mod": return a % b
        case "and_": return a & b
        case "or_": return a | b
        case "xor": return a ^ b
        case "truediv": return a / b


def in_place(name, a, b):
    match name:
        case "add": a += b
        case "sub": a -= b
        case "mul": a *= b
        case "floordiv": a //= b
        case "mod": a %= b
        case "and_": a &= b
        case "or_": a |= b
        case "xor": a ^= b
        case "truediv": a /= b
    return a


for operate in OPERATORS:
    total = errors = 0
    for a in EDGES:
        for b in EDGES:
            try:
                results = {operate(a, b), written_out(operate.__name__, a, b), in_place(operate.__name__, a, b)}
            except ZeroDivisionError:
                errors += 1
                continue
            (result,) = results
            total = mixed(total, result)
            if operate is not operator.truediv:
                assert type(result) is int
    print(operate.__name__, total, errors)

total = 0
for a in EDGES:
    for by in (0, 1, 15, 16, 17, 47, 48, 62, 63, 64, 65, 100, 200):
        left, right = a << by, a >> by
        assert left == a * 2**by and right == a // 2**by, (a, by)
        total = mixed(mixed(total, left), right)
    for by in (-1, -(2**64)):
        for shift in (operator.lshift, operator.rshift):
            try:
                shift(a, by)
            except ValueError as error:
                total = mixed(total, len(str(error)))
print("shifts", total)

# A generator of random numbers, whose products take 61 bits.
seed = 1
for _ in range(1000):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
print(seed)
word = 14695981039346656037
for byte in b"the quick brown fox":
    word = ((word ^ byte) * 1099511628211) % 2**64
print(word)

print(True + 2**62, 2**62 - True, 2**50 & True, 2**50 // True, (2**62) * 1.5, 2**62 + 1j, 7 % -(2**60), -7 // 2**60)


class Odd(int):
    def __add__(self, other):
        return "odd"

    __radd__ = __add__


print(Odd(1) + 2**60, 2**60 + Odd(1), Odd(2**60) + 1, 2**60 - Odd(1))
