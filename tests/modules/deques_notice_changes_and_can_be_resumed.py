# Deques that change while they are searched, iterators that are copied, subclasses with slots.
import copy
import pickle
from collections import deque


class Meddler:
    def __init__(self, change, answer=False):
        self.change, self.answer = change, answer

    def __eq__(self, other):
        self.change()
        return self.answer


def attempt(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)


for search in (lambda d: 7 in d, lambda d: d.index(7), lambda d: d.count(7), lambda d: d.remove(7), lambda d: d == deque([1, 2, 3]),
               lambda d: d < deque([1, 2, 3])):
    for change in (lambda: d.append(1), lambda: d.popleft(), lambda: d.clear(), lambda: d.rotate(1), lambda: None):
        for answer in (False, True):
            d = deque([1, Meddler(change, answer), 3])
            attempt(lambda: search(d))

d = deque("abcde")
forward, backward = iter(d), reversed(d)
next(forward), next(backward), next(backward)
print(list(copy.copy(forward)), list(copy.copy(backward)), list(pickle.loads(pickle.dumps(forward))))
print(forward.__reduce__()[1], backward.__reduce__()[1], list(forward), forward.__reduce__()[1])
for cls in (type(forward), type(backward)):
    attempt(lambda: list(cls(d)))
    attempt(lambda: list(cls(d, 2)))
    attempt(lambda: list(cls(d, 20)))
    attempt(lambda: list(cls(d, -3)))
    attempt(lambda: cls([1]))


class Slotted(deque):
    __slots__ = ("x", "y", "__dict__")


d = Slotted([1, 2], maxlen=5)
d.x, d.z = 5, [7]
for made in (copy.copy(d), copy.deepcopy(d), pickle.loads(pickle.dumps(d))):
    print(made, made.maxlen, getattr(made, "x", "no x"), hasattr(made, "y"), getattr(made, "z", "no z"))


class Stateful(deque):
    def __getstate__(self):
        return "state"

    def __setstate__(self, state):
        print("set", state)


print(Stateful([1]).__reduce__()[1:3], pickle.loads(pickle.dumps(Stateful([1]))))
