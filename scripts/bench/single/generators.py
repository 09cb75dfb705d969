"""Generators: pipelines, `yield from`, `send`, generator expressions, a recursive walk."""


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def odd(source):
    for x in source:
        if x & 1:
            yield x


def scaled(source, k):
    for x in source:
        yield x * k


def walk(lo, hi):
    if lo < hi:
        mid = (lo + hi) // 2
        yield from walk(lo, mid)
        yield mid
        yield from walk(mid + 1, hi)


def running_mean():
    total = 0
    count = 0
    while True:
        x = yield total // (count or 1)
        total += x
        count += 1


def main():
    total = 0
    for x in scaled(odd(numbers(4000000)), 3):
        total += x
    for x in walk(0, 120000):
        total ^= x
    mean = running_mean()
    next(mean)
    for i in range(1300000):
        total += mean.send(i)
    total += sum(i * i for i in range(2000000))
    print("checksum", total)


main()
