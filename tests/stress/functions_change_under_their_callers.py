"""Functions whose code, defaults and keyword defaults are replaced while others call them, closures that share a variable, and
code that is compiled into a shared namespace: each call gives what one of the versions gives."""

import gc
import sys

from crew import finish, keep_doing, problems, together


def target(a, b=("b", 0), *, k=("k", 0)):
    return (b, k, a)


def second(a, b=("b", 2), *rest, k=("k", 2), **more):
    kept = [a, b, k, rest, more]
    return (kept[1], kept[2], kept[0])


def third(a, b=("b", 3), *, k=("k", 3)):
    numbers = (n for n in range(3))
    for n in numbers:
        try:
            if n == 1:
                raise LookupError(n)
        except LookupError:
            pass
    return (b, k, a)


CODES = (target.__code__, second.__code__, third.__code__)


def call(n):
    for result in (target(n), target(n, ("b", n)), target(n, k=("k", n)), target(*(n,), **{"b": ("b", n)})):
        b, k, a = result
        if b[0] != "b" or k[0] != "k" or a != n:
            problems.append(f"a call gave {result}")


def change_defaults(n):
    target.__defaults__ = (("b", n),)
    if n % 5 == 0:
        target.__defaults__ = (("a", n), ("b", n))
    if n % 7 == 0:
        target.__defaults__ = None
    target.__kwdefaults__ = {"k": ("k", n)}
    target.__kwdefaults__["k"] = ("k", -n)
    target.__defaults__ = (("b", n),)


def change_code(n):
    target.__code__ = CODES[n % 3]
    target.__name__ = f"name{n % 9}"
    target.__dict__[f"attribute{n % 9}"] = n
    target.__doc__ = None
    repr(target)


def make_cells():
    value = ("cell", 0)

    def write(n):
        nonlocal value
        value = ("cell", n)

    def read():
        return value

    def erase():
        nonlocal value
        del value

    return write, read, erase


write_cell, read_cell, erase_cell = make_cells()


def cells(n):
    write_cell(n)
    if read_cell()[0] != "cell":
        problems.append("a cell holds what nobody put in")
    read_cell.__closure__[0].cell_contents = ("cell", -n)
    if n % 4 == 0:
        erase_cell()


shared = {"__name__": "shared", "sys": sys}


def compile_and_run(n):
    name = f"f{n % 5}"
    exec(f"def {name}(x):\n    return ('{name}', x, lambda: x)\nlast = {n}\n", shared)
    tag, x, again = shared[name](n)
    if tag != name or x != n or again() != n:
        problems.append("compiled code gave something else")
    if eval(f"{n} + {n}", shared) != 2 * n:
        problems.append("an expression gave something else")
    try:
        compile("def (", "<string>", "exec")
    except SyntaxError:
        pass
    if n % 20 == 0:
        shared.clear()


frames = []


def leave_frame(n):
    local = ("local", n)
    frames.append(sys._getframe())
    for i in range(20):
        local = ("local", i)
        other = ("other", i)
    del frames[:-5]
    return local, other


def look_at_frames(n):
    """Frames that run in other threads at this moment."""
    for frame in list(frames):
        variables = frame.f_locals
        for name in ("local", "other"):
            value = variables.get(name, (name, 0))
            if value.__class__ is not tuple or value[0] != name:
                problems.append(f"a frame's {name} is {value!r}")
        frame.f_lineno, frame.f_code.co_name, frame.f_globals["frames"], frame.f_back, frame.f_lasti
        variables["local"] = ("local", -1)
        back = frame
        while back is not None:
            back = back.f_back
    for frame in sys._current_frames().values():
        while frame is not None:
            for value in list(frame.f_locals.values()):
                type(value)
            frame = frame.f_back


def collect(n):
    gc.collect()


together(
    keep_doing(call, TypeError),
    keep_doing(call, TypeError),
    keep_doing(change_defaults),
    keep_doing(change_code, ValueError),
    keep_doing(cells, NameError, ValueError),
    keep_doing(cells, NameError, ValueError),
    keep_doing(compile_and_run, KeyError, NameError),
    keep_doing(compile_and_run, KeyError, NameError),
    keep_doing(leave_frame),
    keep_doing(leave_frame),
    keep_doing(look_at_frames, RuntimeError, KeyError),
    keep_doing(collect),
)
finish()
