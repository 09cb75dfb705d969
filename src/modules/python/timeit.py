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


_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}
_LONG = {"number": "n", "setup": "s", "repeat": "r", "process": "p", "verbose": "v", "unit": "u", "help": "h"}
_USAGE = """How long a small piece of code takes.

    -m timeit [-n N] [-r N] [-s S] [-p] [-u U] [-v] [-h] [statement ...]

-n/--number N: how often to run the statement in one measurement (default: as often as takes 0.2 seconds)
-r/--repeat N: how many measurements to make (default 5)
-s/--setup S: a statement to run once before each measurement (default 'pass'); may be given several times
-p/--process: measure the time of the process, not the time that passes
-u/--unit U: in which unit to tell it: nsec, usec, msec or sec
-v/--verbose: tell all measurements
-h/--help: show this text

Each statement is a line of the code.
"""


class _Wrong(Exception):
    """A command line that cannot be understood."""


def _options(args):
    """The options of a command line, as pairs of letter and value, and what follows them."""
    found, at = [], 0
    while at < len(args) and args[at].startswith("-") and args[at] != "-":
        word = args[at]
        at += 1
        if word == "--":
            break
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in _LONG:
                raise _Wrong(f"option --{name} not recognized")
            letters, value = _LONG[name], value if equals else None
        else:
            letters, value = word[1:], None
        while letters:
            letter, letters = letters[0], letters[1:]
            if letter not in _LONG.values():
                raise _Wrong(f"option -{letter} not recognized")
            if letter in "nsru":
                if value is None:
                    value, letters = letters or None, ""
                if value is None:
                    if at == len(args):
                        raise _Wrong(f"option -{letter} requires argument")
                    value = args[at]
                    at += 1
            found.append((letter, value))
    return found, args[at:]


def _told(seconds, unit, digits):
    """A time in a unit that suits it."""
    if unit is None:
        unit = next((name for name, size in reversed(_UNITS.items()) if seconds >= size), "nsec")
    return f"{seconds / _UNITS[unit]:.{digits}g} {unit}"


def _measured(timer, number, repeat, verbose, unit):
    """Measure and print, with a digit more for each level of `verbose` after the first."""
    digits = 3 + max(verbose - 1, 0)

    def told(seconds):
        return _told(seconds, unit, digits)
    if not number:
        def tell(number, taken):
            print(f"{number} loop{'s' * (number != 1)} -> {taken:.{digits}g} sec")
        number, _ = timer.autorange(tell if verbose else None)
        if verbose:
            print()
    all_taken = timer.repeat(repeat, number)
    if verbose:
        print("raw times:", ", ".join(map(told, all_taken)), end="\n\n")
    each = [taken / number for taken in all_taken]
    best, worst = min(each), max(each)
    print(f"{number} loop{'s' * (number != 1)}, best of {repeat}: {told(best)} per loop")
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(
            f"The test results are likely unreliable. The worst time ({told(worst)}) was more than four times "
            f"slower than the best time ({told(best)}).", UserWarning, "", 0)


def main(args=None, *, _wrap_timer=None):
    """What `-m timeit` does; returns an exit code, or None if all went well."""
    import sys
    try:
        options, statements = _options(sys.argv[1:] if args is None else args)
    except _Wrong as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    number, repeat, setup, verbose, unit, timer = 0, default_repeat, [], 0, None, default_timer
    for letter, value in options:
        if letter == "n":
            number = int(value)
        elif letter == "r":
            repeat = max(int(value), 1)
        elif letter == "s":
            setup.append(value)
        elif letter == "u":
            if value not in _UNITS:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                return 2
            unit = value
        elif letter == "p":
            timer = time.process_time
        elif letter == "v":
            verbose += 1
        else:
            print(_USAGE, end="")
            return 0
    if "" not in sys.path:
        sys.path.insert(0, "")
    measures = Timer("\n".join(statements) or "pass", "\n".join(setup) or "pass",
                     timer if _wrap_timer is None else _wrap_timer(timer))
    try:
        return _measured(measures, number, repeat, verbose, unit)
    except Exception:
        measures.print_exc()
        return 1


if __name__ == "__main__":
    import sys
    sys.exit(main())
