"""Matrices with operators, slices and exact fractions made by hand."""

import math
from functools import reduce


class Fraction:
    __slots__ = ("top", "bottom")

    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError(f"Fraction({top}, 0)")
        if isinstance(top, Fraction):
            top, bottom = top.top, top.bottom * bottom
        sign = -1 if bottom < 0 else 1
        common = math.gcd(top, bottom)
        self.top, self.bottom = sign * top // common, sign * bottom // common

    def __add__(self, other):
        other = Fraction(other)
        return Fraction(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -Fraction(other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        if not isinstance(other, (int, Fraction)):
            return NotImplemented
        other = Fraction(other)
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Fraction(other)
        return Fraction(self.top * other.bottom, self.bottom * other.top)

    def __eq__(self, other):
        if isinstance(other, int):
            return self.bottom == 1 and self.top == other
        return isinstance(other, Fraction) and (self.top, self.bottom) == (other.top, other.bottom)

    def __hash__(self):
        return hash((self.top, self.bottom))

    def __bool__(self):
        return self.top != 0

    def __float__(self):
        return self.top / self.bottom

    def __repr__(self):
        return f"{self.top}" if self.bottom == 1 else f"{self.top}/{self.bottom}"

    def __format__(self, spec):
        return format(repr(self), spec) if not spec.endswith("f") else format(float(self), spec)


class Matrix:
    def __init__(self, rows):
        self.rows = [list(map(Fraction, row)) for row in rows]
        if len({len(row) for row in self.rows}) > 1:
            raise ValueError("rows of different lengths")

    @classmethod
    def identity(cls, size):
        return cls([[int(i == j) for j in range(size)] for i in range(size)])

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, key):
        match key:
            case (int() as row, int() as column):
                return self.rows[row][column]
            case (rows, columns):
                rows = self.rows[rows] if isinstance(rows, slice) else [self.rows[rows]]
                return Matrix([row[columns] if isinstance(columns, slice) else [row[columns]] for row in rows])
            case _:
                return self.rows[key]

    def __setitem__(self, key, value):
        row, column = key
        self.rows[row][column] = Fraction(value)

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"shapes {self.shape} and {other.shape} do not fit")
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __mul__(self, factor):
        return Matrix([[x * factor for x in row] for row in self.rows])

    __rmul__ = __mul__

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(self.rows, other.rows, strict=True)])

    def __pow__(self, exponent):
        return reduce(Matrix.__matmul__, [self] * exponent, Matrix.identity(len(self.rows)))

    def __imatmul__(self, other):
        self.rows = (self @ other).rows
        return self

    def __eq__(self, other):
        return isinstance(other, Matrix) and self.rows == other.rows

    def determinant(self):
        rows = [row[:] for row in self.rows]
        result = Fraction(1)
        for column in range(len(rows)):
            pivot = next((r for r in range(column, len(rows)) if rows[r][column]), None)
            if pivot is None:
                return Fraction(0)
            if pivot != column:
                rows[pivot], rows[column] = rows[column], rows[pivot]
                result = -result
            result *= rows[column][column]
            for r in range(column + 1, len(rows)):
                factor = rows[r][column] / rows[column][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column])]
        return result

    def inverse(self):
        size = len(self.rows)
        rows = [row + unit for row, unit in zip(self.rows, Matrix.identity(size).rows)]
        for column in range(size):
            pivot = next((r for r in range(column, size) if rows[r][column]), None)
            if pivot is None:
                raise ArithmeticError("the matrix is singular")
            rows[column], rows[pivot] = rows[pivot], rows[column]
            rows[column] = [x / rows[column][column] for x in rows[column]]
            for r in range(size):
                if r != column:
                    rows[r] = [a - rows[r][column] * b for a, b in zip(rows[r], rows[column])]
        return Matrix([row[size:] for row in rows])

    def __str__(self):
        width = max(len(repr(x)) for row in self.rows for x in row)
        return "\n".join("[" + " ".join(f"{x:>{width}}" for x in row) + "]" for row in self.rows)


a = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 4]])
print(a)
print(a.shape, a.determinant(), a[0, 1], a[-1], a[1:, :2].shape)
print(a.inverse())
print(a @ a.inverse() == Matrix.identity(3), (a ** 5)[0, 0], (a * 2 + a.T)[1, 1])
fibonacci = Matrix([[1, 1], [1, 0]]) ** 100
print(fibonacci[0, 1], f"{float(fibonacci[0, 0]):e}")
a[0, 0] = Fraction(1, 3)
a @= Matrix.identity(3)
print(f"{a[0, 0]:>8}|{a[0, 0]:.4f}|{1 - a[0, 0]}|{a[0, 0] * 3 == 1}")
for attempt in [lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: a @ Matrix([[1]]), lambda: Fraction(1, 0), lambda: Matrix([[1], [1, 2]]),
                lambda: a + Matrix([[1]]), lambda: a[5], lambda: a * "x", lambda: Fraction(1) / 0, lambda: a["x"]]:
    try:
        print(attempt())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
