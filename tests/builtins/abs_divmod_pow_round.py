"""Numeric built-ins and their protocols."""


class N:
    def __abs__(self):
        return "abs"

    def __round__(self, n=None):
        return ("round", n)

    def __divmod__(self, other):
        return ("divmod", other)

    def __pow__(self, e, m=None):
        return ("pow", e, m)

    def __index__(self):
        return 3

    def __int__(self):
        return 4

    def __float__(self):
        return 5.5

    def __complex__(self):
        return 6j

    def __trunc__(self):
        return 8


n = N()
print(abs(n), round(n), round(n, 2), divmod(n, 2), pow(n, 2), pow(n, 2, 3), n**4)
print(int(n), float(n), complex(n), [1, 2, 3, 4][n], range(n), bin(n), hex(n), "abc" * n if False else "x" * 2, chr(65 + n.__index__()))
print(abs(-3), abs(-2.5), abs(3 + 4j), abs(True), pow(2, 10), pow(2, 0.5), pow(2, -1), pow(7, 2, 5), pow(base=2, exp=3))
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), round(2.567, 2), round(15, -1), round(25, -1), round(-0.5), round(1.005, 2), round(5.5), round(number=1.5))
for bad in ("abs('x')", "abs()", "round('x')", "divmod(1)", "divmod('a', 1)", "pow('a', 2)", "pow(2, 1.5, 3)", "round(1.5, 'x')", "pow(2, 3, 0)", "abs(1, 2)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
