"""Classes are made, changed and dropped while other threads hold them in their caches: what was stored last is found."""

import gc
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []


class Base:
    constant = "constant"

    def __init__(self, value):
        self.value = value

    def always(self):
        return "always"


class Middle(Base):
    pass


class Leaf(Middle):
    pass


class Hooked(Middle):
    pass


def guarded(step, allowed=()):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline and not problems:
                n += 1
                try:
                    step(n)
                except allowed:
                    pass
        except BaseException as error:
            problems.append(f"{step.__name__}: {error!r}")

    return run


def call(n):
    o = Leaf(n)
    if o.always() != "always" or o.constant != "constant" or o.value != n:
        problems.append("an attribute that stays was not found")
    if Leaf.constant != "constant" or not isinstance(o, Base) or not issubclass(Leaf, Middle):
        problems.append("a class lost its base")


def own_stores_are_seen(slot):
    """What a thread stores on a class it reads back, whatever others add to it."""

    def step(n):
        name = f"mine{slot}"
        if slot == 0:
            Base.mine0 = n
            seen = Leaf.mine0, Leaf(1).mine0, getattr(Middle, name)
        else:
            Base.mine1 = n
            seen = Leaf.mine1, Leaf(1).mine1, getattr(Middle, name)
        if seen != (n, n, n):
            problems.append(f"stored {n}, found {seen}")
        if n % 7 == 0:
            delattr(Base, name)
            if hasattr(Leaf, name) or hasattr(Leaf(1), name):
                problems.append("a deleted attribute was found")

    step.__name__ = f"own_stores_are_seen_{slot}"
    return step


def grow_and_shrink(n):
    name = f"extra{n % 300}"
    setattr(Middle, name, n)
    setattr(Base, name, -n)
    if n % 3 == 0:
        delattr(Middle, name)


def hooks_come_and_go(n):
    o = Hooked(n)
    Hooked.__getattr__ = lambda self, name: ("hook", name)
    if o.missing != ("hook", "missing"):
        problems.append("__getattr__ was not found")
    del Hooked.__getattr__
    try:
        o.missing
    except AttributeError:
        pass
    else:
        problems.append("a deleted __getattr__ was called")


def properties_replace_values(n):
    o = Middle(n)
    Middle.turn = n
    o.__dict__["turn"] = "own"
    if o.turn != "own":
        problems.append("an instance's own attribute was not found")
    Middle.turn = property(lambda self: "property")
    if o.turn != "property":
        problems.append("a property was passed by")


def make_subclasses(n):
    class Made(Leaf):
        tag = n

        def always(self):
            return super().always() + "!"

    made = Made(n)
    if made.always() != "always!" or made.tag != n or made.constant != "constant":
        problems.append("a new class is broken")
    if Made not in Leaf.__subclasses__():
        problems.append("a class does not know its subclass")
    made.__class__ = Leaf
    if made.always() != "always" or made.value != n:
        problems.append("an object changed its class and lost something")
    if n % 50 == 0:
        gc.collect()


steps = [
    (call, ()),
    (own_stores_are_seen(0), ()),
    (own_stores_are_seen(1), ()),
    (grow_and_shrink, AttributeError),
    (hooks_come_and_go, ()),
    (properties_replace_values, ()),
    (make_subclasses, ()),
]
threads = [threading.Thread(target=guarded(*s)) for s in steps]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
