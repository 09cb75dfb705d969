"""Exact arithmetic: fractions, and polynomials over any ring, with operators, a parser of text, and Sturm's theorem."""
from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Iterable, Iterator
from operator import mul
from typing import Generic, Protocol, Self, TypeVar


class Ring(Protocol):
    def __add__(self, other: Self) -> Self: ...
    def __mul__(self, other: Self) -> Self: ...
    def __neg__(self) -> Self: ...


R = TypeVar("R", bound=Ring)


@functools.total_ordering
class Ratio:
    """A fraction in its lowest terms."""

    __slots__ = ("up", "down")
    __match_args__ = ("up", "down")

    def __new__(cls, up: int | str = 0, down: int = 1) -> Self:
        if isinstance(up, str):
            if not (match := re.fullmatch(r"\s*([-+]?\d+)(?:/(\d+))?\s*", up)):
                raise ValueError(f"no fraction: {up!r}")
            up, down = int(match[1]), int(match[2] or 1)
        if down == 0:
            raise ZeroDivisionError(f"Ratio({up}, 0)")
        self = super().__new__(cls)
        common = math.gcd(up, down) * (1 if down > 0 else -1)
        self.up, self.down = up // common, down // common
        return self

    @staticmethod
    def _of(other: object) -> Ratio:
        match other:
            case Ratio():
                return other
            case int():
                return Ratio(other)
        return NotImplemented

    def _operator(function):
        def forward(self, other):
            other = Ratio._of(other)
            return other if other is NotImplemented else function(self, other)

        def backward(self, other):
            other = Ratio._of(other)
            return other if other is NotImplemented else function(other, self)
        return forward, backward

    __add__, __radd__ = _operator(lambda a, b: Ratio(a.up * b.down + b.up * a.down, a.down * b.down))
    __sub__, __rsub__ = _operator(lambda a, b: a + -b)
    __mul__, __rmul__ = _operator(lambda a, b: Ratio(a.up * b.up, a.down * b.down))
    __truediv__, __rtruediv__ = _operator(lambda a, b: Ratio(a.up * b.down, a.down * b.up))
    del _operator

    def __pow__(self, exponent: int) -> Ratio:
        if exponent < 0:
            return Ratio(self.down ** -exponent, self.up ** -exponent)
        return Ratio(self.up ** exponent, self.down ** exponent)

    def __neg__(self):
        return Ratio(-self.up, self.down)

    def __abs__(self):
        return Ratio(abs(self.up), self.down)

    def __eq__(self, other):
        other = Ratio._of(other)
        return other if other is NotImplemented else (self.up, self.down) == (other.up, other.down)

    def __lt__(self, other):
        other = Ratio._of(other)
        return other if other is NotImplemented else self.up * other.down < other.up * self.down

    def __hash__(self):
        return hash(self.up) if self.down == 1 else hash((self.up, self.down))

    def __bool__(self):
        return self.up != 0

    def __float__(self):
        return self.up / self.down

    def __round__(self, digits=None):
        return round(float(self), digits)

    def __format__(self, spec):
        return format(str(self), spec) if not spec or spec[-1] in "s<>^0123456789" else format(float(self), spec)

    def __str__(self):
        return str(self.up) if self.down == 1 else f"{self.up}/{self.down}"

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self):
        return type(self), (self.up, self.down)


