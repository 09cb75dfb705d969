"""Objects that nothing but a call in progress refers to, while that call runs the program's code and garbage is collected."""

import copyreg
import gc
import os
import re
import select
import sys
import types


def collect():
    gc.collect()
    return [[f"filler {i} {j}"] for i in range(20) for j in range(20)]


# Callbacks that take others out of the list.
called = []


def first(phase, info):
    called.append(phase)
    del gc.callbacks[1:]


gc.callbacks.extend([first, lambda phase, info: called.append("second"), lambda phase, info: called.append("third")])
gc.collect()
del gc.callbacks[:]
print("second" in called, "third" in called)


# Descriptors of objects that a generator makes.
class File:
    def __init__(self, number):
        self.number = number
        self.names = [f"{number} {i}" for i in range(3)]

    def fileno(self):
        collect()
        return self.number


reader, writer = os.pipe()
os.write(writer, b"x")
found = select.select((File(reader) for _ in range(5)), (File(writer) for _ in range(5)), (), 5)
print([[len(part), all(file.names[1] == f"{file.number} 1" for file in part)] for part in found])


# The names of a namespace with keys that take others out while they are hashed.
class Key(str):
    busy = False

    def __hash__(self):
        if Key.busy:
            for i in range(50):
                namespace.pop(f"plain_{i}", None)
            collect()
        return str.__hash__(self)


class Holder:
    pass


holder = Holder()
namespace = vars(holder)
namespace[Key("evil")] = 1
for i in range(50):
    namespace[f"plain_{i}"] = i
Key.busy = True
names = dir(holder)
Key.busy = False
print("evil" in names, all(isinstance(name, str) for name in names))


# Groups asked for by numbers that are computed.
class Number:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        collect()
        return self.number


match = re.match(r"(\w+) (\w+) (\w+)", "".join(["some", " ", "more", " ", "words"]))
print(match.group(*[Number(i) for i in (1, 2, 3, 0)]))


# Slots whose names the class forgets meanwhile.
class Slotted:
    __slots__ = [f"part_{i}" for i in range(10)]

    def __getattribute__(self, name):
        if name.startswith("part_"):
            if "__slotnames__" in vars(Slotted):
                del Slotted.__slotnames__
            collect()
        return super().__getattribute__(name)


slotted = Slotted()
for i in range(10):
    setattr(slotted, f"part_{i}", i)
made, arguments, state = slotted.__reduce_ex__(2)[:3]
print(made is copyreg.__newobj__, state)

# Names to import that the module forgets meanwhile.
package = types.ModuleType("package_of_names")
package.__path__ = []
package.__all__ = [f"name_{i}" for i in range(10)]


def forget(name):
    if name.startswith("name_") and package.__all__:
        package.__all__ = []
    collect()
    raise AttributeError(name)


package.__getattr__ = forget
sys.modules["package_of_names"] = package
into = {}
exec("from package_of_names import *", into)
print(sorted(name for name in into if name != "__builtins__"))


# Subclasses that nobody has any more, while the metaclass orders the bases of others.
class Meta(type):
    def mro(cls):
        collect()
        return super().mro()


class A:
    pass


class B(A):
    pass


class Base(metaclass=Meta):
    pass


class Other(metaclass=Meta):
    pass


class Root(Base):
    pass


classes = [Meta(f"Sub_{i}", (Root,), {"number": i}) for i in range(8)]
del classes[::2]
Root.__bases__ = (Other,)
gc.collect()
print([cls.__name__ for cls in Root.__subclasses__()], [cls.__mro__[2].__name__ for cls in classes])
