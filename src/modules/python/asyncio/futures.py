"""Futures: results that are not there yet, and that a coroutine can await."""

import concurrent.futures
from types import GenericAlias

from . import events, exceptions, format_helpers
from .exceptions import CancelledError, InvalidStateError

__all__ = ('Future', 'wrap_future', 'isfuture')

_PENDING = 'PENDING'
_CANCELLED = 'CANCELLED'
_FINISHED = 'FINISHED'


def isfuture(obj):
    """Return True for a Future, and for what is built to pass for one."""
    return hasattr(obj.__class__, '_asyncio_future_blocking') and obj._asyncio_future_blocking is not None


class _Unretrieved:
    """Reports an exception that nobody has asked for, when the future is gone. Only futures that fail have one."""

    def __init__(self, future):
        self.future = future

    def __del__(self):
        future = self.future
        if future._unretrieved is not self:
            return
        future._unretrieved = None
        context = {
            'message': f'{future.__class__.__name__} exception was never retrieved',
            'exception': future._exception,
            'future': future,
        }
        if future._source_traceback:
            context['source_traceback'] = future._source_traceback
        future._loop.call_exception_handler(context)


class Future:
    """A result that is not there yet. It belongs to one loop and is no matter for several threads."""

    _state = _PENDING
    _result = None
    _exception = None
    _source_traceback = None
    _cancel_message = None
    _cancelled_exc = None
    _unretrieved = None
    # True between `yield self` in __await__ and the task's taking notice: it tells `await` from `yield`.
    _asyncio_future_blocking = False

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        # Pairs of a callback and its context; or a task that waits, and None.
        self._callbacks = []
        if self._loop.get_debug():
            self._source_traceback = format_helpers.origin(2)

    def __repr__(self):
        return f"<{self.__class__.__name__} {' '.join(format_helpers.describe_future(self))}>"

    __class_getitem__ = classmethod(GenericAlias)

    @property
    def _log_traceback(self):
        return self._unretrieved is not None

    @_log_traceback.setter
    def _log_traceback(self, value):
        if value:
            raise ValueError('_log_traceback can only be set to False')
        self._unretrieved = None

    def get_loop(self):
        """Return the event loop the Future is bound to."""
        return self._loop

    def _make_cancelled_error(self):
        if self._cancelled_exc is not None:
            exc, self._cancelled_exc = self._cancelled_exc, None
            return exc
        return CancelledError() if self._cancel_message is None else CancelledError(self._cancel_message)

    def cancel(self, msg=None):
        """Cancel the future and schedule callbacks; False if it is done already."""
        self._unretrieved = None
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule_callbacks()
        return True

    def _schedule_callbacks(self):
        callbacks = self._callbacks
        if not callbacks:
            return
        self._callbacks = []
        loop = self._loop
        for callback, context in callbacks:
            if context is _WAKES:
                callback._wake()
            else:
                loop.call_soon(callback, self, context=context)

    def cancelled(self):
        """Return True if the future was cancelled."""
        return self._state == _CANCELLED

    def done(self):
        """Return True if the future has a result or an exception, or was cancelled."""
        return self._state != _PENDING

    def result(self):
        """Return the result, or raise the exception."""
        if self._state == _FINISHED:
            if self._exception is None:
                return self._result
            self._unretrieved = None
            raise self._exception.with_traceback(self._exception_tb)
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        raise InvalidStateError('Result is not set.')

    def exception(self):
        """Return the exception, None if there is a result."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError('Exception is not set.')
        self._unretrieved = None
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        """Have fn called with the future once it is done."""
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            if context is None and events.copy_context is not None:
                context = events.copy_context()
            self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Forget a callback; return how often it was there."""
        kept = [entry for entry in self._callbacks if entry[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        """Say what the result is."""
        if self._state != _PENDING:
            raise InvalidStateError('invalid state')
        self._result = result
        self._state = _FINISHED
        self._schedule_callbacks()

    def set_exception(self, exception):
        """Say what went wrong."""
        if self._state != _PENDING:
            raise InvalidStateError('invalid state')
        if isinstance(exception, type):
            exception = exception()
        if isinstance(exception, StopIteration):
            wrapped = RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future')
            wrapped.__cause__ = exception
            wrapped.__context__ = exception
            exception = wrapped
        if not isinstance(exception, BaseException):
            raise TypeError('invalid exception object')
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._state = _FINISHED
        self._schedule_callbacks()
        self._unretrieved = _Unretrieved(self)
        self._loop._has_failures = True

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self
            if self._state == _PENDING:
                raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


# The context of an entry that is a task to be woken.
_WAKES = object()


def _set_result_unless_cancelled(future, result):
    """For timers, which may be late."""
    if not future.cancelled():
        future.set_result(result)


def _to_asyncio(exc):
    """The exception of a future of threads as that of one of asyncio."""
    kind = type(exc)
    if kind is concurrent.futures.CancelledError:
        return exceptions.CancelledError(*exc.args).with_traceback(exc.__traceback__)
    if kind is concurrent.futures.InvalidStateError:
        return exceptions.InvalidStateError(*exc.args).with_traceback(exc.__traceback__)
    return exc


def _copy_to_asyncio(source, destination):
    """What has become of a future of threads, or of asyncio, becomes of one of asyncio."""
    if destination.cancelled():
        return
    if source.cancelled():
        destination.cancel()
    elif (exc := source.exception()) is not None:
        destination.set_exception(_to_asyncio(exc))
    else:
        destination.set_result(source.result())


def _copy_to_threads(source, destination):
    """What has become of a future becomes of one of threads."""
    if source.cancelled():
        destination.cancel()
    if not destination.set_running_or_notify_cancel():
        return
    if (exc := source.exception()) is not None:
        destination.set_exception(exc)
    else:
        destination.set_result(source.result())


def _chain_future(source, destination):
    """Let one future, of threads or of asyncio, follow another, and be cancelled with it."""
    for future in (source, destination):
        if not isfuture(future) and not isinstance(future, concurrent.futures.Future):
            raise TypeError('A future is required for source argument' if future is source
                            else 'A future is required for destination argument')
    source_loop = source.get_loop() if isfuture(source) else None
    destination_loop = destination.get_loop() if isfuture(destination) else None

    def follow(_):
        if destination.cancelled() and destination_loop is not None and destination_loop.is_closed():
            return
        if destination_loop is None:
            _copy_to_threads(source, destination)
        elif destination_loop is source_loop:
            _copy_to_asyncio(source, destination)
        elif not destination_loop.is_closed():
            destination_loop.call_soon_threadsafe(_copy_to_asyncio, source, destination)

    def cancel(_):
        if destination.cancelled():
            if source_loop is None or source_loop is destination_loop:
                source.cancel()
            else:
                source_loop.call_soon_threadsafe(source.cancel)

    destination.add_done_callback(cancel)
    source.add_done_callback(follow)


def wrap_future(future, *, loop=None):
    """Wrap a future of concurrent.futures so that it can be awaited."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), \
        f'concurrent.futures.Future is expected, got {future!r}'
    if loop is None:
        loop = events.get_event_loop()
    made = loop.create_future()
    _chain_future(future, made)
    return made