class Polynomial(Generic[R]):
    """A polynomial in x, its coefficients from the constant one on."""

    def __init__(self, *coefficients: R):
        self.coefficients = coefficients
        while self.coefficients and not self.coefficients[-1]:
            self.coefficients = self.coefficients[:-1]

    @classmethod
    def parse(cls, text: str) -> Polynomial[Ratio]:
        found: dict[int, Ratio] = {}
        for sign, factor, x, power in re.findall(r"([-+]?)\s*(\d+(?:/\d+)?)?\s*(x?)(?:\^(\d+))?\s*", text):
            if not (factor or x):
                continue
            degree = int(power or 1) if x else 0
            found[degree] = found.get(degree, Ratio()) + Ratio(sign + (factor or "1"))
        return cls(*(found.get(degree, Ratio()) for degree in range(max(found, default=-1) + 1)))

    @property
    def degree(self) -> int:
        return len(self.coefficients) - 1

    def __iter__(self) -> Iterator[R]:
        return iter(self.coefficients)

    def __getitem__(self, index):
        return self.coefficients[index] if isinstance(index, slice) else (
            self.coefficients[index] if index <= self.degree else Ratio())

    def __call__(self, x):
        return functools.reduce(lambda total, factor: total * x + factor, reversed(self.coefficients), Ratio())

    def __add__(self, other):
        return Polynomial(*(a + b for a, b in itertools.zip_longest(self, other, fillvalue=Ratio())))

    def __neg__(self):
        return Polynomial(*(-factor for factor in self))

    def __sub__(self, other):
        return self + -other

    def __mul__(self, other):
        if isinstance(other, (Ratio, int)):
            return Polynomial(*(factor * other for factor in self))
        total = [Ratio()] * (len(self.coefficients) + len(other.coefficients))
        for (i, a), (j, b) in itertools.product(enumerate(self), enumerate(other)):
            total[i + j] += a * b
        return Polynomial(*total)

    def __pow__(self, exponent):
        return functools.reduce(mul, [self] * exponent, Polynomial(Ratio(1)))

    def __divmod__(self, other):
        if not other.coefficients:
            raise ZeroDivisionError("division by the zero polynomial")
        rest, quotient = self, Polynomial()
        while rest.degree >= other.degree and rest.coefficients:
            step = Polynomial(*[Ratio()] * (rest.degree - other.degree), rest[rest.degree] / other[other.degree])
            quotient, rest = quotient + step, rest - step * other
        return quotient, rest

    def __floordiv__(self, other):
        return divmod(self, other)[0]

    def __mod__(self, other):
        return divmod(self, other)[1]

    def __eq__(self, other):
        return isinstance(other, Polynomial) and self.coefficients == other.coefficients

    def __str__(self):
        parts = []
        for degree in range(self.degree, -1, -1):
            factor = self[degree]
            if not factor:
                continue
            sign = ("-" if factor < 0 else "+") if parts else "-" * (factor < 0)
            size = "" if abs(factor) == 1 and degree else str(abs(factor))
            power = {0: "", 1: "x"}.get(degree, f"x^{degree}")
            parts.append(f"{sign} {size}{power}" if parts else f"{sign}{size}{power}")
        return " ".join(parts) or "0"

    def __repr__(self):
        return f"<{self}>"

    def derivative(self):
        return Polynomial(*[factor * degree for degree, factor in enumerate(self)][1:])

    def greatest_common_divisor(self, other):
        a, b = self, other
        while b.coefficients:
            a, b = b, a % b
        return a * (Ratio(1) / a[a.degree])

    def roots_between(self, low: Ratio, high: Ratio) -> int:
        """How many different real roots lie there, by Sturm."""
        chain = [self, self.derivative()]
        while chain[-1].degree > 0:
            chain.append(-(chain[-2] % chain[-1]))

        def changes(x):
            signs = [value > 0 for link in chain if (value := link(x))]
            return sum(a != b for a, b in itertools.pairwise(signs))
        return changes(low) - changes(high)

    def rational_roots(self) -> Iterable[Ratio]:
        scale = math.lcm(*(factor.down for factor in self))
        first, last = (int(abs(factor * scale).up) for factor in (self[0], self[self.degree]))
        divisors = lambda n: [d for d in range(1, n + 1) if n % d == 0]
        candidates = {Ratio(sign * a, b) for a in divisors(first) for b in divisors(last) for sign in (1, -1)}
        return sorted(root for root in candidates if not self(root))


half = Ratio("1/2")
print(half + 1, 1 - half, half * half, 3 / half, half ** -3, -half < 0 < half, Ratio(6, -4), f"{half:>6}|{half:.3f}", [half])
print(hash(Ratio(4, 2)) == hash(2), {Ratio(1): "one"}[1], max(Ratio("2/3"), half), sum([half] * 3, Ratio()), round(Ratio(22, 7), 2))
match Ratio(3, 4):
    case Ratio(3, down):
        print("three", down)
p = Polynomial.parse("x^3 - 6x^2 + 11x - 6")
q = Polynomial.parse("1/2x^2 - 1/2")
print(p, "|", q, "|", p + q, "|", p - p, "|", -q)
print(p * q, "|", (Polynomial.parse("x + 1")) ** 4)
print(*divmod(p, q), sep="  rest  ")
print(p // q * q + p % q == p, p(2), p(half), q(Ratio(3)))
print(p.derivative(), p.greatest_common_divisor(p.derivative()), p.greatest_common_divisor(q))
print(p.rational_roots(), p.roots_between(Ratio(0), Ratio("5/2")), Polynomial.parse("x^2+1").roots_between(Ratio(-9), Ratio(9)))
print(Polynomial.parse("2x^3 + 3x^2 - 3x - 2").rational_roots(), repr(p), list(q), p[1], p[7], p[1:3])
for wrong in (lambda: Ratio("x"), lambda: half / 0, lambda: half + "1", lambda: p % Polynomial(), lambda: half < 0.5):
    try:
        print(wrong())
    except (ValueError, ArithmeticError, TypeError) as error:
        print(type(error).__name__, error)
