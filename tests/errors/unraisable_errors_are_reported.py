"""An error inside `__del__` is printed and ignored; here only the hook is called by hand."""

import sys

print(callable(sys.unraisablehook), callable(sys.excepthook), callable(sys.__excepthook__))
try:
    raise ValueError("x")
except ValueError:
    kind, value, tb = sys.exc_info()
    print(kind.__name__, value, tb.tb_lineno, tb.tb_next, tb.tb_frame.f_code.co_name)
print(sys.exc_info())
print(sys.exception())
try:
    1 / 0
except ZeroDivisionError as e:
    print(sys.exception() is e)
    try:
        [][0]
    except IndexError:
        print(type(sys.exception()).__name__)
    print(type(sys.exception()).__name__)
