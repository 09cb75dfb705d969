"""What transports over a descriptor have in common, be it a socket's or a pipe's."""

from . import transports


class _DescriptorTransport(transports._FlowControlMixin):
    """A transport of a loop that waits for descriptors; it has no protocol any more when it is closed."""

    # Of the reports of errors that end a transport.
    _fatal_message = 'Fatal error on transport'

    def __init__(self, loop, fd, protocol, extra=None):
        super().__init__(extra, loop)
        self._fd = fd
        self._closing = False
        self._paused = False
        self.set_protocol(protocol)

    def __repr__(self):
        info = [self.__class__.__name__]
        if self._protocol is None:
            info.append('closed')
        elif self._closing:
            info.append('closing')
        info.append(f'fd={self._fd}')
        if self._loop is None or not self._loop.is_closed():
            info += self._activity()
        return '<{}>'.format(' '.join(info))

    def _activity(self):
        """What it does at the moment, as its repr tells it."""
        return []

    def set_protocol(self, protocol):
        self._protocol = protocol

    def get_protocol(self):
        return self._protocol

    def is_closing(self):
        return self._closing

    def is_reading(self):
        return not self._paused and not self._closing

    def pause_reading(self):
        if self.is_reading():
            self._paused = True
            self._loop._remove_reader(self._fd)

    def resume_reading(self):
        if not self._closing and self._paused:
            self._paused = False
            self._add_reader()

    def _add_reader(self):
        if self.is_reading():
            self._loop._add_reader(self._fd, self._read_ready)

    def _fatal_error(self, exc, message=None):
        if not isinstance(exc, OSError):
            self._loop.call_exception_handler({
                'message': message or self._fatal_message,
                'exception': exc,
                'transport': self,
                'protocol': self._protocol,
            })
        self._close_for(exc)

    def _close_for(self, exc):
        """Close at once, without writing what waits to be written."""
        raise NotImplementedError


def wake(waiter):
    """Tell who waits for a transport that it is ready."""
    if not waiter.cancelled():
        waiter.set_result(None)
