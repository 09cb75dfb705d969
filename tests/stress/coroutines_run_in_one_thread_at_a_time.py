"""Coroutines and asynchronous generators that several threads drive: each step is made once, cleaning up happens once, and who
comes while it runs gets a ValueError or RuntimeError."""

import gc
import threading

from crew import finish, going_on, problems, together

STEPS = 100


class Pause:
    """Gives a value to who drives the coroutine, and returns what that sends."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


def attempt(call, *args):
    """The result, or the kind of end: `StopIteration` and others as classes; `None` where another thread is at it."""
    try:
        return call(*args)
    except (StopIteration, StopAsyncIteration) as end:
        return type(end)
    except ValueError as error:
        if "already executing" not in str(error):
            raise
    except RuntimeError as error:
        if "already" in str(error) and "awaited" in str(error):
            return StopIteration
        if "already running" not in str(error) and "cannot reuse" not in str(error):
            raise


def every_step_once():
    log = []

    async def inner(i):
        return await Pause(i)

    async def outer():
        try:
            for i in range(STEPS):
                if await inner(i) is not None:
                    problems.append("something was sent")
        finally:
            log.append("cleaned up")

    coroutine = outer()
    got = [[], [], []]

    def drive(mine):
        def f():
            while (step := attempt(coroutine.send, None)) is not StopIteration:
                if step is not None:
                    mine.append(step)

        return f

    together(*map(drive, got))
    if sorted(got[0] + got[1] + got[2]) != list(range(STEPS)) or log != ["cleaned up"]:
        problems.append(f"{sum(map(len, got))} steps of {STEPS}, cleaned up {len(log)} times")
    if any(mine != sorted(mine) for mine in got):
        problems.append("steps came in the wrong order")


def every_value_once():
    log = []

    async def numbers():
        try:
            for i in range(STEPS):
                await Pause("pause")
                yield i
        finally:
            log.append("cleaned up")

    generator = numbers()
    got = [[], [], []]

    def drive(mine):
        def f():
            while True:
                step = attempt(generator.__anext__)
                while step is not None:
                    try:
                        if step.send(None) != "pause":
                            problems.append("a pause gave something else")
                    except StopIteration as end:
                        mine.append(end.value)
                        break
                    except StopAsyncIteration:
                        return
                    except (ValueError, RuntimeError):
                        break

        return f

    together(*map(drive, got))
    values = got[0] + got[1] + got[2]
    if len(set(values)) != len(values) or not set(values) <= set(range(STEPS)):
        problems.append(f"{len(values)} values, {len(set(values))} different ones")
    if len(log) > 1:
        problems.append(f"cleaned up {len(log)} times")


def closed_and_thrown_into():
    log = []

    async def patient():
        try:
            while True:
                try:
                    await Pause(1)
                except KeyError:
                    log.append("caught")
        finally:
            log.append("cleaned up")

    coroutine = patient()
    coroutine.send(None)
    thrown = [0]

    def throw():
        for _ in range(30):
            end = attempt(coroutine.throw, KeyError())
            if end is StopIteration:
                return
            if end is not None:
                thrown[0] += 1

    def close():
        for _ in range(3):
            attempt(coroutine.send, None)
            attempt(coroutine.close)

    try:
        together(throw, close)
    finally:
        attempt(coroutine.close)
    while problems and "KeyError()" in problems[-1]:
        # The coroutine had been closed when it was thrown.
        problems.pop()
    if log.count("cleaned up") != 1 or log[-1] != "cleaned up" or log.count("caught") < thrown[0]:
        problems.append(f"cleaned up {log.count('cleaned up')} times, caught {log.count('caught')} of {thrown[0]}")


def looked_at_while_they_run():
    def numbers():
        local = 0
        while True:
            local += 1
            yield local

    generator = numbers()
    running = threading.Event()

    def run():
        running.set()
        for _ in range(200):
            attempt(next, generator)

    def look():
        running.wait()
        for _ in range(100):
            frame = generator.gi_frame
            seen = frame.f_locals.get("local", 0)
            if seen.__class__ is not int or frame.f_lineno < 1:
                problems.append(f"a frame's variable is {seen!r}")
            generator.gi_running, generator.gi_yieldfrom, generator.gi_suspended, repr(generator)

    together(run, run, look)


def dropped():
    log = []

    def forgotten():
        try:
            yield 1
        finally:
            log.append(1)

    def drop():
        for _ in range(10):
            next(forgotten())

    together(drop, drop, gc.collect)
    for _ in range(3):
        gc.collect()
    if len(log) > 20:
        problems.append(f"cleaned up {len(log)} times instead of 20")


while going_on():
    every_step_once()
    every_value_once()
    closed_and_thrown_into()
    looked_at_while_they_run()
    dropped()
finish()
