"""Futures, and what every executor has in common."""

import threading
from collections import deque
from time import monotonic as _time
from types import GenericAlias

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

# The states of a future. The cancelled ones differ in whether those who wait have been told.
PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'
FINISHED = 'FINISHED'

_CANCELLED_STATES = (CANCELLED, CANCELLED_AND_NOTIFIED)
_DONE_STATES = (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)
_IN_WORDS = {PENDING: 'pending', RUNNING: 'running', CANCELLED: 'cancelled',
             CANCELLED_AND_NOTIFIED: 'cancelled', FINISHED: 'finished'}


class Error(Exception):
    """Base class for all future-related exceptions."""


class CancelledError(Error):
    """The Future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """Raised when an executor has become non-functional after a severe failure."""


def _complain(message, exception=None, level='error'):
    from _complaints import complain
    complain('concurrent.futures', message, exception, level=level)


class Future:
    """The result of a call that somebody else makes, once it is there."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        # Who waits for several futures at once: see _waiting.
        self._waiters = []
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            state = _IN_WORDS[self._state]
            if self._state == FINISHED:
                if self._exception is not None:
                    state += f' raised {self._exception.__class__.__name__}'
                else:
                    state += f' returned {self._result.__class__.__name__}'
            return f'<{self.__class__.__name__} at {id(self):#x} state={state}>'

    def cancel(self):
        """Cancel the call if it does not run yet; return whether it is cancelled."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in _CANCELLED_STATES:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        """Return True if the future was cancelled."""
        with self._condition:
            return self._state in _CANCELLED_STATES

    def running(self):
        """Return True if the future is currently executing."""
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Return True if the future was cancelled or finished executing."""
        with self._condition:
            return self._state in _DONE_STATES

    def add_done_callback(self, fn):
        """Have fn called with the future when it is done; at once if it is."""
        with self._condition:
            if self._state not in _DONE_STATES:
                self._done_callbacks.append(fn)
                return
        self._invoke(fn)

    def _invoke_callbacks(self):
        for callback in self._done_callbacks:
            self._invoke(callback)

    def _invoke(self, callback):
        try:
            callback(self)
        except Exception as exc:
            _complain(f'exception calling callback for {self!r}', exc)

    def _wait(self, timeout):
        """Wait under the condition until it is done."""
        if self._state not in _DONE_STATES:
            self._condition.wait(timeout)
        if self._state in _CANCELLED_STATES:
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """Return what the call returned, or raise what it raised; wait for it for at most timeout seconds."""
        try:
            with self._condition:
                self._wait(timeout)
                if self._exception is None:
                    return self._result
                raise self._exception
        finally:
            # The traceback holds this frame, which must not hold the exception through self.
            self = None

    def exception(self, timeout=None):
        """Return what the call raised, None if it returned; wait for it for at most timeout seconds."""
        with self._condition:
            self._wait(timeout)
            return self._exception

    # For executors, and for tests.

    def set_running_or_notify_cancel(self):
        """Say that the call begins; False if it was cancelled and shall not."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            _complain(f'Future {id(self)} in unexpected state: {self._state}', level='critical')
            raise RuntimeError('Future in unexpected state')

    def set_result(self, result):
        """Say what the call returned."""
        self._finish(result, None)

    def set_exception(self, exception):
        """Say what the call raised."""
        self._finish(None, exception)

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _DONE_STATES:
                raise InvalidStateError(f'{self._state}: {self!r}')
            self._result = result
            self._exception = exception
            self._state = FINISHED
            for waiter in self._waiters:
                waiter.add_finished(self)
            self._condition.notify_all()
        if self._done_callbacks:
            self._invoke_callbacks()

    __class_getitem__ = classmethod(GenericAlias)


def _take_result(future, timeout=None):
    """The future's result; whatever happens, it is no longer of use to anybody."""
    try:
        try:
            return future.result(timeout)
        finally:
            future.cancel()
    finally:
        del future


class Executor:
    """This is an abstract base class for concrete asynchronous executors."""

    def submit(self, fn, /, *args, **kwargs):
        """Have fn called with these arguments; return the future of the call."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        """Call fn with items of the iterables, as map() does, several at a time; yield the results in order.

        All calls are submitted at once, or as many as buffersize ahead of what has been asked for. Results that
        are not there timeout seconds after this call raise TimeoutError. The chunksize is for other processes.
        """
        if buffersize is not None and not isinstance(buffersize, int):
            raise TypeError("buffersize must be an integer or None")
        if buffersize is not None and buffersize < 1:
            raise ValueError("buffersize must be None or > 0")
        end = None if timeout is None else timeout + _time()
        calls = zip(*iterables)
        if buffersize is None:
            futures = deque([self.submit(fn, *args) for args in calls])
        else:
            futures = deque()
            for args in calls:
                futures.append(self.submit(fn, *args))
                if len(futures) == buffersize:
                    break
        return self._results(fn, futures, calls if buffersize is not None else None, end)

    def _results(self, fn, futures, calls, end):
        # A generator of its own, so that map() submits when it is called and not at the first next().
        try:
            while futures:
                if calls is not None:
                    args = next(calls, None)
                    if args is not None:
                        futures.append(self.submit(fn, *args))
                future = futures.popleft()
                if end is None:
                    yield _take_result(future)
                else:
                    yield _take_result(future, end - _time())
        finally:
            for future in futures:
                future.cancel()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; wait for those that were submitted, unless told otherwise."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False
