"""Method descriptors, slot wrappers, method wrappers and what they are bound to."""

import math


def show(what, value):
    text = repr(value)
    print(what, type(value).__name__, text.split(" at 0x")[0])


def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


class Words(list):
    pass


for what, value in {
    "str.join": str.join,
    "''.join": "".join,
    "str.__add__": str.__add__,
    "''.__add__": "".__add__,
    "dict.fromkeys": dict.fromkeys,
    "dict.__dict__": dict.__dict__["fromkeys"],
    "int.__new__": int.__new__,
    "str.maketrans": str.maketrans,
    "len": len,
    "math.sqrt": math.sqrt,
    "dict.__getitem__": dict.__getitem__,
    "list.__getitem__": list.__getitem__,
    "set.__contains__": set.__contains__,
    "tuple.__getitem__": tuple.__getitem__,
    "object.__init__": object.__init__,
    "object().__init__": object().__init__,
    "object.__reduce__": object.__reduce__,
    "type.mro": type.mro,
    "int.mro": int.mro,
    "Words.append": Words.append,
    "Words().append": Words().append,
    "int.__round__": int.__round__,
    "int.real": int.real,
}.items():
    show(what, value)
    for name in ("__name__", "__qualname__", "__objclass__", "__module__"):
        print("   ", name, getattr(value, name, "-"))

print(type(len.__self__), str.maketrans.__self__, int.__new__.__self__, dict.fromkeys.__self__)
print([].append == [].append, "a".join == "a".join, (1).__add__ == (1).__add__, str.join == str.join)
print(hash(len) == hash(len), len({str.join, str.join, str.split}))

for f in (str.join, int.__add__, dict.__dict__["fromkeys"], list.append, int.__pow__, object.__setattr__):
    attempt(f)
    attempt(f, 1.5)
    attempt(f, "a", "b", "c", "d")
    attempt(f, "a", key=1)
attempt((1).__add__)
attempt((1).__add__, 1, 2)
attempt((1).__neg__, 1)
attempt((1).__pow__)
attempt((1).__pow__, 1, 2, 3)
attempt((1).__add__, other=1)
attempt((1).bit_length, 1)
attempt((1).bit_length, x=1)
attempt([].append)
attempt([].append, x=1)
attempt({}.__setitem__, 1)
attempt({}.__getitem__)
attempt(math.sqrt)
attempt(math.sqrt, x=1)
attempt(str.join.__get__, 1)
attempt(str.join.__get__, None)
print(str.join.__get__("-", str)(["a", "b"]))
print(dict.__dict__["fromkeys"].__get__(None, dict)("ab"))
attempt(dict.__dict__["fromkeys"].__get__, None, int)
attempt(dict.__dict__["fromkeys"].__get__, None, 1)


class Holder:
    size = len
    upper = str.upper
    adder = (1).__add__
    make = classmethod(len)


print(Holder.size("abc"), Holder().size("abc"), Holder.upper("x"), Holder().adder(2))
attempt(lambda: Holder().upper())
attempt(lambda: Holder().make())
