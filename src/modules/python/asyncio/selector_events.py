"""A loop that waits for descriptors with a selector."""

import selectors
import socket

from . import base_events, events
from .connections import _Connections
from .sockets import _Sockets
from .subprocesses import _Subprocesses

__all__ = ('BaseSelectorEventLoop',)


class BaseSelectorEventLoop(_Connections, _Sockets, _Subprocesses, base_events.BaseEventLoop):
    """Readers and writers: handles that run when a descriptor is ready."""

    def __init__(self, selector=None):
        super().__init__()
        self._selector = selectors.DefaultSelector() if selector is None else selector
        # The transport of each descriptor that has one: nobody else may touch that.
        self._transports = {}
        # What another thread writes to end a wait.
        self._ssock, self._csock = socket.socketpair()
        self._ssock.setblocking(False)
        self._csock.setblocking(False)
        self._add_reader(self._ssock.fileno(), self._read_from_self)

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self.is_closed():
            return
        self._remove_reader(self._ssock.fileno())
        self._ssock.close()
        self._csock.close()
        super().close()
        self._selector.close()
        self._selector = None

    def _read_from_self(self):
        while True:
            try:
                data = self._ssock.recv(4096)
            except InterruptedError:
                continue
            except BlockingIOError:
                break
            if not data:
                break
            self._process_self_data(data)

    def _process_self_data(self, data):
        """Bytes that signals have left."""

    def _write_to_self(self):
        try:
            self._csock.send(b'\0')
        except OSError:
            # It is full, which ends the wait as well; or the loop is being closed.
            pass

    def _process_events(self, event_list):
        for key, mask in event_list:
            reader, writer = key.data
            if mask & selectors.EVENT_READ and reader is not None:
                if reader._cancelled:
                    self._remove_reader(key.fd)
                else:
                    self._ready.append(reader)
            if mask & selectors.EVENT_WRITE and writer is not None:
                if writer._cancelled:
                    self._remove_writer(key.fd)
                else:
                    self._ready.append(writer)

    def _ensure_fd_no_transport(self, fd):
        fileno = fd
        if not isinstance(fileno, int):
            try:
                fileno = int(fileno.fileno())
            except (AttributeError, TypeError, ValueError):
                raise ValueError(f"Invalid file object: {fd!r}") from None
        transport = self._transports.get(fileno)
        if transport is not None and not transport.is_closing():
            raise RuntimeError(f'File descriptor {fd!r} is used by transport {transport!r}')

    def _register(self, fd, mask, handle):
        """Have a handle run when the descriptor is ready, in place of the one before."""
        self._check_closed()
        key = self._selector.get_map().get(fd)
        at = 0 if mask == selectors.EVENT_READ else 1
        handles = [None, None] if key is None else list(key.data)
        before, handles[at] = handles[at], handle
        if key is None:
            self._selector.register(fd, mask, tuple(handles))
        else:
            self._selector.modify(fd, key.events | mask, tuple(handles))
        if before is not None:
            before.cancel()
        return handle

    def _awaits(self, fd, mask):
        """Whether a handle is to run when the descriptor is ready."""
        key = self._selector.get_map().get(fd)
        return key is not None and bool(key.events & mask)

    def _unregister(self, fd, mask):
        """No longer; false if nothing was registered."""
        if self.is_closed():
            return False
        key = self._selector.get_map().get(fd)
        if key is None:
            return False
        at = 0 if mask == selectors.EVENT_READ else 1
        handles = list(key.data)
        before, handles[at] = handles[at], None
        left = key.events & ~mask
        if left:
            self._selector.modify(fd, left, tuple(handles))
        else:
            self._selector.unregister(fd)
        if before is None:
            return False
        before.cancel()
        return True

    def _add_reader(self, fd, callback, *args):
        return self._register(fd, selectors.EVENT_READ, events.Handle(callback, args, self, None))

    def _remove_reader(self, fd):
        return self._unregister(fd, selectors.EVENT_READ)

    def _add_writer(self, fd, callback, *args):
        return self._register(fd, selectors.EVENT_WRITE, events.Handle(callback, args, self, None))

    def _remove_writer(self, fd):
        return self._unregister(fd, selectors.EVENT_WRITE)

    def add_reader(self, fd, callback, *args):
        """Have a call made each time that a descriptor can be read from."""
        self._ensure_fd_no_transport(fd)
        self._add_reader(fd, callback, *args)

    def remove_reader(self, fd):
        """Make that call no more; return whether there was one."""
        self._ensure_fd_no_transport(fd)
        return self._remove_reader(fd)

    def add_writer(self, fd, callback, *args):
        """Have a call made each time that a descriptor can be written to."""
        self._ensure_fd_no_transport(fd)
        self._add_writer(fd, callback, *args)

    def remove_writer(self, fd):
        """Make that call no more; return whether there was one."""
        self._ensure_fd_no_transport(fd)
        return self._remove_writer(fd)
