"""Operators and methods on integers around every boundary of their representations, digested."""

seed = 12345
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % (1 << 31)
    return (seed >> 8) % n
def num():
    b = (0, 1, 2, 5, 8, 16, 24, 31, 32, 33, 46, 47, 48, 49, 52, 53, 54, 62, 63, 64, 65, 94, 95, 96, 126, 127, 128, 129, 190, 256)[rnd(30)]
    k = rnd(4)
    if k == 0: v = 1 << b
    elif k == 1: v = (1 << b) - 1
    elif k == 2: v = (1 << b) + 1
    else:
        v = 0
        while v.bit_length() < b: v = (v << 16) | rnd(1 << 16)
    return -v if rnd(2) else v
h = 0
def note(x):
    global h
    if isinstance(x, float): x = x.hex() if x == x else 'nan'
    s = repr(x)
    for c in s[:40]: h = (h * 31 + ord(c)) & 0xFFFFFFFF
def trial(f, *a):
    try: note(f(*a))
    except Exception as e: note(type(e).__name__ + str(e))
ops = [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a // b, lambda a, b: a % b, lambda a, b: divmod(a, b),
 lambda a, b: a / b, lambda a, b: a & b, lambda a, b: a | b, lambda a, b: a ^ b, lambda a, b: a << (b % 70), lambda a, b: a >> (b % 140),
 lambda a, b: a ** (b % 6), lambda a, b: pow(a, abs(b), 1000003), lambda a, b: pow(a, b, 97), lambda a, b: a < b, lambda a, b: a == b, lambda a, b: hash(a) == hash(a + 0),
 lambda a, b: hash(a), lambda a, b: -a, lambda a, b: ~a, lambda a, b: abs(a), lambda a, b: float(a), lambda a, b: a < float(b), lambda a, b: a == float(a),
 lambda a, b: float(a) == a, lambda a, b: int(float(a)), lambda a, b: str(a), lambda a, b: int(str(a)) == a, lambda a, b: hex(a), lambda a, b: int(hex(a), 16) == a,
 lambda a, b: a.bit_length(), lambda a, b: a.bit_count(), lambda a, b: a.to_bytes(40, 'little', signed=True).hex()[:60], lambda a, b: round(a, -(b % 20)),
 lambda a, b: int.from_bytes(a.to_bytes(40, 'big', signed=True), 'big', signed=True) == a, lambda a, b: f'{a:,}', lambda a, b: f'{a:_x}', lambda a, b: '%d' % a, lambda a, b: a.as_integer_ratio(),
 lambda a, b: a * float(b), lambda a, b: a + float(b), lambda a, b: float(a) // (b or 1), lambda a, b: float(a) % (b or 1), lambda a, b: len(range(a, b)) if abs(a) < 2**60 > abs(b) else 0, lambda a, b: range(a, b, 3)[-1:], lambda a, b: a in range(b, a + 9, 4)]
import math
ops += [lambda a, b: math.gcd(a, b), lambda a, b: math.lcm(a, b), lambda a, b: math.isqrt(abs(a)), lambda a, b: math.comb(abs(a), b % 4), lambda a, b: math.perm(abs(a), b % 4), lambda a, b: math.log2(abs(a) or 1) > 0, lambda a, b: math.floor(a / (b or 1)), lambda a, b: sum([a, b, a]), lambda a, b: math.prod([a, b, 3]), lambda a, b: math.sumprod([a, b], [b, 2])]
for i in range(len(ops)):
    h = 0
    for j in range(400): trial(ops[i], num(), num())
    print(i, h)
