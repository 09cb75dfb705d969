"""Classes from `__main__` print bare; nested ones with their qualified name."""


class AppError(Exception):
    pass


class Outer:
    class Inner(AppError):
        def __str__(self):
            return "custom text"


import sys

for e in (AppError(), AppError("text"), AppError(1, 2), Outer.Inner(), KeyError("k"), OSError(2, "gone"), StopIteration(), AssertionError()):
    try:
        raise e
    except Exception:
        print(type(e).__name__, str(e))
        kind, value, tb = sys.exc_info()
        sys.excepthook(kind, value, None)


class BadStr(Exception):
    def __str__(self):
        raise ValueError


raise BadStr
