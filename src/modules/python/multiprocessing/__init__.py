"""Processes that are used as threads are: each has an interpreter, a lock and memory of its own."""

import sys

from . import context

# What the default context has is what the package has.
__all__ = [name for name in dir(context._default_context) if not name.startswith("_")]
globals().update((name, getattr(context._default_context, name)) for name in __all__ if name != "reducer")

# How loud the package's logger is.
SUBDEBUG = 5
SUBWARNING = 25

# The program is this module to the processes that import it.
if "__main__" in sys.modules:
    sys.modules["__mp_main__"] = sys.modules["__main__"]


def __getattr__(name):
    # It brings pickle with it, which programs that only start processes do not need.
    if name == "reducer":
        from . import reduction
        return reduction
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
