"""Reads of the same class: its constants, static and class methods, its methods through `super`."""


class Base:
    unit = 5

    def area(self):
        return self.unit


class Shape(Base):
    sides = 4

    @staticmethod
    def half(x):
        return x >> 1

    @classmethod
    def corners(cls):
        return cls.sides

    def area(self):
        return super().area() + self.sides


def work():
    total = 0
    shape = Shape()
    for i in range(3_000_000):
        total += Shape.sides + Shape.half(i) + Shape.corners() + shape.area()
    return total
