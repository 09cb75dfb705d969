"""Rich comparison: reflection, subclasses first, identity as the last word, and what cannot be ordered."""


class A:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        print("A.__eq__", type(other).__name__)
        return NotImplemented

    def __lt__(self, other):
        print("A.__lt__", type(other).__name__)
        return NotImplemented

    def __le__(self, other):
        print("A.__le__", type(other).__name__)
        return "le"


class B(A):
    def __eq__(self, other):
        print("B.__eq__", type(other).__name__)
        return False

    def __gt__(self, other):
        print("B.__gt__", type(other).__name__)
        return "gt"

    def __ge__(self, other):
        print("B.__ge__", type(other).__name__)
        return NotImplemented


a, b = A(1), B(2)
for text in ["a == b", "b == a", "a != b", "b != a", "a == a", "a != a", "a < b", "b > a", "a <= b", "a >= b", "b >= a",
             "a > a", "a < 1", "1 < a", "1 > a", "a == 1", "1 == a", "a is a", "[a] == [a]", "(a,) != (a,)", "a in [a]",
             "a in [b]", "[1] < ['a']", "(1, 2) < (1, 'x')", "{} < {}", "None < None", "1j < 2j", "object() < object()",
             "int < str", "{1} < {1, 2}", "{1} < [1]", "range(3) == range(0, 3, 1)", "range(0) == range(2, 1)",
             "slice(1) < slice(2)", "slice(1) == slice(None, 1)", "NotImplemented == NotImplemented", "... < 1",
             "float('nan') == float('nan')", "1 < 2 < 3 > 2 != 1", "'a' < b'a'", "b'a' < bytearray(b'b')",
             "True < 2", "10**400 < float('inf')", "10**400 > 1e308", "-0.0 == 0", "(1).__eq__('x')", "(1).__lt__(1.5)",
             "'x'.__lt__(1)", "[].__eq__(())", "(1.5).__eq__(3)", "{}.__lt__({})", "object().__eq__(1)"]:
    try:
        print(text, "->", eval(text))
    except TypeError as error:
        print(text, "-> TypeError:", error)


class OnlyEq:
    def __eq__(self, other):
        return True


print(OnlyEq.__hash__, OnlyEq() != 1, OnlyEq() == OnlyEq())
try:
    hash(OnlyEq())
except TypeError as error:
    print(error)


class Truth:
    def __bool__(self):
        print("asked")
        return False


class Odd:
    def __eq__(self, other):
        return Truth()


print(Odd() != 1)
print([Odd()] == [1], Odd() in [1, 2])


class BadBool:
    def __bool__(self):
        return 1


class BadLen:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n


for value in (BadBool(), BadLen(-1), BadLen("x"), BadLen(1 << 70), BadLen(0), BadLen(2), BadLen(True)):
    for function in (bool, len):
        try:
            print(function.__name__, function(value))
        except Exception as error:
            print(function.__name__, type(error).__name__, error)
