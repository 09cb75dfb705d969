"""Futures, tasks, handles and loops in the hands of several threads, which is not allowed: whatever is raised, nothing breaks,
and a future that is done stays as it is."""

import asyncio
import contextvars
import random
import threading
import time
import warnings
import weakref

import gil
from crew import finish, going_on, keep_doing, problems, together

warnings.simplefilter("ignore")
loop = asyncio.new_event_loop()
# Nobody reads what is said about tasks that nobody waits for.
loop.set_exception_handler(lambda loop, context: None)
shared = []


async def work(future):
    try:
        await asyncio.sleep(0)
        await future
    except asyncio.CancelledError:
        await asyncio.sleep(0)
    return future


def renew(n):
    future = loop.create_future()
    task = loop.create_task(work(future))
    handle = loop.call_soon(int)
    timer = loop.call_later(random.random() / 100, int)
    shared[:] = [future, task, handle, timer, iter(future)]
    time.sleep(0.0005)


def pick(kind):
    for item in list(shared):
        if isinstance(item, kind):
            return item
    return None


def settle(n):
    future = pick(asyncio.Future)
    if future is None:
        return
    if n % 3 == 0:
        future.cancel()
    elif n % 3 == 1:
        future.set_result(n)
    else:
        future.set_exception(KeyError(n))
        future.exception()
    if not future.done():
        problems.append("a future that was settled is not done")


def look(n):
    for item in list(shared):
        repr(item)
        weakref.ref(item) if not hasattr(item, "send") else None
    future = pick(asyncio.Future)
    if future is not None and future.done():
        before = (future._state, future._result)
        time.sleep(0)
        if (future._state, future._result) != before:
            problems.append("a future changed after it was done")


def listen(n):
    future = pick(asyncio.Future)
    if future is not None:
        for _ in range(3):
            future.add_done_callback(int, context=contextvars.copy_context())
        future._callbacks
        future.remove_done_callback(int)


def meddle(n):
    task = pick(asyncio.Task)
    if task is not None:
        task.cancel()
        task.uncancel()
        task.get_name()
        task.get_stack()
    for item in list(shared):
        if isinstance(item, asyncio.Handle):
            item.cancel()
        elif hasattr(item, "send"):
            next(item)


def turn(n):
    """The loop runs here or in another thread, whoever is first."""
    loop.run_forever()


def stop_again_and_again():
    while True:
        loop.call_soon_threadsafe(loop.stop)
        time.sleep(0.001)


def turn_elsewhere(n):
    time.sleep(0.001)
    turn(n)


def toggle(n):
    gil.disable()
    time.sleep(0.002)
    gil.enable("3.14")
    time.sleep(0.001)


threading.Thread(target=stop_again_and_again, daemon=True).start()
ALLOWED = (RuntimeError, asyncio.InvalidStateError, asyncio.CancelledError, StopIteration, ValueError, AttributeError, KeyError,
           IndexError, TypeError)
together(*(keep_doing(step, *ALLOWED)
           for step in (renew, settle, settle, look, listen, meddle, turn, turn_elsewhere, toggle)))
finish()
