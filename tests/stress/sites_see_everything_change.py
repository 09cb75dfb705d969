"""One line of code that reads attributes of objects of a dozen kinds, while what it finds turns from value to property to slot
to method and back: each object gives something of its own."""

import builtins
import gc
import types

from crew import finish, keep_doing, problems, together


class Meta(type):
    of_meta = ("of_meta", "Meta")

    @property
    def shown(cls):
        return ("shown", cls.__name__)


def make(number):
    """A class whose `x` is found in one of six ways."""
    tag = f"K{number}"
    way = number % 6
    body = {"tag": tag, "twice": lambda self: (self.tag, self.tag)}
    if way == 0:
        body["x"] = property(lambda self: ("x", tag))
    elif way == 1:
        body["x"] = ("x", tag)
    elif way == 2:
        body["__slots__"] = ("x",)
    elif way == 3:
        body["__getattr__"] = lambda self, name: (name, tag)
    elif way == 4:
        body["__getattribute__"] = lambda self, name: tag if name == "tag" else (name, tag)
    made = Meta(tag, (), body)
    if way == 4:
        made.twice = lambda self: (tag, tag)
    return made


def instance(cls):
    o = cls()
    if int(cls.__name__[1:]) % 6 in (2, 5):
        o.x = ("x", cls.__name__)
    return o


classes = [make(i) for i in range(12)]
objects = [instance(c) for c in classes]


def read_x(o):
    return o.x


def read_tag(o):
    return o.tag


def call_twice(o):
    return o.twice()


def read_all(n):
    for i in (n % 12, n * 5 % 12, 1):
        o = objects[i]
        name, tag = read_x(o)
        if name != "x" or tag != f"K{i}":
            problems.append(f"K{i}.x is {name}, {tag}")
        if read_tag(o) != f"K{i}":
            problems.append(f"K{i}.tag is {read_tag(o)}")
        if i % 6 != 4 and call_twice(o) != (f"K{i}", f"K{i}"):
            problems.append(f"K{i}.twice() is {call_twice(o)}")
        if classes[i].shown != ("shown", f"K{i}") or classes[i].of_meta[0] != "of_meta":
            problems.append("a metaclass's property is another's")


def turn(n):
    """`x` of K1 and K7 is a value, a property, a descriptor with and without `__set__`, by turns."""
    i = 1 + n % 2 * 6
    tag = f"K{i}"

    class Getting:
        def __get__(self, o, cls):
            return ("x", tag)

    class Ruling(Getting):
        def __set__(self, o, value):
            pass

    ways = (("x", tag), property(lambda self: ("x", tag)), Getting(), Ruling())
    classes[i].x = ways[n // 2 % 4]
    objects[i].__dict__.pop("x", None)
    if n % 3 == 0:
        objects[i].__dict__["x"] = ("x", tag)


def turn_methods(n):
    cls = classes[n % 4]
    tag = cls.__name__
    ways = (
        lambda self: (tag, self.tag),
        staticmethod(lambda: (tag, tag)),
        classmethod(lambda c: (c.tag, tag)),
        property(lambda self: lambda: (self.tag, tag)),
    )
    cls.twice = ways[n // 4 % 4]
    cls.extra = n
    if n % 5 == 0:
        del cls.extra
    if n % 7 == 0:
        Meta.of_meta = property(lambda c: ("of_meta", c)) if n % 2 else ("of_meta", n)


def replace_objects(n):
    i = n % 12
    objects[i] = instance(classes[i])
    objects[5].x = ("x", "K5")
    setattr(objects[11], f"more{n % 20}", n)


module = types.ModuleType("module")
module.value = ("value", 0)


def read_module():
    return module.value


def modules(n):
    module.value = ("value", n)
    setattr(module, f"more{n % 50}", n)
    if read_module()[0] != "value":
        problems.append("a module's attribute is another")
    delattr(module, f"more{n % 50}")
    if n % 10 == 0:
        module.__dict__.clear()
        module.value = ("value", n)


def count(items):
    return len(items)


def read_globals(n):
    """`len` is the built-in, or the global that hides it: both count."""
    if count("abc") != 3:
        problems.append("a global is another")


def write_globals(n):
    globals()["len"] = lambda items: sum(1 for _ in items)
    globals()[f"global{n % 40}"] = n
    if count("abc") != 3:
        problems.append("a global is another")
    del globals()["len"]
    globals().pop(f"global{n * 3 % 40}", None)
    builtins.added = n
    if n % 3 == 0:
        del builtins.added


def collect(n):
    gc.collect()


together(
    keep_doing(read_all),
    keep_doing(read_all),
    keep_doing(turn, RuntimeError),
    keep_doing(turn_methods, AttributeError),
    keep_doing(replace_objects),
    keep_doing(modules, AttributeError),
    keep_doing(modules, AttributeError),
    keep_doing(read_globals),
    keep_doing(write_globals, KeyError, AttributeError),
    keep_doing(collect),
)
finish()
