# Exact linear algebra: rational numbers, polynomials and matrices with all their operators.
from __future__ import annotations

import math
import random
from functools import reduce, total_ordering
from itertools import chain, product, repeat, zip_longest
from math import gcd, lcm
from operator import mul
from typing import Iterable


@total_ordering
class Rational:
    __slots__ = ("top", "bottom")
    __match_args__ = ("top", "bottom")

    def __new__(cls, top=0, bottom=1):
        if isinstance(top, Rational):
            return top
        if isinstance(top, float):
            top, over = top.as_integer_ratio()
            bottom *= over
        if not isinstance(top, int) or not isinstance(bottom, int):
            raise TypeError(f"a ratio of integers is wanted, not {type(top).__name__}/{type(bottom).__name__}")
        if bottom == 0:
            raise ZeroDivisionError(f"Rational({top}, 0)")
        self = super().__new__(cls)
        common = math.copysign(gcd(top, bottom), bottom)
        object.__setattr__(self, "top", top // int(common))
        object.__setattr__(self, "bottom", bottom // int(common))
        return self

    def __setattr__(self, name, value):
        raise AttributeError(f"{type(self).__name__} never changes")

    def __repr__(self):
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else f"{self.top}"

    def __format__(self, spec):
        if spec.endswith("%"):
            return format(float(self), spec)
        return format(repr(self), spec)

    def _other(operation):
        def method(self, other):
            if isinstance(other, (int, Rational)):
                return operation(self, Rational(other))
            if isinstance(other, (float, complex)):
                return getattr(type(other), operation.__name__)(type(other)(self), other)
            return NotImplemented
        method.__name__ = operation.__name__
        return method

    @_other
    def __add__(self, other):
        return Rational(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    @_other
    def __sub__(self, other):
        return self + -other

    @_other
    def __mul__(self, other):
        return Rational(self.top * other.top, self.bottom * other.bottom)

    @_other
    def __truediv__(self, other):
        return Rational(self.top * other.bottom, self.bottom * other.top)

    @_other
    def __eq__(self, other):
        return (self.top, self.bottom) == (other.top, other.bottom)

    @_other
    def __lt__(self, other):
        return self.top * other.bottom < other.top * self.bottom

    @_other
    def __floordiv__(self, other):
        return self.top * other.bottom // (self.bottom * other.top)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return Rational(other) / self

    def __mod__(self, other):
        return self - other * (self // other)

    def __divmod__(self, other):
        return self // other, self % other

    def __pow__(self, n, modulus=None):
        if modulus is not None:
            return self.top * pow(self.bottom, -1, modulus) % modulus
        return Rational(self.top ** n, self.bottom ** n) if n >= 0 else 1 / self ** -n

    def __neg__(self):
        return Rational(-self.top, self.bottom)

    def __abs__(self):
        return Rational(abs(self.top), self.bottom)

    def __hash__(self):
        return hash(self.top) if self.bottom == 1 else hash((self.top, self.bottom))

    def __float__(self):
        return self.top / self.bottom

    def __complex__(self):
        return complex(float(self))

    def __bool__(self):
        return self.top != 0

    def __trunc__(self):
        return int(self.top / self.bottom)

    def __round__(self, digits=None):
        if digits is None:
            whole, rest = divmod(self, 1)
            return whole + (rest > Rational(1, 2) or rest == Rational(1, 2) and whole % 2)
        return Rational(round(self * 10 ** digits), 10 ** digits)

    def __floor__(self):
        return self // 1

    def __ceil__(self):
        return -(-self // 1)


class Matrix:
    def __init__(self, rows: Iterable[Iterable]):
        self.rows = tuple(tuple(map(Rational, row)) for row in rows)
        if len(set(map(len, self.rows))) > 1:
            raise ValueError(f"rows of different lengths: {[len(row) for row in self.rows]}")

    @classmethod
    def identity(cls, n):
        return cls([int(i == j) for j in range(n)] for i in range(n))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        match key:
            case int(i), int(j):
                return self.rows[i][j]
            case slice() as rows, slice() as columns:
                return Matrix(row[columns] for row in self.rows[rows])
            case int(i):
                return self.rows[i]
        raise TypeError(f"bad place {key!r}")

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        return Matrix([sum(map(mul, row, column), Rational()) for column in zip(*other.rows)] for row in self.rows)

    def __add__(self, other):
        return Matrix(map(lambda a, b: [x + y for x, y in zip(a, b, strict=True)], self.rows, other.rows))

    def __mul__(self, number):
        return Matrix([x * number for x in row] for row in self.rows)

    __rmul__ = __mul__

    def __pow__(self, n):
        result, base = Matrix.identity(len(self.rows)), self if n >= 0 else self.inverse()
        for bit in reversed(f"{abs(n):b}"):
            if bit == "1":
                result = result @ base
            base @= base
        return result

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def __iter__(self):
        return chain.from_iterable(self.rows)

    def __str__(self):
        texts = [[str(x) for x in row] for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*texts)]
        return "\n".join("[" + "  ".join(f"{text:>{width}}" for text, width in zip(row, widths)) + "]" for row in texts)

    def reduced(self):
        """The reduced echelon form, its pivots, and the determinant of what was reduced."""
        rows, pivots, det, at = [list(row) for row in self.rows], [], Rational(1), 0
        for column in range(self.shape[1]):
            best = next((i for i in range(at, len(rows)) if rows[i][column]), None)
            if best is None:
                continue
            if best != at:
                rows[at], rows[best], det = rows[best], rows[at], -det
            pivot = rows[at][column]
            det *= pivot
            rows[at] = [x / pivot for x in rows[at]]
            for i, row in enumerate(rows):
                if i != at and (factor := row[column]):
                    rows[i] = [x - factor * y for x, y in zip(row, rows[at])]
            pivots.append(column)
            at += 1
        return Matrix(rows), pivots, det if len(pivots) == len(rows) else Rational()

    def inverse(self):
        n, m = self.shape
        both, pivots, _ = Matrix(row + unit for row, unit in zip(self.rows, Matrix.identity(n).rows)).reduced()
        if n != m or pivots != list(range(n)):
            raise ZeroDivisionError("the matrix has no inverse")
        return both[:, n:]


class Polynomial:
    def __init__(self, *coefficients):
        self.coefficients = list(coefficients)
        while self.coefficients and not self.coefficients[-1]:
            self.coefficients.pop()

    def __call__(self, x):
        return reduce(lambda total, c: total * x + c, reversed(self.coefficients), 0)

    def __add__(self, other):
        return Polynomial(*(a + b for a, b in zip_longest(self.coefficients, other.coefficients, fillvalue=0)))

    def __mul__(self, other):
        out = list(repeat(0, len(self.coefficients) + len(other.coefficients)))
        for (i, a), (j, b) in product(enumerate(self.coefficients), enumerate(other.coefficients)):
            out[i + j] += a * b
        return Polynomial(*out)

    def __repr__(self):
        terms = [f"{c:+}" * (power == 0 or abs(c) != 1) + ("+-"[c < 0] if power and abs(c) == 1 else "") + "x" * (power > 0) +
                 f"^{power}" * (power > 1) for power, c in reversed(list(enumerate(self.coefficients))) if c]
        return "".join(terms).removeprefix("+") or "0"


half, third = Rational(1, 2), Rational(-2, -6)
print(half + third, half - third, half * third, half / third, 1 - half, 2 / third, half ** 3, half ** -2, 3 * half, -half)
print(half + 0.25, 1j * half, half == 0.5, half < third, third <= half, max(half, third), sum([half, third, half], Rational()))
print(divmod(Rational(7, 2), Rational(2, 3)), Rational(-7, 2) // 1, round(Rational(5, 2)), round(Rational(7, 2)), round(Rational(22, 7), 3))
print(math.floor(Rational(-7, 2)), math.ceil(Rational(-7, 2)), math.trunc(Rational(-7, 2)), pow(Rational(3, 4), 1, 7), bool(Rational()))
print(Rational(0.1), f"{half:>8}|{half:.1%}|{third:*^7}", {half: 1}[Rational(2, 4)], hash(Rational(4, 2)) == hash(2), abs(-half))
for wrong in (lambda: Rational(1, 0), lambda: Rational("1"), lambda: half / 0, lambda: half + "x", lambda: setattr(half, "top", 2),
              lambda: half < "a", lambda: [] * half):
    try:
        print(wrong())
    except (ZeroDivisionError, TypeError, AttributeError) as error:
        print(f"{type(error).__name__}: {error}")
match third:
    case Rational(1, bottom):
        print("one over", bottom)
m = Matrix([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]])
print(m, m.reduced()[2], m.inverse(), sep="\n")
print(m @ m.inverse() == Matrix.identity(3), m ** 5 == m @ m @ m @ m @ m, (m ** -2).reduced()[2], m.T[0], (m + m == 2 * m), m[1:, :2].shape)
print(Matrix([[1, 1], [1, 0]]) ** 90 @ Matrix([[1], [0]]))
hilbert = Matrix([Rational(1, i + j + 1) for j in range(5)] for i in range(5))
print(hilbert.reduced()[2], max(hilbert.inverse()), lcm(*(x.bottom for x in hilbert)))
for wrong in (lambda: m @ Matrix([[1]]), lambda: m @ 3, lambda: Matrix([[1], [1, 2]]), lambda: Matrix([[1, 2], [2, 4]]).inverse(),
              lambda: m["a"], lambda: m + Matrix([[1]])):
    try:
        print(wrong())
    except (ZeroDivisionError, TypeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")
p = Polynomial(-1, 0, 1)
print(p, p * p, p + Polynomial(1, -1), p(3), p(half), Polynomial(), [round(abs(p(complex(math.cos(k), math.sin(k)))), 3) for k in range(3)])
chance = random.Random(3)
for size in (2, 4):
    a = Matrix([chance.randint(-5, 5) for _ in range(size)] for _ in range(size))
    b = Matrix([chance.randint(-5, 5) for _ in range(size)] for _ in range(size))
    print((a @ b).reduced()[2] == a.reduced()[2] * b.reduced()[2], (a @ b).T == b.T @ a.T)
