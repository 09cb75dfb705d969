"""The last word of a program that fails three calls deep."""


def inner(x):
    return 1 / x


def middle(x):
    return inner(x) + 1


def outer():
    middle(0)


print("before")
outer()
print("never")
