"""Starts of the same closures: functions made in functions, lambdas, generators, comprehensions."""


def adder(n):
    def add(x):
        return x + n

    return add


def counted(n):
    for i in range(n):
        yield i


def work():
    total = 0
    for i in range(800_000):
        total += adder(i & 7)(1)
        total += (lambda x: x + i)(2)
        total += sum(counted(3))
        total += len([x for x in (1, 2, 3) if x > i & 1])
    return total
