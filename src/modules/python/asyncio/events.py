"""Handles of scheduled calls, which loop runs in which thread, and what every loop can do."""

import os
import threading
from _thread import get_ident

from . import format_helpers

try:
    from contextvars import copy_context
except ImportError:
    copy_context = None

__all__ = ('AbstractEventLoop', 'AbstractServer', 'Handle', 'TimerHandle', 'get_event_loop_policy',
           'set_event_loop_policy', 'get_event_loop', 'set_event_loop', 'new_event_loop',
           '_set_running_loop', 'get_running_loop', '_get_running_loop')


class Handle:
    """A call that a loop will make, unless it is cancelled first."""

    __slots__ = ('_callback', '_args', '_cancelled', '_loop', '_source_traceback', '_repr', '__weakref__', '_context')

    def __init__(self, callback, args, loop, context=None):
        if context is None and copy_context is not None:
            context = copy_context()
        self._context = context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._repr = None
        self._source_traceback = format_helpers.origin(2) if loop.get_debug() else None

    def _repr_info(self):
        info = [self.__class__.__name__]
        if self._cancelled:
            info.append('cancelled')
        if self._callback is not None:
            info.append(format_helpers.describe_source(self._callback, self._args, self._loop.get_debug()))
        info += format_helpers.describe_origin(self._source_traceback)
        return info

    def __repr__(self):
        if self._repr is not None:
            return self._repr
        return '<{}>'.format(' '.join(self._repr_info()))

    def get_context(self):
        return self._context

    def cancel(self):
        """Make the call not happen."""
        if not self._cancelled:
            self._cancelled = True
            if self._loop.get_debug():
                # What it was is still worth knowing.
                self._repr = repr(self)
            self._callback = None
            self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        if self._cancelled:
            return
        try:
            if self._context is None:
                self._callback(*self._args)
            else:
                self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            callback = format_helpers.describe_source(self._callback, self._args, self._loop.get_debug())
            context = {'message': f'Exception in callback {callback}', 'exception': exc, 'handle': self}
            if self._source_traceback:
                context['source_traceback'] = self._source_traceback
            self._loop.call_exception_handler(context)
            # Neither keeps the other alive.
            self = None


class TimerHandle(Handle):
    """A call that a loop will make at a time."""

    __slots__ = ['_scheduled', '_when']

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when
        self._scheduled = False

    def _repr_info(self):
        info = super()._repr_info()
        info.insert(2 if self._cancelled else 1, f'when={self._when}')
        return info

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when or self.__eq__(other)
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when or self.__eq__(other)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, TimerHandle):
            return (self._when == other._when and self._callback == other._callback
                    and self._args == other._args and self._cancelled == other._cancelled)
        return NotImplemented

    def cancel(self):
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        """Return the time at which the call will be made, by the loop's clock."""
        return self._when


class AbstractServer:
    """What create_server() returns."""

    def close(self):
        """Stop serving.  This leaves existing connections open."""
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


class AbstractEventLoop:
    """What a loop has to offer; a program may bring its own."""


def _refusing(name, is_coroutine):
    if is_coroutine:
        async def method(self, *args, **kwargs):
            raise NotImplementedError
    else:
        def method(self, *args, **kwargs):
            raise NotImplementedError
    method.__name__ = name
    method.__qualname__ = f'AbstractEventLoop.{name}'
    return method


for _name in ('run_forever run_until_complete stop is_running is_closed close call_soon call_later call_at time '
              'create_future create_task call_soon_threadsafe run_in_executor set_default_executor add_reader '
              'remove_reader add_writer remove_writer add_signal_handler remove_signal_handler set_task_factory '
              'get_task_factory get_exception_handler set_exception_handler default_exception_handler '
              'call_exception_handler get_debug set_debug').split():
    setattr(AbstractEventLoop, _name, _refusing(_name, False))
for _name in ('shutdown_asyncgens shutdown_default_executor getaddrinfo getnameinfo create_connection create_server '
              'create_unix_connection create_unix_server create_datagram_endpoint sock_recv sock_recv_into '
              'sock_recvfrom sock_sendall sock_sendto sock_connect sock_accept').split():
    setattr(AbstractEventLoop, _name, _refusing(_name, True))


# The loop that runs in each thread, by the thread's identifier.
_running_loops = {}


def get_running_loop():
    """Return the running event loop.  Raise a RuntimeError if there is none."""
    loop = _running_loops.get(get_ident())
    if loop is None:
        raise RuntimeError('no running event loop')
    return loop


def _get_running_loop():
    """Return the running event loop or None."""
    return _running_loops.get(get_ident())


def _set_running_loop(loop):
    """Set the running event loop of this thread."""
    if loop is None:
        _running_loops.pop(get_ident(), None)
    else:
        _running_loops[get_ident()] = loop


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
    loop = _running_loops.get(get_ident())
    return loop if loop is not None else _policy.get_event_loop()


def set_event_loop(loop):
    """Set the loop of this thread."""
    _policy.set_event_loop(loop)


def new_event_loop():
    """Make a new loop."""
    return _policy.new_event_loop()


def _after_fork():
    _running_loops.clear()


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(after_in_child=_after_fork)
