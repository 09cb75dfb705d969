"""Instances get another class, another `__dict__`, lose slots and get them back, while others read them: what is read was put
there under that name."""

import gc
import sys

from crew import finish, keep_doing, problems, together


class A:
    kind = "A"

    def who(self):
        return "A"


class B:
    kind = "B"

    def who(self):
        return "B"


class C(A):
    kind = "C"

    @property
    def x(self):
        return ("x", "property")

    @x.setter
    def x(self, value):
        self.__dict__["x"] = value


class Slots:
    __slots__ = ("a", "b", "c")


class SameSlots:
    __slots__ = ("a", "b", "c")


class SlotsAndDict:
    __slots__ = ("a", "b", "__dict__", "__weakref__")


KINDS = (A, B, C)
plain = [A() for _ in range(3)]
slotted = [Slots() for _ in range(3)]
both = SlotsAndDict()


def check(name, value):
    if not isinstance(value, tuple) or value[0] != name:
        problems.append(f"{name} holds {value!r}")


def change_class(n):
    o = plain[n % 3]
    o.__class__ = KINDS[n // 3 % 3]
    if o.kind not in "ABC" or o.who() not in "AB" or type(o) not in KINDS or o.__class__ not in KINDS:
        problems.append("an object has a strange class")


def write(n):
    o = plain[n % 3]
    o.x = ("x", n)
    o.y = ("y", n)
    setattr(o, f"z{n % 12}", (f"z{n % 12}", n))


def read(n):
    o = plain[n % 3]
    check("x", o.x)
    check("y", o.y)
    check(f"z{n % 12}", getattr(o, f"z{n % 12}"))


def delete(n):
    o = plain[n % 3]
    delattr(o, f"z{n * 5 % 12}")
    if n % 9 == 0:
        del o.y


def replace_dict(n):
    o = plain[n % 3]
    new = {"x": ("x", n), "y": ("y", n)}
    o.__dict__ = new
    new["z1"] = ("z1", n)
    for name, value in list(vars(o).items()):
        check(name, value)
    if n % 5 == 0:
        o.__dict__ = {}
    if n % 7 == 0:
        del o.__dict__


def share_dict(n):
    """Two objects with one dict."""
    plain[0].__dict__ = plain[1].__dict__
    plain[n % 3].y = ("y", n)
    check("y", plain[1].y)
    plain[n % 3].__dict__.update(x=("x", n), y=("y", -n))
    plain[n % 3].__dict__.pop("z3", None)


def walk(n):
    o = plain[n % 3]
    for name, value in vars(o).items():
        check(name, value)
    dir(o)
    list(o.__dict__), "x" in o.__dict__, o.__dict__ | {}, o.__dict__.copy()


def slots(n):
    s = slotted[n % 3]
    s.a = ("a", n)
    s.b = ("b", n)
    setattr(s, "c", ("c", n))
    check("a", s.a)
    if n % 3 == 0:
        del s.b
    if n % 4 == 0:
        s.__class__ = SameSlots if type(s) is Slots else Slots


def read_slots(n):
    s = slotted[n % 3]
    check("a", s.a)
    check("c", s.c)
    check("b", s.b)


def slots_and_dict(n):
    both.a = ("a", n)
    both.free = ("free", n)
    check("a", both.a)
    both.__dict__ = {"free": ("free", -n)}
    check("free", both.free)
    both.__dict__["more"] = ("more", n)
    check("more", both.more)


def own(me):
    """An object of its own keeps everything, whatever happens to its class's other instances."""
    mine = A()

    def step(n):
        name = f"own{n % 60}"
        setattr(mine, name, n)
        if n % 11 == 0:
            mine.__dict__ = dict(mine.__dict__)
        if n % 13 == 0:
            mine.__class__ = B if type(mine) is A else A
        if getattr(mine, name) != n or mine.__dict__[name] != n:
            problems.append("an object lost an attribute")
        if n % 4 == 0:
            delattr(mine, name)
            if hasattr(mine, name):
                problems.append("a deleted attribute was found")

    step.__name__ = f"own_{me}"
    return step


def collect(n):
    gc.collect()
    sys.getsizeof(plain[n % 3])


may_fail = (AttributeError, RuntimeError, KeyError)
# An object that gets another class between the look-up of a slot and its use has no such slot.
no_slot = (AttributeError, TypeError)
together(
    keep_doing(change_class, *may_fail),
    keep_doing(write, *may_fail),
    keep_doing(read, *may_fail),
    keep_doing(delete, *may_fail),
    keep_doing(replace_dict, *may_fail),
    keep_doing(share_dict, *may_fail),
    keep_doing(walk, *may_fail),
    keep_doing(slots, *no_slot),
    keep_doing(read_slots, *no_slot),
    keep_doing(slots_and_dict, *may_fail),
    keep_doing(own(0)),
    keep_doing(own(1)),
    keep_doing(collect),
)
finish()
