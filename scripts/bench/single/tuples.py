"""Tuples: pack, unpack, swap, compare, return of several values, `zip`, `enumerate`."""


def divide(a, b):
    return a // b, a % b


def main():
    total = 0
    a, b, c = 1, 2, 3
    for i in range(1, 1900000):
        quotient, rest = divide(i * 17, 13)
        a, b, c = b, c, (a + quotient) & 0xFFFF
        pair = (a, rest)
        if pair < (b, 5):
            total += pair[0]
        total += rest
    names = list(range(1000))
    ages = list(range(1000, 0, -1))
    for _ in range(1000):
        for i, (x, y) in enumerate(zip(names, ages)):
            total += i * x - y
    head, *middle, tail = range(100)
    total += head + len(middle) + tail
    print("checksum", total)


main()
