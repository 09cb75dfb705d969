"""Handles of scheduled calls, which loop runs in which thread, and what every loop can do."""

import os
import threading

from _asyncio import Handle, TimerHandle, _get_running_loop, _set_running_loop, get_running_loop

from . import format_helpers
from .abstract import AbstractEventLoop

__all__ = ('AbstractEventLoop', 'AbstractServer', 'Handle', 'TimerHandle', 'get_event_loop_policy',
           'set_event_loop_policy', 'get_event_loop', 'set_event_loop', 'new_event_loop',
           '_set_running_loop', 'get_running_loop', '_get_running_loop')


def _describe_handle(handle):
    """What a handle looks like."""
    info = [handle.__class__.__name__]
    if handle._cancelled:
        info.append('cancelled')
    if isinstance(handle, TimerHandle):
        info.append(f'when={handle._when}')
    if handle._callback is not None:
        info.append(format_helpers.describe_source(handle._callback, handle._args, handle._loop.get_debug()))
    info += format_helpers.describe_origin(handle._source_traceback)
    return '<{}>'.format(' '.join(info))


def _report_callback(loop, whose, exc):
    """Tell the loop's exception handler what the call of a handle, or the step of a task, has raised."""
    if exc.__traceback__ is None:
        # What was called cannot be: no frame has seen it yet.
        try:
            raise exc
        except BaseException:
            pass
    if isinstance(whose, Handle):
        callback = format_helpers.describe_source(whose._callback, whose._args, loop.get_debug())
    else:
        callback = '<TaskStepMethWrapper object>()'
    context = {'message': f'Exception in callback {callback}', 'exception': exc, 'handle': whose}
    if whose._source_traceback:
        context['source_traceback'] = whose._source_traceback
    loop.call_exception_handler(context)


class AbstractServer:
    """What create_server() returns."""

    def close(self):
        """Stop serving.  This leaves existing connections open."""
        raise NotImplementedError

    def close_clients(self):
        """Close all active connections."""
        raise NotImplementedError

    def abort_clients(self):
        """Close all active connections immediately."""
        raise NotImplementedError

    def get_loop(self):
        """Return the event loop the Server object is attached to."""
        raise NotImplementedError

    def is_serving(self):
        """Return True if the server is accepting connections."""
        raise NotImplementedError

    async def start_serving(self):
        """Start accepting connections."""
        raise NotImplementedError

    async def serve_forever(self):
        """Accept connections until the coroutine is cancelled."""
        raise NotImplementedError

    async def wait_closed(self):
        """Coroutine to wait until service is closed."""
        raise NotImplementedError

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc):
        self.close()
        await self.wait_closed()


class _Local(threading.local):
    loop = None


class _DefaultEventLoopPolicy:
    """Which loop belongs to a thread that runs none at the moment: the one that was set."""

    def __init__(self):
        self._local = _Local()

    def get_event_loop(self):
        if self._local.loop is None:
            raise RuntimeError('There is no current event loop in thread %r.' % threading.current_thread().name)
        return self._local.loop

    def set_event_loop(self, loop):
        if loop is not None and not isinstance(loop, AbstractEventLoop):
            raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
        self._local.loop = loop

    def new_event_loop(self):
        from .unix_events import _UnixSelectorEventLoop
        return _UnixSelectorEventLoop()


_policy = _DefaultEventLoopPolicy()


def _warn_of_policies(name):
    import warnings
    warnings.warn(f"'asyncio.{name}' is deprecated and slated for removal in Python 3.16",
                  DeprecationWarning, stacklevel=3)


def get_event_loop_policy():
    """Get the current event loop policy."""
    _warn_of_policies('get_event_loop_policy')
    return _policy


def set_event_loop_policy(policy):
    """Set the current event loop policy; None sets the default one."""
    global _policy
    _warn_of_policies('set_event_loop_policy')
    _policy = _DefaultEventLoopPolicy() if policy is None else policy


def get_event_loop():
    """Return the loop that runs in this thread, or the one that was set for it."""
    loop = _get_running_loop()
    return loop if loop is not None else _policy.get_event_loop()


def set_event_loop(loop):
    """Set the loop of this thread."""
    _policy.set_event_loop(loop)


def new_event_loop():
    """Make a new loop."""
    return _policy.new_event_loop()


def _after_fork():
    _set_running_loop(None)


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_after_fork)
