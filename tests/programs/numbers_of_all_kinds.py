"""Polynomials, residues, RSA with large integers, continued fractions, Roman numerals, complex roots, bases, primes."""

import functools
import itertools
import math
import operator
import random
import sys


class Polynomial:
    """Coefficients, the constant first."""

    __slots__ = ("terms",)

    def __init__(self, *terms):
        while terms and not terms[-1]:
            terms = terms[:-1]
        self.terms = terms

    @classmethod
    def from_roots(cls, *roots):
        return functools.reduce(operator.mul, (cls(-r, 1) for r in roots), cls(1))

    @property
    def degree(self):
        return len(self.terms) - 1

    def __call__(self, x):
        return functools.reduce(lambda total, c: total * x + c, reversed(self.terms), 0)

    def __add__(self, other):
        if isinstance(other, (int, float, complex)):
            other = Polynomial(other)
        if not isinstance(other, Polynomial):
            return NotImplemented
        return Polynomial(*map(sum, itertools.zip_longest(self.terms, other.terms, fillvalue=0)))

    __radd__ = __add__

    def __neg__(self):
        return Polynomial(*(-c for c in self.terms))

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if isinstance(other, (int, float, complex)):
            return Polynomial(*(c * other for c in self.terms))
        if not isinstance(other, Polynomial):
            return NotImplemented
        out = [0] * (len(self.terms) + len(other.terms))
        for (i, a), (j, b) in itertools.product(enumerate(self.terms), enumerate(other.terms)):
            out[i + j] += a * b
        return Polynomial(*out)

    __rmul__ = __mul__

    def __pow__(self, n, mod=None):
        if mod is not None or n < 0:
            raise ValueError(f"cannot raise to {n}" + (f" modulo {mod}" if mod else ""))
        return functools.reduce(operator.mul, itertools.repeat(self, n), Polynomial(1))

    def __divmod__(self, other):
        if not other.terms:
            raise ZeroDivisionError("polynomial division by zero")
        rest, quotient = list(self.terms), [0] * max(0, len(self.terms) - len(other.terms) + 1)
        for at in reversed(range(len(quotient))):
            quotient[at] = factor = rest[at + other.degree] // other.terms[-1]
            for j, c in enumerate(other.terms):
                rest[at + j] -= factor * c
        return Polynomial(*quotient), Polynomial(*rest)

    __floordiv__ = lambda self, other: divmod(self, other)[0]
    __mod__ = lambda self, other: divmod(self, other)[1]

    def __eq__(self, other):
        return isinstance(other, Polynomial) and self.terms == other.terms or self.terms == (other,)

    def __hash__(self):
        return hash(self.terms)

    def __bool__(self):
        return bool(self.terms)

    def __str__(self):
        def term(power, c):
            sign, c = ("-", -c) if not isinstance(c, complex) and c < 0 else ("+", c)
            body = {0: "", 1: "x"}.get(power, f"x^{power}")
            return f" {sign} {c if c != 1 or not body else ''}{body}"

        text = "".join(term(p, c) for p, c in reversed([*enumerate(self.terms)]) if c) or " + 0"
        return ("-" if text[1] == "-" else "") + text[3:]

    def __format__(self, spec):
        return format(str(self), spec)

    def derivative(self):
        return Polynomial(*[p * c for p, c in enumerate(self.terms)][1:])

    def roots(self, rounds=200):
        """Durand and Kerner's way."""
        guess = [(0.4 + 0.9j) ** n for n in range(self.degree)]
        for _ in range(rounds):
            for i, x in enumerate(guess):
                guess[i] = x - self(x) / self.terms[-1] / math.prod((x - y for j, y in enumerate(guess) if j != i), start=1)
        return sorted(((round(r.real, 6) + 0.0, round(r.imag, 6) + 0.0) for r in guess))


class Residue(int):
    modulus = 1_000_003

    def __new__(cls, value):
        return super().__new__(cls, value % cls.modulus)

    for _op in ("add", "sub", "mul"):
        exec(f"def __{_op}__(self, other): return type(self)(int.__{_op}__(self, other))\n__r{_op}__ = __{_op}__ if {_op != 'sub'} else None")
    del _op

    def __truediv__(self, other):
        return self * pow(int(other), -1, self.modulus)

    def __pow__(self, n):
        return type(self)(pow(int(self), n, self.modulus))

    def __repr__(self):
        return f"{int(self)} (mod {self.modulus})"


def is_prime(n, rounds=12):
    if n < 4 or n % 2 == 0:
        return n in (2, 3)
    shift = ((n - 1) & (1 - n)).bit_length() - 1
    odd = (n - 1) >> shift
    for _ in range(rounds):
        x = pow(random.randrange(2, n - 1), odd, n)
        if x not in (1, n - 1) and all((x := x * x % n) != n - 1 for _ in range(shift - 1)):
            return False
    return True


def rsa(bits):
    prime = lambda: next(filter(is_prime, iter(lambda: random.getrandbits(bits) | 1 << bits - 1 | 1, None)))
    p, q = prime(), prime()
    e = 65537
    return (e, p * q), (pow(e, -1, math.lcm(p - 1, q - 1)), p * q)


