"""__getattr__, __getattribute__, descriptors, __dict__ and __slots__: who is asked first."""


class Data:
    def __get__(self, instance, owner):
        return "data", instance is None, owner.__name__

    def __set__(self, instance, value):
        print("set", value)

    def __delete__(self, instance):
        print("delete")


class NonData:
    def __get__(self, instance, owner):
        return "nondata"


class C:
    d = Data()
    n = NonData()
    plain = 1

    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(f"really no {name}")
        return f"made {name}"


c = C()
c.__dict__["d"] = "own d"
c.__dict__["n"] = "own n"
c.d = 5
del c.d
print(c.d, c.n, C.d, C.n, c.plain, c.whatever, C().n)
c.plain = 2
del c.plain
print(c.plain)
for text in ["c.nothing", "C.missing", "del c.plain", "del c.zz", "del C.zz", "C.d.x", "(1).x", "None.x", "[].append.x",
             "(1).real = 2", "len.__name__ = 'x'", "int.x = 1", "del int.real", "object().x = 1", "c.__class__ = 5",
             "c.__class__ = int", "c.__dict__ = 5", "C.__name__ = 5", "C.__bases__ = ()", "del C.__name__",
             "C.__mro__ = ()", "c.__slots__", "C.__qualname__ = 1", "C.__module__ = 5", "del c.__dict__", "del c.__class__",
             "c.f.x = 1", "C.f = lambda: 1; C.f.a = 1; c.f.a = 2"]:
    try:
        exec(text)
        print(text, "ok")
    except Exception as error:
        print(text, type(error).__name__, error)


class All:
    def __init__(self):
        object.__setattr__(self, "x", 1)

    def __getattribute__(self, name):
        if name == "bad":
            raise AttributeError("from getattribute")
        return f"<{name}>" if not name.startswith("__") else object.__getattribute__(self, name)

    def __getattr__(self, name):
        return f"fallback {name}"

    def __setattr__(self, name, value):
        print("setattr", name, value)

    def __delattr__(self, name):
        print("delattr", name)

    def __dir__(self):
        return ["zeta", "alpha", "beta"]


a = All()
print(a.x, a.bad, a.other, a.__class__.__name__, a.__dict__)
a.y = 3
del a.y
print(dir(a), getattr(a, "bad", "default"), hasattr(a, "anything"))
print(getattr(c, "nope", "default"), hasattr(c, "nope"), hasattr(c, "yes"))


class Bad:
    @property
    def p(self):
        raise AttributeError("inside")

    @property
    def q(self):
        raise ValueError("inside q")

    def __getattr__(self, name):
        return f"getattr {name}"


print(Bad().p)
try:
    hasattr(Bad(), "q")
except ValueError as error:
    print(error)


class Slots:
    __slots__ = ("a", "b", "__dict__")
    c = 3


s = Slots()
s.a = 1
s.z = 5
print(s.a, s.z, s.__dict__, Slots.a, type(Slots.a).__name__)
try:
    s.b
except AttributeError as error:
    print(error)
try:
    del s.b
except AttributeError as error:
    print(error)


class Strict:
    __slots__ = ("only",)


for text in ["Strict().other = 1", "Strict().__dict__", "Strict().only", "Strict().__weakref__",
             "type('X', (), {'__slots__': 'a b'})", "type('X', (), {'__slots__': ['a'], 'a': 1})",
             "type('X', (), {'__slots__': [1]})", "type('X', (int,), {'__slots__': ['a']})",
             "type('X', (), {'__slots__': ['__dict__', '__dict__']})", "type('X', (), {'__slots__': ('x', 'x')}).x"]:
    try:
        exec(text)
        print(text, "ok")
    except Exception as error:
        print(text, type(error).__name__, error)
print(vars(C).keys() >= {"d", "n"}, type(vars(C)).__name__)
for args in [(5,), (c, 5), (c, "x", 1, 2), ()]:
    try:
        print(getattr(*args))
    except TypeError as error:
        print(error)
for call in ["setattr(c, 5, 1)", "delattr(c, 5)", "hasattr(c, 5)", "vars(5)", "vars(1, 2)", "dir(1, 2)", "setattr(c, 'a')"]:
    try:
        print(eval(call))
    except TypeError as error:
        print(call, error)
