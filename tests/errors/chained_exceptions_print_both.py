"""`raise ... from`, an exception while handling another, `from None`."""


def convert(x):
    try:
        return int(x)
    except ValueError as error:
        raise RuntimeError("cannot convert") from error


def during():
    try:
        convert("a")
    except RuntimeError:
        {}["missing"]


def hidden():
    try:
        during()
    except KeyError:
        raise LookupError("clean") from None


import sys

for f in (lambda: convert("x"), during, hidden):
    try:
        f()
    except Exception:
        sys.excepthook(*sys.exc_info())
during()
