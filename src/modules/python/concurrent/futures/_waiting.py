"""Waiting for several futures at once."""

import threading
from collections import namedtuple
from time import monotonic as _time

from concurrent.futures._base import (
    ALL_COMPLETED, CANCELLED_AND_NOTIFIED, FINISHED, FIRST_COMPLETED, FIRST_EXCEPTION, TimeoutError)

DoneAndNotDoneFutures = namedtuple('DoneAndNotDoneFutures', 'done not_done')
DoneAndNotDoneFutures.__module__ = 'concurrent.futures._base'

_TOLD_STATES = (CANCELLED_AND_NOTIFIED, FINISHED)


class _Waiter:
    """What futures tell that they are done: it sets an event once enough have."""

    def __init__(self, enough, first_exception=False):
        self.event = threading.Event()
        self.finished = []
        self.enough = enough
        self.first_exception = first_exception
        self.lock = threading.Lock()

    def add_finished(self, future):
        self._add(future, self.first_exception and future._exception is not None)

    def add_cancelled(self, future):
        self._add(future, False)

    def _add(self, future, now):
        with self.lock:
            self.finished.append(future)
            if now or len(self.finished) >= self.enough:
                self.event.set()

    def take(self):
        """What has finished since the last time; the next one sets the event again."""
        with self.lock:
            finished, self.finished = self.finished, []
            self.event.clear()
        return finished


class _Held:
    """Holds the conditions of several futures, always taken in the same order, so that two of these never lock up."""

    def __init__(self, futures):
        self.futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()

    def __exit__(self, *args):
        for future in self.futures:
            future._condition.release()


def _is_told(future):
    return future._state in _TOLD_STATES


def _leave(waiter, futures):
    for future in futures:
        with future._condition:
            future._waiters.remove(waiter)


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait for the first, the first failing, or all of the futures; return what is done and what is not."""
    fs = set(fs)
    with _Held(fs):
        done = {future for future in fs if _is_told(future)}
        not_done = fs - done
        if return_when == FIRST_COMPLETED and done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when == FIRST_EXCEPTION and any(
                future._state == FINISHED and future._exception is not None for future in done):
            return DoneAndNotDoneFutures(done, not_done)
        if not not_done:
            return DoneAndNotDoneFutures(done, not_done)
        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError("Invalid return condition: %r" % return_when)
        enough = 1 if return_when == FIRST_COMPLETED else len(not_done)
        waiter = _Waiter(enough, return_when == FIRST_EXCEPTION)
        for future in not_done:
            future._waiters.append(waiter)
    try:
        waiter.event.wait(timeout)
    finally:
        _leave(waiter, not_done)
    done.update(waiter.finished)
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    """Yield the futures as they complete, those that have first; TimeoutError if some have not in time."""
    end = None if timeout is None else timeout + _time()
    fs = set(fs)
    total = len(fs)
    with _Held(fs):
        finished = [future for future in fs if _is_told(future)]
        pending = fs.difference(finished)
        waiter = _Waiter(1)
        for future in pending:
            future._waiters.append(waiter)
    del fs
    try:
        yield from _give(finished)
        while pending:
            left = None
            if end is not None:
                left = end - _time()
                if left < 0:
                    raise TimeoutError('%d (of %d) futures unfinished' % (len(pending), total))
            waiter.event.wait(left)
            finished = waiter.take()
            for future in finished:
                with future._condition:
                    future._waiters.remove(waiter)
                pending.discard(future)
            yield from _give(finished)
    finally:
        _leave(waiter, pending)


def _give(finished):
    # What has been given is not kept alive.
    finished.reverse()
    while finished:
        yield finished.pop()
