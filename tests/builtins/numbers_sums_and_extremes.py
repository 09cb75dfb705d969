"""sum, min, max and round: compensation, order, keys, errors."""


def t(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


inf = float("inf")


class Rounds:
    def __round__(self, digits="none"):
        return ("rounded", digits)


class Vector:
    def __init__(self, *items):
        self.items = items

    def __add__(self, other):
        return Vector(*[a + b for a, b in zip(self.items, other.items)])

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __repr__(self):
        return f"Vector{self.items}"


for text in """sum([1, 2])|sum([1.5, 2])|sum([], 5)|sum(['a', 'b'])|sum(['a'], '')|sum([b'a'], b'')|sum([bytearray()], bytearray())|sum([[1], [2]], [])|sum(5)|sum([1, 'a'])|sum([0.1] * 10)|sum([1e16, 1, -1e16])|sum([1, 2.5, True])|sum([1j, 2])|sum([1j, 0.1, 0.2])|sum([2**62, 2**62])|sum([2**63 - 1, 1])|sum([-2**63, -1])|sum([], start=3)|sum([inf, -inf])|sum([inf, 1])|sum([1e308, 1e308])|sum(iter([0.1] * 10), 1)|sum([10**400, 1.5])|sum([1.5, 10**400])|sum([0.1, 1j] * 3)|sum([True, True])|sum([Vector(1, 2), Vector(3, 4)])|sum([Vector(1)], 1)|sum([1.5, 2**70])|sum((i for i in range(1000)))|sum(range(10**5))|sum([0.1, 0.2, 0.3, 10, -10])|sum([1, 1.0, 1j, True])|sum({1: 2, 3: 4})
min()|max()|max(5)|max([])|max([], default=3)|max(1, 2)|max(1, 2, default=3)|max([1, 2], key=lambda x: -x)|max('a', 1)|max([1, 'a'])|max(1, 2, key=5)|max([1], foo=1)|min([])|min((3, 1, 2))|min(1, 2, key=None)|min({}, default=None)|max([], key=abs)|max('hello')|min('hello', key=lambda c: -ord(c))|max(1, 1.0), max(1.0, 1)|min(1, True), min(True, 1)|max([3, 1, 2], [3, 1, 1])|max([float('nan'), 1]), max([1, float('nan')])|max(2**70, 1e21)|min(-2**70, -1e22)|max(range(10), key=lambda x: x % 4)|min((), default=())|max(i * i for i in range(4))
round(0.5)|round(1.5)|round(2.5)|round(-0.5)|round(-1.5)|round(2.675, 2)|round(1234.5678, -2)|round(0.5, 0)|round(2.5, None)|round(1.5, 'a')|round(inf)|round(inf, 2)|round(5.015, 2)|round(15, -1)|round(25, -1)|round(-15, -1)|round(10**30 + 5, -1)|round('a')|round(Rounds())|round(Rounds(), 3)|round(Rounds(), None)|round(number=2.567, ndigits=1)|round(True)|round(1j)|round(0.1 + 0.2, 15)|round(1e-10, 5)|round(-2.5)|round(123456789.123456789, 3)
abs(-5)|abs(-5.5)|abs(3+4j)|abs(True)|abs(-2**70)|abs('a')|abs()|divmod(7, -2)|divmod(-7.5, 2)|divmod(2**70, 3)|divmod(1, 'a')|pow(2, 10)|pow(2, -1)|pow(2, 10, 7)|pow(2, -1, 7)|pow(2, -1, 4)|pow(base=2, exp=3)|pow(2, 3, mod=5)|pow(2, 3, 0)|pow(0, 0, 1)|pow(3, 10**20, 10**9 + 7)|pow(-2, 3, 5)|pow(2, 3, -5)|pow(10**30, 2, 10**20 + 39)
bin(5)|bin(-5)|bin(2**70)|bin('a')|bin(1.5)|hex(255)|hex(-255)|hex(2**100)|oct(8)|oct(-2**65)|chr(97)|chr(0x10ffff)|chr(-1)|chr(1114112)|chr('a')|chr(10**30)|ord('a')|ord('ab')|ord('')|ord(b'a')|ord(5)|ord('\\U0001f600')""".replace("\n", "|").split("|"):
    t(text)
