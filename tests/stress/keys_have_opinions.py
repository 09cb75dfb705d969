"""Keys whose `__eq__` and `__hash__` run Python code, raise, and change the table that asks: a value belongs to its key, what
only one thread stores it finds, and an interned string is one object."""

import sys

from crew import finish, keep_doing, problems, together

table = {}
members = set()
listed = []


class Key:
    def __init__(self, number, meddle=None):
        self.number = number
        self.meddle = meddle

    def __hash__(self):
        return self.number % 8

    def __eq__(self, other):
        if not isinstance(other, Key):
            return NotImplemented
        if self.meddle:
            self.meddle()
        for _ in range(3):
            pass
        return self.number == other.number


def own(me):
    """Nobody else has these keys, though they share buckets with those of others."""

    def step(n):
        number = me * 1000 + n % 20
        table[Key(number)] = n
        if table.get(Key(number)) != n:
            problems.append("a stored value was not found")
        members.add(Key(number))
        if Key(number) not in members:
            problems.append("a member was not found")
        if n % 3 == 0:
            if table.pop(Key(number)) != n or Key(number) in table:
                problems.append("a popped value is another")
            members.remove(Key(number))
            if Key(number) in members:
                problems.append("a removed member was found")

    step.__name__ = f"own_{me}"
    return step


def fill_and_empty(n):
    def meddle():
        table.update({Key(5000 + i): None for i in range(n % 5)})
        table.pop(Key(5000 + n % 5), None)
        members.discard(Key(n % 9))

    Key(5, meddle) in table
    Key(5, meddle) in members
    table.setdefault(Key(5003, meddle), None)
    members.add(Key(5003, meddle))


wild = {}
wild_members = set()


def wild_store(n):
    def meddle():
        wild.clear()
        wild_members.clear()
        listed.clear()

    key = Key(n % 40, meddle if n % 11 == 0 else None)
    wild[key] = n % 40
    wild_members.add(key)
    listed.append(key)
    wild.get(Key(3, meddle)), wild.pop(Key(n % 7), None)
    wild_members ^ {Key(1)}, wild_members | {Key(2)}, wild_members - {Key(4)}
    wild_members.discard(Key(n % 13))
    Key(6, meddle) in listed


def wild_read(n):
    key = Key(n % 40)
    found = wild.get(key)
    if found is not None and found != key.number:
        problems.append("a value belongs to another key")
    for key, value in list(wild.items()):
        if key.number != value:
            problems.append("an item is torn")
    listed.count(key), listed[:3] == listed[1:4], dict(wild) == wild
    wild_members <= set(wild), wild.keys() & wild_members
    listed.remove(key)
    listed.index(key)


class Moody:
    """Its hash changes, and sometimes it has none."""

    moods = 0

    def __hash__(self):
        Moody.moods += 1
        if Moody.moods % 5 == 0:
            raise LookupError("not in the mood")
        return Moody.moods % 3

    def __eq__(self, other):
        raise LookupError("not to be compared")


def moody(n):
    wild[Moody()] = None
    wild_members.add(Moody())


def forget(n):
    for key in list(wild):
        if isinstance(key, Moody):
            wild.clear()
            break
    for key in list(wild_members):
        if isinstance(key, Moody):
            wild_members.clear()
            break
    del listed[50:]


def intern(n):
    name = f"interned_{n % 200}"
    other = "interned_" + str(n % 200)
    a, b = sys.intern(name), sys.intern(other)
    if a is not b or a != name:
        problems.append("an interned string is two objects")
    holder = type("Holder", (), {})()
    setattr(holder, other, n)
    if getattr(holder, a) != n or list(vars(holder)) != [name]:
        problems.append("an attribute was not found by its interned name")


may_fail = (RuntimeError, KeyError, ValueError, LookupError, AttributeError)
together(
    keep_doing(own(1)),
    keep_doing(own(2)),
    keep_doing(fill_and_empty),
    keep_doing(wild_store, *may_fail),
    keep_doing(wild_store, *may_fail),
    keep_doing(wild_read, *may_fail),
    keep_doing(moody, *may_fail),
    keep_doing(forget, *may_fail),
    keep_doing(intern),
    keep_doing(intern),
)
finish()
