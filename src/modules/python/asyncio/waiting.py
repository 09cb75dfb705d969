"""Waiting for several things at once, for some time, or without being cancelled."""

import math
import types

from . import events, exceptions, futures, timeouts
from .coroutines import iscoroutine
from .futures import Future
from .queues import Queue
from .tasks import ensure_future

import concurrent.futures as _threads

__all__ = ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'wait', 'wait_for', 'as_completed', 'sleep',
           'gather', 'shield')

FIRST_COMPLETED = _threads.FIRST_COMPLETED
FIRST_EXCEPTION = _threads.FIRST_EXCEPTION
ALL_COMPLETED = _threads.ALL_COMPLETED


@types.coroutine
def _yield_once():
    """Let everybody else that is ready have a turn."""
    yield


async def sleep(delay, result=None):
    """Wait for so many seconds; return the result."""
    if delay <= 0:
        await _yield_once()
        return result
    if math.isnan(delay):
        raise ValueError("Invalid delay: NaN (not a number)")
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


async def wait_for(fut, timeout):
    """Wait for a coroutine or future for at most timeout seconds; cancel it then, and raise TimeoutError."""
    if fut is not None and not futures.isfuture(fut) and not iscoroutine(fut) and not hasattr(type(fut), '__await__'):
        raise TypeError(f"'{type(fut).__name__}' object can't be awaited")
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except exceptions.CancelledError as exc:
            raise TimeoutError from exc
    async with timeouts.timeout(timeout):
        return await fut


async def _cancel_and_wait(future):
    """Cancel a future and wait until it is done with that."""
    waiter = events.get_running_loop().create_future()

    def wake(_):
        if not waiter.done():
            waiter.set_result(None)

    future.add_done_callback(wake)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(wake)


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for the first, the first failing, or all of the futures; return the sets of done and not done ones."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError('Set of Tasks/Futures is empty.')
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f'Invalid return_when value: {return_when}')
    fs = set(fs)
    if any(iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    # What is done already counts as well, once the loop has told of it.
    pending = len(fs)
    waiter = loop.create_future()

    def note(future):
        nonlocal pending
        pending -= 1
        if not waiter.done() and (
                pending <= 0 or return_when == FIRST_COMPLETED
                or return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None):
            waiter.set_result(None)

    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, futures._set_result_unless_cancelled, waiter, None)
    for future in fs:
        future.add_done_callback(note)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(note)
    done = {future for future in fs if future.done()}
    return done, fs - done


class _AsCompletedIterator:
    """What as_completed() gives: for `async for`, the futures; for `for`, coroutines of their results."""

    def __init__(self, aws, timeout):
        self._done = Queue()
        self._timer = None
        loop = events.get_event_loop()
        todo = {ensure_future(aw, loop=loop) for aw in set(aws)}
        for future in todo:
            future.add_done_callback(self._note)
        self._todo = todo
        self._left = len(todo)
        if todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._on_timeout)

    def __aiter__(self):
        return self

    def __iter__(self):
        return self

    async def __anext__(self):
        if not self._left:
            raise StopAsyncIteration
        self._left -= 1
        return await self._next()

    def __next__(self):
        if not self._left:
            raise StopIteration
        self._left -= 1
        return self._next_result()

    async def _next(self):
        try:
            future = await self._done.get()
        except exceptions.CancelledError:
            # Who asks next gets what this one has not waited for.
            self._left += 1
            raise
        if future is None:
            raise exceptions.TimeoutError
        return future

    async def _next_result(self):
        return (await self._next()).result()

    def _note(self, future):
        if not self._todo:
            return
        self._todo.remove(future)
        self._done.put_nowait(future)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    def _on_timeout(self):
        for future in self._todo:
            future.remove_done_callback(self._note)
            self._done.put_nowait(None)
        self._todo.clear()


def as_completed(fs, *, timeout=None):
    """Give the awaitables' results, or the futures themselves, in the order in which they are done."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    return _AsCompletedIterator(fs, timeout)


class _GatheringFuture(Future):
    """The future of gather(): who cancels it cancels all that it waits for."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            # The others end first; then this one does, cancelled whatever they make of it.
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """Run all at the same time; a future of the list of their results, in the order of the arguments.

    The first exception goes to whoever awaits it, the others run on; with return_exceptions, they are results.
    """
    if not coros_or_futures:
        loop = events.get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer
    children = []
    futures_of = {}
    loop = None
    finished = 0
    count = 0
    outer = None

    def note(future):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not future.cancelled():
                # Nobody else will ask.
                future.exception()
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            if (exc := future.exception()) is not None:
                outer.set_exception(exc)
                return
        if finished == count:
            finish()

    def finish():
        results = []
        for child in children:
            if child.cancelled():
                result = exceptions.CancelledError('' if child._cancel_message is None else child._cancel_message)
            else:
                result = child.exception()
                if result is None:
                    result = child.result()
            results.append(result)
        if outer._cancel_requested:
            outer.set_exception(children[-1]._make_cancelled_error() if children[-1].cancelled()
                                else exceptions.CancelledError())
        else:
            outer.set_result(results)

    for argument in coros_or_futures:
        future = futures_of.get(argument)
        if future is None:
            future = ensure_future(argument, loop=loop)
            if loop is None:
                loop = future.get_loop()
            if future is not argument:
                future._log_destroy_pending = False
            count += 1
            futures_of[argument] = future
        children.append(future)
    outer = _GatheringFuture(children, loop=loop)
    for future in futures_of.values():
        future.add_done_callback(note)
    return outer


def shield(arg):
    """Wait for something without passing a cancellation on to it."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    loop = inner.get_loop()
    outer = loop.create_future()

    def follow(inner):
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
        elif (exc := inner.exception()) is not None:
            outer.set_exception(exc)
        else:
            outer.set_result(inner.result())

    def leave(outer):
        # What an inner one raises that nobody waits for any more is told when it is collected.
        inner.remove_done_callback(follow)

    inner.add_done_callback(follow)
    outer.add_done_callback(leave)
    return outer
