"""Keys of an ordered dict move to its ends, and nobody ever misses one or sees a torn order."""

import collections

from crew import finish, keep_doing, problems, together

COUNT = 40
fixed = collections.OrderedDict((n, n) for n in range(COUNT))
moving = collections.OrderedDict()


def move(n):
    fixed.move_to_end(n * 7 % COUNT, last=bool(n % 3))
    fixed[n % COUNT] = n % COUNT


def look(n):
    key = n % COUNT
    if fixed.get(key) != key or key not in fixed or len(fixed) != COUNT:
        problems.append(f"the key {key} was away for a moment")
    if fixed.setdefault(key, -1) != key:
        problems.append("setdefault did not find a key")
    if sorted(fixed.copy()) != list(range(COUNT)):
        problems.append("a copy is not whole")
    if n % 16 == 0 and (repr(fixed) == "OrderedDict()" or not fixed == dict(fixed)):
        problems.append("it looked empty")


def fill(n):
    moving[n % 64] = n % 64
    moving.move_to_end(n % 64, last=bool(n % 2))


def drain(n):
    key, value = moving.popitem(last=bool(n % 2))
    if key != value:
        problems.append("an item is torn")


def walk(n):
    for _ in reversed(moving) if n % 2 else moving:
        pass


together(
    keep_doing(move),
    keep_doing(move),
    keep_doing(look),
    keep_doing(look),
    keep_doing(fill, KeyError),
    keep_doing(drain, KeyError),
    keep_doing(walk, RuntimeError),
)
if sorted(fixed) != list(range(COUNT)) or any(fixed[n] != n for n in range(COUNT)):
    problems.append("a key was lost or doubled")
if len(moving) != len(list(moving)) or set(moving) != set(moving.keys()):
    problems.append("its length is wrong")
finish()
