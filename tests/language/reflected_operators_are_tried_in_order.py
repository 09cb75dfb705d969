"""Left first, unless the right operand is a subclass that overrides the reflected method."""


class Base:
    def __add__(self, other):
        print("Base.__add__")
        return NotImplemented

    def __radd__(self, other):
        print("Base.__radd__")
        return "base"


class Sub(Base):
    def __radd__(self, other):
        print("Sub.__radd__")
        return "sub"


class Other:
    def __radd__(self, other):
        print("Other.__radd__")
        return "other"

    def __rsub__(self, other):
        return ("rsub", other)

    def __rpow__(self, other):
        return ("rpow", other)

    def __rfloordiv__(self, other):
        return ("rfloordiv", other)


print(Base() + Sub())
print(Base() + Other())
print(1 + Base())
print(5 - Other(), 2 ** Other(), 7 // Other())
try:
    Base() + Base()
except TypeError as error:
    print(error)
try:
    Other() + Base()
except TypeError as error:
    print(error)


class Cmp:
    def __lt__(self, other):
        print("lt")
        return NotImplemented

    def __gt__(self, other):
        print("gt")
        return True

    def __eq__(self, other):
        print("eq")
        return NotImplemented


print(Cmp() < Cmp())
x, y = Cmp(), Cmp()
print(x == y, x == x, x != y)
try:
    Cmp() <= Cmp()
except TypeError as error:
    print(error)
