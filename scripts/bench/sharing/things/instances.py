"""Instances of one class: made, their attributes written and read, their methods called."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Point(self.x + other.x, self.y + other.y)


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value


def work():
    at = Point(0, 0)
    step = Point(1, 2)
    for i in range(2_400_000):
        at = at.plus(step)
        step.x = Slotted(i & 3).value
    return at.x, at.y
