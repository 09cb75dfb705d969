"""Locks, semaphores, conditions, events and barriers that several processes share."""

__all__ = ["Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition", "Event", "Barrier"]

import threading
import time

import _multiprocessing

from . import context, process, util

RECURSIVE_MUTEX, SEMAPHORE = 0, 1
SEM_VALUE_MAX = _multiprocessing.SEM_VALUE_MAX


class SemLock:
    """What all are made of: a counter in memory that the processes share."""

    def __init__(self, kind, value, maxvalue, *, ctx):
        if ctx is None:
            ctx = context._default_context.get_context()
        self._is_fork_ctx = ctx.get_start_method() == "fork"
        self._semlock = _multiprocessing.SemLock(kind, value, maxvalue, not self._is_fork_ctx)
        util.debug("created semlock with handle %s", id(self._semlock))
        self._make_methods()
        util.register_after_fork(self, SemLock._forked)

    def _forked(self):
        self._semlock._after_fork()

    def _make_methods(self):
        self.acquire = self._semlock.acquire
        self.release = self._semlock.release

    def locked(self):
        """Whether an acquire would have to wait."""
        return self._semlock._is_zero()

    def __enter__(self):
        return self._semlock.__enter__()

    def __exit__(self, *args):
        return self._semlock.__exit__(*args)

    def __getstate__(self):
        context.assert_spawning(self)
        if self._is_fork_ctx:
            raise RuntimeError("A SemLock created in a fork context is being shared with a process in a spawn context. "
                               "This is not supported. Please use the same context to create multiprocessing objects "
                               "and Process.")
        from .reduction import HandedOut
        return HandedOut(self._semlock._hand_out(), is_copy=True), self._semlock.kind, self._semlock.maxvalue

    def __setstate__(self, state):
        shared, kind, maxvalue = state
        with shared as fd:
            self._semlock = _multiprocessing.SemLock(kind, 0, maxvalue, True, fd)
        self._is_fork_ctx = False
        self._make_methods()
        util.register_after_fork(self, SemLock._forked)


def _owner(semlock):
    """Who holds it, as far as this process knows; and whether it is this thread."""
    if semlock._is_mine():
        name = process.current_process().name
        if threading.current_thread().name != "MainThread":
            name += "|" + threading.current_thread().name
        return name, True
    if not semlock._is_zero():
        return None, False
    return ("SomeOtherThread" if semlock._count() > 0 else "SomeOtherProcess"), False


class Semaphore(SemLock):
    """A counter that is never less than 0."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """The counter's value now."""
        return self._semlock._get_value()

    def __repr__(self):
        return f"<{type(self).__name__}(value={self._semlock._get_value()})>"


class BoundedSemaphore(Semaphore):
    """A counter that is never less than 0, and never more than at the beginning."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, value, ctx=ctx)

    def __repr__(self):
        return f"<{type(self).__name__}(value={self._semlock._get_value()}, maxvalue={self._semlock.maxvalue})>"


class Lock(SemLock):
    """A lock that any process may release."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, SEMAPHORE, 1, 1, ctx=ctx)

    def __repr__(self):
        return f"<{type(self).__name__}(owner={_owner(self._semlock)[0]})>"


class RLock(SemLock):
    """A lock that its owner may take again, and must release as often."""

    def __init__(self, *, ctx):
        SemLock.__init__(self, RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        name, is_mine = _owner(self._semlock)
        count = self._semlock._count() if is_mine else 0 if name is None else "nonzero"
        return f"<{type(self).__name__}({name}, {count})>"


class Condition:
    """Where processes wait until another one says that something has changed."""

    def __init__(self, lock=None, *, ctx):
        self._lock = lock or ctx.RLock()
        # How many sleep, how many of these have woken up, and what they sleep at.
        self._sleeping_count = ctx.Semaphore(0)
        self._woken_count = ctx.Semaphore(0)
        self._wait_semaphore = ctx.Semaphore(0)
        self._make_methods()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore

    def __setstate__(self, state):
        self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore = state
        self._make_methods()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _make_methods(self):
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __repr__(self):
        waiters = self._sleeping_count.get_value() - self._woken_count.get_value()
        return f"<{type(self).__name__}({self._lock}, {waiters})>"

    def wait(self, timeout=None):
        """Release the lock, wait to be notified, take the lock again; whether it was a notification."""
        assert self._lock._semlock._is_mine(), "must acquire() condition before using wait()"
        self._sleeping_count.release()
        count = self._lock._semlock._count()
        for _ in range(count):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(count):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake up to n of those who wait."""
        assert self._lock._semlock._is_mine(), "lock is not owned"
        assert not self._wait_semaphore.acquire(False), \
            "notify: Should not have been able to acquire _wait_semaphore"
        # Those who have given up since no longer sleep.
        while self._woken_count.acquire(False):
            taken = self._sleeping_count.acquire(False)
            assert taken, "notify: Bug in sleeping_count.acquire - res should not be False"
        sleepers = 0
        while sleepers < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            sleepers += 1
        if sleepers:
            for _ in range(sleepers):
                self._woken_count.acquire()
            # Who gave up at the same moment has left a wake-up behind.
            while self._wait_semaphore.acquire(False):
                pass

    def notify_all(self):
        """Wake all who wait."""
        self.notify(n=SEM_VALUE_MAX)

    def wait_for(self, predicate, timeout=None):
        """Wait until a predicate is true, or the time is over; its value."""
        result = predicate()
        end = None if timeout is None else time.monotonic() + timeout
        while not result:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    """A flag that processes wait for."""

    def __init__(self, *, ctx):
        self._cond = ctx.Condition(ctx.Lock())
        self._flag = ctx.Semaphore(0)

    def _is_set(self):
        if self._flag.acquire(False):
            self._flag.release()
            return True
        return False

    def is_set(self):
        """Whether the flag is set."""
        with self._cond:
            return self._is_set()

    def set(self):
        """Set the flag, and wake all who wait for it."""
        with self._cond:
            self._flag.acquire(False)
            self._flag.release()
            self._cond.notify_all()

    def clear(self):
        """Reset the flag."""
        with self._cond:
            self._flag.acquire(False)

    def wait(self, timeout=None):
        """Wait until the flag is set, or the time is over; whether it is set."""
        with self._cond:
            if not self._is_set():
                self._cond.wait(timeout)
            return self._is_set()

    def __repr__(self):
        status = "set" if self.is_set() else "unset"
        return f"<{type(self).__qualname__} at {id(self):#x} {status}>"


class Barrier(threading.Barrier):
    """Where a number of processes wait for each other."""

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        from .sharedctypes import _raw_array
        # What the processes must share: the state and the count.
        self.__setstate__((parties, action, timeout, ctx.Condition(), _raw_array(ctx, "i", 2)))
        self._state = 0
        self._count = 0

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._array

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._array = state

    @property
    def _state(self):
        return self._array[0]

    @_state.setter
    def _state(self, value):
        self._array[0] = value

    @property
    def _count(self):
        return self._array[1]

    @_count.setter
    def _count(self, value):
        self._array[1] = value
