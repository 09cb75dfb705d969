"""Queues between processes: what any of them puts in, any of them may get.

An object travels as a pickle through a pipe. `Queue` has a thread in each process that puts, so that putting never waits
for a full pipe; `SimpleQueue` writes by itself.
"""

__all__ = ["Queue", "SimpleQueue", "JoinableQueue"]

import os
import sys
import threading
import time
import types
import weakref
from collections import deque
from queue import Empty, Full

from . import connection, context
from .reduction import ForkingPickler
from .util import Finalize, debug, info, is_exiting, register_after_fork

# Behind it the feeder thread ends.
_END = object()


class Queue:
    """A queue with a limit of items, if there is one, and a thread that feeds the pipe."""

    def __init__(self, maxsize=0, *, ctx):
        if maxsize <= 0:
            from .synchronize import SEM_VALUE_MAX as maxsize
        self._maxsize = maxsize
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()
        self._sem = ctx.BoundedSemaphore(maxsize)
        self._opid = os.getpid()
        # For queues of concurrent.futures: the reader may be gone.
        self._ignore_epipe = False
        self._reset()
        register_after_fork(self, Queue._after_fork)

    def __getstate__(self):
        context.assert_spawning(self)
        return (self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
                self._opid)

    def __setstate__(self, state):
        (self._ignore_epipe, self._maxsize, self._reader, self._writer, self._rlock, self._wlock, self._sem,
         self._opid) = state
        self._reset()
        register_after_fork(self, Queue._after_fork)

    def _after_fork(self):
        debug("Queue._after_fork()")
        self._reset()

    def _reset(self):
        """What each process has for itself."""
        self._notempty = threading.Condition(threading.Lock())
        self._buffer = deque()
        self._thread = None
        self._join_at_end = None
        self._close = None
        self._joincancelled = False
        self._closed = False

    def _check_closed(self):
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")

    def put(self, obj, block=True, timeout=None):
        """Put an object in; if the queue is full, wait for room or raise Full."""
        self._check_closed()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty:
            self._append(obj)

    def _append(self, obj):
        if self._thread is None:
            self._start_thread()
        self._buffer.append(obj)
        self._notempty.notify()

    def get(self, block=True, timeout=None):
        """Take an object out; if there is none, wait for one or raise Empty."""
        self._check_closed()
        if block and timeout is None:
            with self._rlock:
                message = self._reader.recv_bytes()
                self._sem.release()
            return ForkingPickler.loads(message)
        end = time.monotonic() + timeout if block else None
        if not self._rlock.acquire(block, timeout):
            raise Empty
        try:
            if not self._reader.poll(0 if end is None else max(0, end - time.monotonic())):
                raise Empty
            message = self._reader.recv_bytes()
            self._sem.release()
        finally:
            self._rlock.release()
        return ForkingPickler.loads(message)

    def qsize(self):
        """About how many objects there are."""
        return self._maxsize - self._sem.get_value()

    def empty(self):
        """Whether there is nothing to get at the moment."""
        return not self._reader.poll()

    def full(self):
        """Whether there is no room at the moment."""
        return self._sem.locked()

    def get_nowait(self):
        """Take an object out, or raise Empty."""
        return self.get(False)

    def put_nowait(self, obj):
        """Put an object in, or raise Full."""
        return self.put(obj, False)

    def close(self):
        """No more will be put in by this process; what it has put in is still written."""
        self._closed = True
        close, self._close = self._close, None
        if close is not None:
            close()
        elif self._thread is None:
            self._reader.close()

    def join_thread(self):
        """Wait until all is written that was put in. Only after close()."""
        debug("Queue.join_thread()")
        assert self._closed, f"Queue {self!r} not closed"
        if self._join_at_end is not None:
            self._join_at_end()

    def cancel_join_thread(self):
        """Do not wait at the process's end for what is still to be written: it may be lost."""
        debug("Queue.cancel_join_thread()")
        self._joincancelled = True
        if self._join_at_end is not None:
            self._join_at_end.cancel()

    def _start_thread(self):
        """Starts the feeder. The lock is held."""
        debug("Queue._start_thread()")
        self._buffer.clear()
        # It must not hold the queue, or that would never be collected.
        self._thread = threading.Thread(
            target=_feed, name="QueueFeederThread", daemon=True,
            args=(self._buffer, self._notempty, self._wlock, self._reader, self._writer, self._sem,
                  self._ignore_epipe, self._on_queue_feeder_error))
        self._thread.start()
        if not self._joincancelled:
            self._join_at_end = Finalize(self._thread, _join, [weakref.ref(self._thread)], exitpriority=-5)
        # Before the join: the highest priority comes first.
        self._close = Finalize(self, _end, [self._buffer, self._notempty], exitpriority=10)

    @staticmethod
    def _on_queue_feeder_error(e, obj):
        """An object could not be sent: say so, for there is nobody to raise it to."""
        import traceback
        traceback.print_exception(e)

    __class_getitem__ = classmethod(types.GenericAlias)


