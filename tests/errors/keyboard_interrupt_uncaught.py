"""KeyboardInterrupt raised by hand, caught by BaseException only."""

try:
    try:
        raise KeyboardInterrupt
    except Exception:
        print("never")
except BaseException as error:
    print(repr(error))


def f():
    raise StopIteration("out of a function")


f()
