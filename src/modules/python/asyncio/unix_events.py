"""The loop on Unix: signals."""

import sys

from . import coroutines, events, selector_events

__all__ = ('SelectorEventLoop', 'EventLoop')


class _UnixSelectorEventLoop(selector_events.BaseSelectorEventLoop):
    """A loop with handlers of signals and Unix sockets."""

    def __init__(self, selector=None):
        super().__init__(selector)
        self._signal_handlers = {}

    def close(self):
        super().close()
        if sys.is_finalizing():
            self._signal_handlers.clear()
        else:
            for number in list(self._signal_handlers):
                self.remove_signal_handler(number)

    def add_signal_handler(self, sig, callback, *args):
        """Have a call made by the loop when a signal has come. In the main thread only."""
        import signal
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError("coroutines cannot be used with add_signal_handler()")
        self._check_signal(sig)
        self._check_closed()
        handle = events.Handle(callback, args, self, None)
        self._signal_handlers[sig] = handle
        try:
            # The handler runs between two instructions of the main thread, wherever that is; the call is the loop's.
            signal.signal(sig, self._handle_signal)
        except (ValueError, OSError) as exc:
            del self._signal_handlers[sig]
            if isinstance(exc, OSError):
                raise RuntimeError(f'sig {sig} cannot be caught')
            raise RuntimeError(str(exc))

    def _handle_signal(self, sig, frame):
        handle = self._signal_handlers.get(sig)
        if handle is None:
            return
        if handle._cancelled:
            self.remove_signal_handler(sig)
        else:
            self._ready.append(handle)
            self._write_to_self()

    def remove_signal_handler(self, sig):
        """Remove a handler; return whether there was one."""
        import signal
        self._check_signal(sig)
        if self._signal_handlers.pop(sig, None) is None:
            return False
        handler = signal.default_int_handler if sig == signal.SIGINT else signal.SIG_DFL
        try:
            signal.signal(sig, handler)
        except OSError:
            raise RuntimeError(f'sig {sig} cannot be caught')
        return True

    def _check_signal(self, sig):
        import signal
        if not isinstance(sig, int):
            raise TypeError(f'sig must be an int, not {sig!r}')
        if sig not in signal.valid_signals():
            raise ValueError(f'invalid signal number {sig}')


SelectorEventLoop = _UnixSelectorEventLoop
EventLoop = _UnixSelectorEventLoop
