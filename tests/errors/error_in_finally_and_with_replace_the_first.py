"""An error while another one is on its way."""


class Bad:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise KeyError("in exit")


def f():
    try:
        raise ValueError("first")
    finally:
        raise TypeError("second")


try:
    f()
except TypeError as error:
    print(repr(error), repr(error.__context__))
with Bad():
    f()
