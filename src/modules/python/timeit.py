"""How long small pieces of code take."""

import gc
import itertools
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

dummy_src_name = "<timeit-src>"
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter

_globals = globals


def reindent(src, indent):
    """A piece of code that stands further in from its second line on."""
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Measures how long a statement takes: timeit(number) runs it so often."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        namespace = dict(_globals() if globals is None else globals)
        parameters = ""
        for code, name in ((setup, "setup"), (stmt, "stmt")):
            if not isinstance(code, str) and not callable(code):
                raise ValueError(f"{name} is neither a string nor callable")
        if isinstance(setup, str):
            # Each must be a program of its own, so that neither can reach into what is around them.
            compile(setup, dummy_src_name, "exec")
            before = setup + "\n"
            setup = reindent(setup, 4)
        else:
            namespace["_setup"] = setup
            parameters += ", _setup=_setup"
            before = ""
            setup = "_setup()"
        if isinstance(stmt, str):
            compile(before + stmt, dummy_src_name, "exec")
            stmt = reindent(stmt, 8)
        else:
            namespace["_stmt"] = stmt
            parameters += ", _stmt=_stmt"
            stmt = "_stmt()"
        self.src = (f"\ndef inner(_it, _timer{parameters}):\n    {setup}\n    _t0 = _timer()\n    for _i in _it:\n"
                    f"        {stmt}\n        pass\n    _t1 = _timer()\n    return _t1 - _t0\n")
        exec(compile(self.src, dummy_src_name, "exec"), namespace)
        self.inner = namespace["inner"]

    def print_exc(self, file=None):
        """Print the report of an exception, with lines of what is measured."""
        import linecache
        import traceback
        linecache.cache[dummy_src_name] = len(self.src), None, self.src.split("\n"), dummy_src_name
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds for so many runs; no garbage is collected meanwhile."""
        collects = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if collects:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """A list of several measurements."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """A number of runs that takes at least 0.2 seconds, of 1, 2, 5, 10, 20, 50, ..., and how long they took."""
        unit = 1
        while True:
            for number in (unit, 2 * unit, 5 * unit):
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            unit *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """Seconds for so many runs of a statement."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number,
           globals=None):
    """A list of several measurements of a statement."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
