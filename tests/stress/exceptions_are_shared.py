"""Exception objects that several threads raise, catch, chain and annotate at the same time: each catches what it raised, sees
its own exception as the current one, and every traceback comes to an end."""

import sys
import traceback

from crew import finish, keep_doing, problems, together

shared = ValueError("shared")
kept = []


def depth(n, error):
    if n:
        try:
            depth(n - 1, error)
        finally:
            n -= 1
    else:
        raise error


def raise_shared(n):
    try:
        depth(n % 10, shared)
    except ValueError as error:
        if error is not shared or sys.exception() is not shared:
            problems.append("another exception was caught")
        kept.append(error.__traceback__)
    if sys.exception() is not None:
        problems.append("a handled exception is still there")
    if n % 20 == 0:
        shared.__traceback__ = None
        del kept[:]


def walk(n):
    for tb in kept[-3:]:
        steps = 0
        while tb is not None and steps < 100_000:
            if not tb.tb_frame.f_code.co_name or tb.tb_lineno < 1:
                problems.append("a traceback is torn")
            tb.tb_frame.f_lineno
            tb = tb.tb_next
            steps += 1
        if steps == 100_000:
            problems.append("a traceback has no end")
    lines = traceback.format_exception(ValueError, ValueError("x"), kept[-1], limit=5)
    if lines[-1] != "ValueError: x\n":
        problems.append("a traceback was printed wrongly")


def annotate(n):
    shared.add_note(f"note {n}")
    if n % 10 == 0:
        shared.__notes__.clear()
    shared.args = (n, n)
    a, b = shared.args
    if a != b:
        problems.append("the arguments are torn")
    shared.mood = n
    str(shared), repr(shared)
    shared.with_traceback(None)


def chain(n):
    own = KeyError(n)
    try:
        try:
            raise own
        except KeyError:
            raise shared from own
    except ValueError as error:
        if error is not shared:
            problems.append("another exception was caught")
    try:
        try:
            raise shared
        except ValueError:
            raise LookupError(n)
    except LookupError as error:
        if error.args != (n,) or error.__context__ is not shared:
            problems.append("an exception lost its context")


def circle(n):
    """Contexts that form a circle: printing them ends."""
    shared.__context__ = other = TypeError(n)
    other.__context__ = shared
    text = "".join(traceback.format_exception(shared, limit=3))
    if "ValueError" not in text:
        problems.append("a chain was printed wrongly")
    shared.__context__ = shared.__cause__ = None


class Own(Exception):
    def __init__(self, number):
        super().__init__(number)
        self.number = number


def own(n):
    """What only this thread knows stays as it is."""
    caught = []
    for i in range(5):
        try:
            depth(i, Own(i))
        except Own as error:
            caught.append(error)
    for i, error in enumerate(caught):
        names = []
        tb = error.__traceback__
        while tb:
            names.append(tb.tb_frame.f_code.co_name)
            tb = tb.tb_next
        if error.number != i or names != ["own"] + ["depth"] * (i + 1):
            problems.append(f"an exception of depth {i} has the traceback {names}")


def groups(n):
    group = ExceptionGroup("group", [shared, Own(n), OSError(n, "no")])
    got = []
    try:
        raise group
    except* Own as part:
        got.append(part.exceptions[0].number)
    except* (ValueError, OSError) as part:
        got.append(len(part.exceptions))
    if got != [2, n] and got != [n, 2]:
        problems.append(f"a group was split into {got}")


def stop_early(n):
    def numbers():
        try:
            yield 1
            yield 2
        finally:
            try:
                raise shared
            except ValueError:
                pass

    g = numbers()
    next(g)
    try:
        g.throw(shared)
    except ValueError as error:
        if error is not shared:
            problems.append("another exception came out of a generator")
    try:
        next(iter(()))
    except StopIteration as stop:
        if stop.value is not None:
            problems.append("an end has a value")


together(
    keep_doing(raise_shared),
    keep_doing(raise_shared),
    keep_doing(walk, IndexError),
    keep_doing(annotate, AttributeError),
    keep_doing(chain),
    keep_doing(circle),
    keep_doing(own),
    keep_doing(groups),
    keep_doing(stop_early),
)
finish()
