"""`__getattr__`, `__getattribute__`, `__setattr__`, `__delattr__`, `__dir__`, `__dict__`."""


class Lazy:
    def __init__(self):
        self.real = 1

    def __getattr__(self, name):
        if name.startswith("make_"):
            return name[5:]
        raise AttributeError(f"no {name} here")


o = Lazy()
print(o.real, o.make_coffee)
try:
    o.tea
except AttributeError as error:
    print(error)
print(getattr(o, "tea", "default"), hasattr(o, "make_x"))


class Strict:
    def __setattr__(self, name, value):
        print("set", name, value)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        print("del", name)
        super().__delattr__(name)

    def __getattribute__(self, name):
        if name == "magic":
            return "from getattribute"
        return super().__getattribute__(name)

    def __dir__(self):
        return ["b", "a"]


s = Strict()
s.x = 1
del s.x
print(s.magic, dir(s))
try:
    s.x
except AttributeError as error:
    print(error)
s.__dict__["direct"] = 5
print(s.direct, vars(s))


class Both:
    def __getattribute__(self, name):
        raise AttributeError("first")

    def __getattr__(self, name):
        return f"fallback {name}"


print(Both().anything)
for thing, name in ((5, "x"), (Lazy, "y"), (len, "z"), (None, "w"), ("s", "v")):
    try:
        getattr(thing, name)
    except AttributeError as error:
        print(error)
try:
    (5).real = 3
except AttributeError as error:
    print(error)
try:
    object().x = 1
except AttributeError as error:
    print(error)
