"""Closures: counters with `nonlocal`, functions made by functions, lambdas as arguments."""


def counter(step):
    count = 0

    def bump():
        nonlocal count
        count += step
        return count

    return bump


def compose(f, g):
    return lambda x: f(g(x))


def main():
    bumps = [counter(k) for k in range(1, 6)]
    total = 0
    for _ in range(900000):
        for bump in bumps:
            total += bump()
    increment = lambda x: x + 1
    double = lambda x: x * 2
    both = compose(increment, compose(double, increment))
    for i in range(900000):
        total ^= both(i)
    for i in range(500000):
        total += counter(i)()
    print("checksum", total)


main()
