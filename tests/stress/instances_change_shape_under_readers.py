"""Attributes are set, deleted and read on shared instances; classes are changed while they are used."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []


class Shared:
    kind = 0

    def method(self):
        return 1


class Slotted:
    __slots__ = ("a", "b")


objects = [Shared() for _ in range(4)]
slotted = Slotted()
slotted.a = slotted.b = ("slot", 0)


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                n += 1
                try:
                    step(n)
                except (AttributeError, RuntimeError):
                    pass
        except BaseException as error:
            problems.append(repr(error))

    return run


def check(name, value):
    if value[0] != name:
        problems.append(f"{name} holds {value!r}")


def write(n):
    o = objects[n % 4]
    name = f"attr{n % 40}"
    setattr(o, name, (name, n))
    o.fixed = ("fixed", n)
    slotted.a = ("slot", n)


def read(n):
    o = objects[n % 4]
    name = f"attr{n % 40}"
    check(name, getattr(o, name))
    check("fixed", o.fixed)
    check("slot", slotted.a)
    if o.method() not in (1, 2) or o.kind < 0:
        problems.append("a strange method or class attribute")


def delete(n):
    delattr(objects[n % 4], f"attr{n * 3 % 40}")
    if n % 100 == 0:
        objects[n // 100 % 4].__dict__.clear()


def classes(n):
    Shared.kind = n
    Shared.method = (lambda self: 2) if n % 2 else (lambda self: 1)
    setattr(Shared, f"extra{n % 10}", n)
    if n % 3 == 0:
        delattr(Shared, f"extra{n % 10}")
    objects[n % 4] = Shared()


def walk(n):
    o = objects[n % 4]
    for name, value in vars(o).items():
        check(name, value)
    dir(o)
    for name, value in list(o.__dict__.items()):
        check(name, value)


threads = [threading.Thread(target=guarded(s)) for s in (write, read, delete, classes, walk)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
