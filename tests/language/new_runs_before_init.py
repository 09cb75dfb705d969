"""`__new__`, singletons, immutable subclasses, `__init__` that must return None."""


class Single:
    instance = None

    def __new__(cls, *args):
        print("new", args)
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, value):
        print("init", value)
        self.value = value


a = Single(1)
b = Single(2)
print(a is b, a.value)


class Meters(float):
    def __new__(cls, value, unit="m"):
        self = super().__new__(cls, value)
        self.unit = unit
        return self


m = Meters(2.5, "km")
print(m, m * 2, m.unit, isinstance(m, float))


class Other:
    def __new__(cls):
        return "not an Other"

    def __init__(self):
        print("never")


print(Other())


class BadInit:
    def __init__(self):
        return 5


try:
    BadInit()
except TypeError as error:
    print(error)


class Name(str):
    def shout(self):
        return self.upper() + "!"


class Stack(list):
    push = list.append


class Default(dict):
    def __missing__(self, key):
        return f"no {key}"


n = Name("ada")
s = Stack([1])
s.push(2)
print(n.shout(), n + "x", s, len(s), Default(a=1)["a"], Default()["b"], type(n + "x").__name__)
for bad in (lambda: object(1), lambda: Plain(1)):
    class Plain:
        pass
    try:
        bad()
    except TypeError as error:
        print(error)
