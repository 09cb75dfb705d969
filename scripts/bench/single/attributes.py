"""Reading and writing attributes of instances, with and without `__slots__`."""


class Point:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Config:
    scale = 3
    offset = 1


def main():
    p = Point(1, 2, 3)
    s = Slotted(1, 2)
    total = 0
    for i in range(3600000):
        p.x += 1
        p.y = p.x + i
        p.z = p.y - p.x
        s.x = s.y + Config.offset
        s.y += Config.scale
        total += p.z
    print("checksum", total, p.x, p.y, s.x, s.y)


main()
