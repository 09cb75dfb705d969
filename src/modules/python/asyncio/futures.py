"""Futures: results that are not there yet, and that a coroutine can await."""

import concurrent.futures

from _asyncio import Future, _is_native_future

from . import events, exceptions

__all__ = ('Future', 'wrap_future', 'isfuture')

def isfuture(obj):
    """Return True for a Future, and for what is built to pass for one."""
    if _is_native_future(obj):
        return True
    return hasattr(obj.__class__, '_asyncio_future_blocking') and obj._asyncio_future_blocking is not None


def _report_unretrieved(future):
    """An exception that nobody has asked for, when the future is gone."""
    context = {
        'message': f'{future.__class__.__name__} exception was never retrieved',
        'exception': future._exception,
        'future': future,
    }
    if future._source_traceback:
        context['source_traceback'] = future._source_traceback
    future._loop.call_exception_handler(context)


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
