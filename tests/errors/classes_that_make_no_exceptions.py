"""Classes of exceptions whose instances are something else; zero to the power of infinities."""
import math


class Odd(Exception):
    def __new__(cls, *args):
        return list(args)


def numbers():
    yield 1


def attempt(act):
    try:
        act()
    except Exception as error:
        print(type(error).__name__, error, repr(error.__cause__), repr(error.__context__))


def raised():
    raise Odd


def as_cause():
    raise ValueError("a") from Odd


def with_value():
    raise Odd(1)


def thrown():
    generator = numbers()
    next(generator)
    generator.throw(Odd)


for act in (raised, as_cause, with_value, thrown):
    attempt(act)

for base in (0.0, -0.0):
    for power in (-math.inf, math.inf, -1.0, -2.5, math.nan):
        try:
            print(base, power, base**power, pow(base, power))
        except ZeroDivisionError as error:
            print(base, power, error)
for power in (-math.inf, -1.0):
    try:
        print(math.pow(0.0, power))
    except ValueError as error:
        print(error)
