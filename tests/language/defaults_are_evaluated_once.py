"""A default lives with the function, not with the call."""


def remember(item, seen=[]):
    seen.append(item)
    return seen


print(remember(1))
print(remember(2))
print(remember(3, []))
print(remember(4))
print(remember.__defaults__)

calls = []


def make():
    calls.append("made")
    return 7


def late(x=make()):
    return x


print(calls, late(), late(), calls)


def only(*, key=make()):
    return key


print(only(), only.__kwdefaults__, only.__defaults__)
fs = [lambda n=n: n for n in range(3)]
print([f() for f in fs])
