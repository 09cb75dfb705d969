# An attribute of a class is a descriptor by what its type defines, whatever built-in type that derives from.


class Described(type):
    def __get__(self, instance, owner):
        return ("class", instance is None, owner.__name__)


class Seen(int):
    def __get__(self, instance, owner):
        return ("int", int(self), instance is None)


class Row(list):
    def __get__(self, instance, owner):
        return ("list", len(self), instance is None)


class Word(str):
    def __get__(self, instance, owner):
        return ("str", str(self), instance is None)


class Pair(tuple):
    def __get__(self, instance, owner):
        return ("tuple", len(self), instance is None)


class Stored(dict):
    def __get__(self, instance, owner):
        return ("dict", dict(self))

    def __set__(self, instance, value):
        self["set"] = value

    def __delete__(self, instance):
        self["deleted"] = True


class Plain(int):
    pass


class Inner(metaclass=Described):
    pass


class Owner:
    inner = Inner
    seen = Seen(3)
    row = Row((1, 2))
    word = Word("w")
    pair = Pair((1, 2, 3))
    stored = Stored()
    plain = Plain(7)


def look(o):
    return o.inner, o.seen, o.row, o.word, o.pair, o.plain


def call(o):
    # Looked up for a call, they are described as well: a tuple cannot be called.
    try:
        return o.seen()
    except TypeError as error:
        return str(error)


owner = Owner()
for turn in range(4):
    print(turn, look(owner))
    print(turn, look(Owner))
    print(turn, call(owner), call(Owner))

# With __set__ they come before the instance's own attributes; without, after.
owner.stored = 1
owner.__dict__["stored"] = "own"
owner.__dict__["seen"] = "own"
for turn in range(3):
    print(owner.stored, owner.seen)
del owner.stored
print(owner.stored, sorted(owner.__dict__))


# A class that begins to describe after places in the code have learnt its instances.
class Late(int):
    pass


class Holder:
    late = Late(5)


def late(o):
    return o.late, type(o).late


print([late(Holder()) for _ in range(3)])
Late.__get__ = lambda self, instance, owner: ("late", int(self), instance is None)
print([late(Holder()) for _ in range(3)])
del Late.__get__
print([late(Holder()) for _ in range(3)])
