"""Queues that threads hand work through: first in first out, last in first out, smallest first."""

import threading
from _queue import Empty, SimpleQueue
from collections import deque
from heapq import heappop, heappush
from time import monotonic as _time
from types import GenericAlias as _GenericAlias

__all__ = ['Empty', 'Full', 'ShutDown', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Full(Exception):
    """Exception raised by Queue.put(block=0)/put_nowait()."""


class ShutDown(Exception):
    """Raised when put/get with shut-down queue."""


class Queue:
    """A queue of at most maxsize items, of any number of them if that is not greater than zero.

    A subclass may store the items its own way: _init, _qsize, _put and _get are called under the mutex.
    """

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = mutex = threading.Lock()
        self.not_empty = threading.Condition(mutex)
        self.not_full = threading.Condition(mutex)
        self.all_tasks_done = threading.Condition(mutex)
        self.unfinished_tasks = 0
        self.is_shutdown = False

    def task_done(self):
        """Say that an item that was taken out has been worked on: for join()."""
        with self.all_tasks_done:
            left = self.unfinished_tasks - 1
            if left < 0:
                raise ValueError('task_done() called too many times')
            self.unfinished_tasks = left
            if left == 0:
                self.all_tasks_done.notify_all()

    def join(self):
        """Wait until task_done() has been called for every item that was put in."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def qsize(self):
        """Return the number of items at this moment; it may be another one right away."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Return whether there is nothing in it at this moment."""
        with self.mutex:
            return not self._qsize()

    def full(self):
        """Return whether there is no room in it at this moment."""
        with self.mutex:
            return self._is_full()

    def _is_full(self):
        return 0 < self.maxsize <= self._qsize()

    def put(self, item, block=True, timeout=None):
        """Put an item in, and wait for room if there is none, at most for timeout seconds; then raise Full."""
        # All conditions are over this mutex.
        with self.mutex:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                if not block:
                    if self._qsize() >= self.maxsize:
                        raise Full
                elif timeout is None:
                    while self._qsize() >= self.maxsize:
                        self.not_full.wait()
                        if self.is_shutdown:
                            raise ShutDown
                elif not self._wait_until(self.not_full, lambda: self._qsize() < self.maxsize, timeout):
                    raise Full
            self._put(item)
            self.unfinished_tasks += 1
            if self.not_empty._waiters:
                self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Take an item out, and wait for one if there is none, at most for timeout seconds; then raise Empty."""
        with self.mutex:
            if self.is_shutdown and not self._qsize():
                raise ShutDown
            if not block:
                if not self._qsize():
                    raise Empty
            elif timeout is None:
                while not self._qsize():
                    self.not_empty.wait()
                    if self.is_shutdown and not self._qsize():
                        raise ShutDown
            elif not self._wait_until(self.not_empty, self._qsize, timeout):
                raise Empty
            item = self._get()
            if self.not_full._waiters:
                self.not_full.notify()
            return item

    def _wait_until(self, condition, ready, timeout):
        """Wait under the mutex; false if the time is over first."""
        if timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        end = _time() + timeout
        while not ready():
            left = end - _time()
            if left <= 0.0:
                return False
            condition.wait(left)
            # After a shutdown nothing more is put in, but what is there may be taken out.
            if self.is_shutdown and not (condition is self.not_empty and ready()):
                raise ShutDown
        return True

    def put_nowait(self, item):
        """Put an item in, or raise Full if there is no room."""
        return self.put(item, block=False)

    def get_nowait(self):
        """Take an item out, or raise Empty if there is none."""
        return self.get(block=False)

    def shutdown(self, immediate=False):
        """Let nothing more in: put() raises ShutDown from now on, and get() once the queue is empty.

        With immediate, what is in it is dropped, and join() waits for it no longer.
        """
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    if self.unfinished_tasks > 0:
                        self.unfinished_tasks -= 1
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    __class_getitem__ = classmethod(_GenericAlias)


class PriorityQueue(Queue):
    """A queue that gives the smallest item first; items are often (priority, data)."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class LifoQueue(Queue):
    """A queue that gives the newest item first."""

    def _init(self, maxsize):
        self.queue = []

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.pop()
