"""`__traceback__`, `tb_next`, `tb_lineno`, `f_back`, `f_locals`."""

import sys


def a(x):
    y = x + 1
    b(y)


def b(z):
    raise ValueError(z)


try:
    a(1)
except ValueError as error:
    tb = error.__traceback__
    while tb:
        frame = tb.tb_frame
        print(frame.f_code.co_name, tb.tb_lineno, frame.f_lineno)
        if frame.f_code.co_name != "<module>":
            print(sorted(frame.f_locals.items()))
        tb = tb.tb_next


def caller():
    return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name


def outer():
    return caller()


print(outer(), caller())
