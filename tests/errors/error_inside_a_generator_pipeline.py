"""Frames of several suspended generators."""


def numbers():
    yield 1
    yield 0


def inverted(source):
    for n in source:
        yield 1 / n


def labelled(source):
    for x in source:
        yield f"<{x}>"


for label in labelled(inverted(numbers())):
    print(label)