def roman(n):
    marks = zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "M CM D CD C XC L XL X IX V IV I".split())
    out = ""
    for value, mark in marks:
        count, n = divmod(n, value)
        out += mark * count
    return out


def continued(n, d):
    while d:
        whole, (n, d) = n // d, (d, n % d)
        yield whole


def in_base(n, base, digits="0123456789abcdefghijklmnopqrstuvwxyz"):
    if n < 0:
        return "-" + in_base(-n, base, digits)
    return digits[n] if n < base else in_base(n // base, base, digits) + digits[n % base]


def words(n):
    small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20:
        return small[n]
    if n < 100:
        return tens[n // 10 - 2] + (f"-{small[n % 10]}" if n % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            rest = n % size
            return f"{words(n // size)} {name}" + (f"{' and' if rest < 100 else ''} {words(rest)}" if rest else "")


p, q = Polynomial(-6, 11, -6, 1), Polynomial(-1, 1)
print(p, q, p * q, p + 3, 3 - q, q**5, -p, sep=" | ")
print(*divmod(p, q), p % q == 0, p == Polynomial.from_roots(1, 2, 3), hash(p) == hash(Polynomial.from_roots(3, 2, 1)), bool(p - p), f"{p - p:>5}")
print([p(n) for n in range(5)], p(0.5), p(1j), p(q), p.derivative(), p.roots(), Polynomial(1, 0, 1).roots(), Polynomial(1, 2.5, 1j))
for wrong in (lambda: p + "x", lambda: p**-1, lambda: pow(p, 2, 5), lambda: p // Polynomial(), lambda: "x" * p, lambda: p < q, lambda: Residue(3) / Residue(0), lambda: pow(6, -1, 9), lambda: int("12", 1), lambda: int("z1", 35), lambda: 1 << -1, lambda: math.sqrt(-1), lambda: math.factorial(-2), lambda: 2.0**5000, lambda: int(float("inf")), lambda: (-8) ** 0.5 .real, lambda: math.comb(3, -1), lambda: complex("1+"), lambda: divmod(1.0, 0), lambda: 0**-1, lambda: round(1.5, "x"), lambda: 3 @ 4, lambda: 1j // 2):
    try:
        print(wrong())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
a = Residue(1_000_000)
print(a + 5, 3 * a, a / 7 * 7 == a, a**12345, a - 2_000_000, sum([a, a], Residue(0)), [a][0] + True)
random.seed(1234)
public, private = rsa(256)
secret = int.from_bytes("attack at dawn ☀".encode(), "big")
sealed = pow(secret, *public)
print(public[1].bit_length() in (511, 512), pow(sealed, *private).to_bytes(18, "big").decode(), sealed != secret)
print([n for n in range(100) if is_prime(n)], is_prime(2**127 - 1), is_prime(2**127 + 1), is_prime(561))
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)], list(continued(415, 93)), list(continued(*math.pi.as_integer_ratio()))[:6])
print(in_base(-255, 16), in_base(10**20, 36), int(in_base(10**20, 36), 36), [words(n) for n in (0, 13, 21, 100, 1_000_001, 999_999)])
print(math.isqrt(10**40 + 1), (10**40 + 1) // 7**20, -7 // 2, -7 % 3, divmod(-7, -2), 7 // -2.0, -7.5 % 2, math.fmod(-7.5, 2), math.remainder(7, 4))
print((123456789**20).bit_length(), (1 << 100).bit_count(), ~5, -1 >> 100, 5 & -2, 6 ^ -1, 0b1011 | 0x10, f"{-255:#x} {255:#010b} {10**25:,} {2**70:e} {1 / 3:.20f} {1e16} {1e15} {123456789.0} {1e-5} {0.1 + 0.2}")
print(round(2.5), round(-3.5), round(1234.5678, -2), round(12345, -2), round(0.15, 1), float.hex(0.1), float.fromhex("0x1.8p3"), (0.1).as_integer_ratio(), 1e308 * 10, -math.inf, math.nan != math.nan)
print(math.gcd(48, 18, 30), math.lcm(4, 6, 10), math.comb(50, 25), math.perm(10, 3), math.dist((0, 0), (3, 4)), math.hypot(1, 2, 2), math.fsum([0.1] * 10), sum([0.1] * 10), math.prod([]), math.ulp(1.0), math.nextafter(1, 2), math.frexp(10), math.ldexp(0.5, 4), math.modf(-2.75), math.trunc(-2.7), math.sumprod([1, 2], [3, 4]))
print((3 + 4j).conjugate(), abs(3 + 4j), (1 + 2j) ** 3, (1 + 2j) / (3 - 1j), complex(1, -0.0), complex("nan+infj"), (2j).real, 3 == 3 + 0j, hash(3.0) == hash(3), 1e3j, -1j, -(0j))
print(sys.float_info.dig, sys.int_info.bits_per_digit > 0, sys.maxsize.bit_length(), bool(0.0), True + True, int("-0b101", 0), int(" 1_000 "), float("  -1.5e3 "), int("٣"), 0.1 .is_integer(), (4.0).is_integer(), int.from_bytes(b"\xff\x00", "little", signed=True), (-2).to_bytes(2, "big", signed=True))
