"""Exceptions: `try` that never fires, raise and catch, custom classes, `finally`, re-raise."""


class Refused(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def check(i):
    if i % 5 == 0:
        raise Refused(i)
    return i


def convert(text):
    try:
        return int(text)
    except ValueError:
        return -1


def deep(n):
    if n == 0:
        raise KeyError("bottom")
    try:
        deep(n - 1)
    finally:
        n += 1


def main():
    total = 0
    for i in range(1600000):
        try:
            total += i & 3
        except ValueError:
            total = 0
        finally:
            total += 1
    for i in range(1100000):
        try:
            total += check(i)
        except Refused as error:
            total -= error.reason
    for i in range(160000):
        total += convert("x%d" % i) + convert("12")
    table = {}
    for i in range(400000):
        try:
            total += table[i]
        except (KeyError, IndexError):
            total += 1
    for i in range(22000):
        try:
            deep(6)
        except LookupError:
            total += 1
    print("checksum", total)


main()