def _end(buffer, notempty):
    debug("telling queue thread to quit")
    with notempty:
        buffer.append(_END)
        notempty.notify()


def _join(reference):
    debug("joining queue thread")
    thread = reference()
    if thread is not None:
        thread.join()
        debug("... queue thread joined")
    else:
        debug("... queue thread already dead")


def _feed(buffer, notempty, lock, reader, writer, room, ignore_epipe, on_error):
    """Writes what is put into the buffer, until the end."""
    debug("starting thread to feed data to pipe")
    while True:
        obj = None
        try:
            with notempty:
                while not buffer:
                    notempty.wait()
                obj = buffer.popleft()
            if obj is _END:
                debug("feeder thread got sentinel -- exiting")
                reader.close()
                writer.close()
                return
            message = ForkingPickler.dumps(obj)
            # It may hold much, and the next wait be long.
            obj = None
            with lock:
                writer.send_bytes(message)
            message = None
        except Exception as error:
            if ignore_epipe and isinstance(error, BrokenPipeError):
                return
            if is_exiting():
                # What is needed may be gone already.
                info("error in queue thread: %s", error)
                return
            # It is not in the queue, and takes no room.
            room.release()
            on_error(error, obj)


class JoinableQueue(Queue):
    """A queue that knows how many of its objects are still being worked on."""

    def __init__(self, maxsize=0, *, ctx):
        super().__init__(maxsize, ctx=ctx)
        self._unfinished_tasks = ctx.Semaphore(0)
        self._cond = ctx.Condition()

    def __getstate__(self):
        return super().__getstate__() + (self._cond, self._unfinished_tasks)

    def __setstate__(self, state):
        super().__setstate__(state[:-2])
        self._cond, self._unfinished_tasks = state[-2:]

    def put(self, obj, block=True, timeout=None):
        """Put an object in, which is then to be worked on."""
        self._check_closed()
        if not self._sem.acquire(block, timeout):
            raise Full
        with self._notempty, self._cond:
            self._append(obj)
            self._unfinished_tasks.release()

    def task_done(self):
        """Say that the work on an object is done."""
        with self._cond:
            if not self._unfinished_tasks.acquire(False):
                raise ValueError("task_done() called too many times")
            if self._unfinished_tasks.locked():
                self._cond.notify_all()

    def join(self):
        """Wait until the work on all objects is done."""
        with self._cond:
            if not self._unfinished_tasks.locked():
                self._cond.wait()


class SimpleQueue:
    """A queue without a limit and without a thread: who puts waits while the pipe is full."""

    def __init__(self, *, ctx):
        self._reader, self._writer = connection.Pipe(duplex=False)
        self._rlock = ctx.Lock()
        self._wlock = ctx.Lock()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._reader, self._writer, self._rlock, self._wlock

    def __setstate__(self, state):
        self._reader, self._writer, self._rlock, self._wlock = state

    def close(self):
        """Close the pipe."""
        self._reader.close()
        self._writer.close()

    def empty(self):
        """Whether there is nothing to get at the moment."""
        return not self._reader.poll()

    def get(self):
        """Take an object out; wait for one."""
        with self._rlock:
            message = self._reader.recv_bytes()
        return ForkingPickler.loads(message)

    def put(self, obj):
        """Put an object in."""
        message = ForkingPickler.dumps(obj)
        with self._wlock:
            self._writer.send_bytes(message)

    __class_getitem__ = classmethod(types.GenericAlias)
