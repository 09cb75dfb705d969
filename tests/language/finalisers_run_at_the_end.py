"""What is still alive when the program ends gets its last word, and suspended generators leave their blocks."""


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("bye", self.name)


def counting():
    try:
        yield 1
        yield 2
    finally:
        print("counting is over")


class Manager:
    def __enter__(self):
        print("enter")

    def __exit__(self, *error):
        print("exit", [getattr(e, "__name__", e) for e in error][:1])


def within():
    with Manager():
        yield "inside"


def never_started():
    try:
        yield
    finally:
        print("never printed")


first = Named("first")
numbers = counting()
print(next(numbers))
manager = within()
print(next(manager))
fresh = never_started()
done = counting()
print(list(done))
print("the end")
