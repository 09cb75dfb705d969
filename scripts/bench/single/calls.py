"""Calls of small functions with positional arguments."""


def add(a, b):
    return a + b


def twice(x):
    return add(x, x)


def pick(a, b, c):
    if a > b:
        return c
    return b


def nothing():
    pass


def main():
    total = 0
    for i in range(4000000):
        total = pick(add(i, 1), twice(i), total)
        nothing()
    print("checksum", total)


main()
