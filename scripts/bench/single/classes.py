"""Classes as people use them: inheritance, `super()`, properties, operators, `isinstance`."""


class Shape:
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    @property
    def area(self):
        return 0

    def describe(self):
        return len(self.name) + self.area


class Rectangle(Shape):
    def __init__(self, width, height):
        super().__init__("rectangle")
        self.width = width
        self.height = height

    @property
    def area(self):
        return self.width * self.height

    def __add__(self, other):
        return Rectangle(self.width + other.width, self.height + other.height)

    def __eq__(self, other):
        return self.width == other.width and self.height == other.height

    def __lt__(self, other):
        return self.area < other.area


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side)

    def describe(self):
        return super().describe() + 1


def main():
    total = 0
    for i in range(200000):
        a = Square(i % 17)
        b = Rectangle(i % 13, 3)
        c = a + b
        total += a.describe() + c.describe()
        if isinstance(a, Rectangle) and not isinstance(c, Square):
            total += a < b
        if a == b:
            total += 1
    print("checksum", total, Shape.count)


main()
