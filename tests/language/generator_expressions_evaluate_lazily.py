"""The first iterable at once, the rest when asked."""


def source(name, n):
    print("open", name)
    for i in range(n):
        print("yield", name, i)
        yield i


g = (x * y for x in source("outer", 2) for y in source("inner", 2))
print("made")
print(next(g))
print(list(g))
try:
    (x for x in 5)
except TypeError as error:
    print(error)
late = (undefined_name for _ in [1])
try:
    next(late)
except NameError as error:
    print(error)


def take(n, it):
    for _, x in zip(range(n), it):
        yield x


def count(start=0):
    while True:
        yield start
        start += 1


print(list(take(5, (n * n for n in count(3)))))
print(sum(x for row in [[1, 2], [3]] for x in row), ",".join(str(n) for n in range(4)))


def primes():
    found = []
    for n in count(2):
        if all(n % p for p in found):
            found.append(n)
            yield n


print(list(take(10, primes())))
k = 1
g = (k for _ in range(2))
k = 2
print(list(g))
print(any(n > 10 for n in count()), dict((n, n * n) for n in range(3)), tuple(n for n in "ab"))
