"""What methods of built-in types, and of classes derived from them, say of wrong arguments."""

import array
import collections
import io


def attempt(what, call, *args, **keywords):
    try:
        call(*args, **keywords)
    except TypeError as error:
        print(f"{what}: {error}")
    else:
        print(f"{what}: nothing is wrong")


class Numbers(list):
    class Inner(dict):
        pass


OBJECTS = [True, 5, 1.5, "a", b"a", bytearray(b"a"), [1], (1,), {1: 2}, {1}, frozenset({1}), range(3), slice(1),
           Numbers(), Numbers.Inner(), collections.Counter("a"), collections.defaultdict(int),
           collections.OrderedDict(a=1), collections.deque([1]), array.array("i", [1]), io.StringIO(), io.BytesIO()]

# A method that was bound first is named by the class of its object.
for thing in OBJECTS:
    name = type(thing).__name__
    bound = thing.__format__
    attempt(name, bound)
    attempt(name, bound, 1, 2)
    attempt(name, bound, spec="")
    for method in ("clear", "copy", "keys", "bit_length", "popitem", "sort", "reverse", "isupper", "__reversed__", "isatty",
                   "_checkClosed"):
        bound = getattr(thing, method, None)
        if bound is not None:
            attempt(f"{name} {method}", bound, 1, 2, 3)
    for method in ("__contains__", "__getitem__", "append", "__eq__", "__setattr__", "__len__"):
        bound = getattr(thing, method, None)
        if bound is not None:
            attempt(f"{name} {method}", bound)
            attempt(f"{name} {method} by name", bound, x=1)

# One that is called where it is found is named by the class that has it.
for call in (lambda: Numbers().append(), lambda: Numbers().clear(1), lambda: Numbers.Inner().keys(1),
             lambda: True.bit_length(1), lambda: collections.Counter().values(1), lambda: [].__format__(),
             lambda: list.append(Numbers()), lambda: Numbers.append(Numbers()), lambda: list.append()):
    attempt("called at once", call)

# Class methods go by the class that they are called on.
for call in (dict.fromkeys, Numbers.Inner.fromkeys, int.from_bytes, bool.from_bytes, bytes.fromhex, float.fromhex):
    attempt("class method", call)
    attempt("class method", call, 1, 2, 3, 4)

for thing in (b"a", bytearray(b"a"), memoryview(b"a"), array.array("b", b"a")):
    attempt("buffer", thing.__buffer__)
    attempt("buffer", thing.__buffer__, 1, 2)
for call in (array.array("b").extend, array.array("b").tofile, array.array("b").fromfile, array.array("b").frombytes):
    attempt("array", call)
    attempt("array", call, 1, 2, 3)
