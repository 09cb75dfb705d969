"""Transports over pipes and what else has a descriptor to wait for."""

import os
import selectors

from .descriptor_transports import _DescriptorTransport, wake

# So much is read at once.
_MAX_SIZE = 256 * 1024

# The kinds of files in a mode, and where they stand in it.
_KIND = 0o170000
_FIFO, _SOCKET, _CHARACTERS = 0o010000, 0o140000, 0o020000


class _PipeTransport(_DescriptorTransport):
    """What both directions have in common."""

    _fatal_message = 'Fatal error on pipe transport'

    def __init__(self, loop, pipe, protocol, extra=None):
        super().__init__(loop, pipe.fileno(), protocol, extra)
        self._extra['pipe'] = pipe
        self._pipe = pipe

    def _refuse(self, message):
        self._pipe = self._fd = self._protocol = None
        raise ValueError(message)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._pipe.close()
            self._pipe = None
            self._protocol = None
            self._loop = None


    def _activity(self):
        if self._pipe is None:
            return ['closed']
        return ['polling' if self._loop._awaits(self._fd, self._direction) else 'idle']


class _UnixReadPipeTransport(_PipeTransport):
    """The end of a pipe that is read."""

    _direction = selectors.EVENT_READ

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(loop, pipe, protocol, extra)
        if os.fstat(self._fd).st_mode & _KIND not in (_FIFO, _SOCKET, _CHARACTERS):
            self._refuse("Pipe transport is for pipes/sockets only.")
        os.set_blocking(self._fd, False)
        loop.call_soon(protocol.connection_made, self)
        # Nothing is read before the protocol knows of the pipe.
        loop.call_soon(self._add_reader)
        if waiter is not None:
            loop.call_soon(wake, waiter)

    def _read_ready(self):
        try:
            data = os.read(self._fd, _MAX_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as exc:
            self._fatal_error(exc, 'Fatal read error on pipe transport')
            return
        if data:
            self._protocol.data_received(data)
            return
        self._closing = True
        self._loop._remove_reader(self._fd)
        self._loop.call_soon(self._protocol.eof_received)
        self._loop.call_soon(self._call_connection_lost, None)

    def close(self):
        if not self._closing:
            self._close_for(None)

    def _close_for(self, exc):
        self._closing = True
        self._loop._remove_reader(self._fd)
        self._loop.call_soon(self._call_connection_lost, exc)


class _UnixWritePipeTransport(_PipeTransport):
    """The end of a pipe that is written to."""

    _direction = selectors.EVENT_WRITE

    def __init__(self, loop, pipe, protocol, waiter=None, extra=None):
        super().__init__(loop, pipe, protocol, extra)
        self._buffer = bytearray()
        self._conn_lost = 0
        kind = os.fstat(self._fd).st_mode & _KIND
        has_reader = kind in (_FIFO, _SOCKET)
        if not has_reader and kind != _CHARACTERS:
            self._refuse("Pipe transport is only for pipes, sockets and character devices")
        os.set_blocking(self._fd, False)
        loop.call_soon(protocol.connection_made, self)
        if has_reader:
            # It becomes readable when the other end is closed.
            loop.call_soon(loop._add_reader, self._fd, self._other_end_closed)
        if waiter is not None:
            loop.call_soon(wake, waiter)

    def get_write_buffer_size(self):
        return len(self._buffer)

    def _activity(self):
        activity = super()._activity()
        return activity if self._pipe is None else [*activity, f'bufsize={self.get_write_buffer_size()}']

    def _other_end_closed(self):
        self._close_for(BrokenPipeError() if self._buffer else None)

    def write(self, data):
        assert isinstance(data, (bytes, bytearray, memoryview)), repr(data)
        if not data:
            return
        if self._conn_lost or self._closing:
            self._conn_lost += 1
            return
        if not self._buffer:
            # Mostly there is room at once.
            try:
                sent = os.write(self._fd, data)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                self._conn_lost += 1
                self._fatal_error(exc, 'Fatal write error on pipe transport')
                return
            if sent == len(data):
                return
            data = memoryview(data)[sent:]
            self._loop._add_writer(self._fd, self._write_ready)
        self._buffer += data
        self._maybe_pause_protocol()

    def _write_ready(self):
        try:
            sent = os.write(self._fd, self._buffer)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            self._buffer.clear()
            self._conn_lost += 1
            # Who is told must not be called for it again.
            self._loop._remove_writer(self._fd)
            self._fatal_error(exc, 'Fatal write error on pipe transport')
            return
        del self._buffer[:sent]
        if not self._buffer:
            self._loop._remove_writer(self._fd)
        self._maybe_resume_protocol()
        if not self._buffer and self._closing:
            self._loop._remove_reader(self._fd)
            self._call_connection_lost(None)

    def can_write_eof(self):
        return True

    def write_eof(self):
        if self._closing:
            return
        self._closing = True
        if not self._buffer:
            self._loop._remove_reader(self._fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def close(self):
        if self._pipe is not None and not self._closing:
            # That is what the other end notices.
            self.write_eof()

    def abort(self):
        self._close_for(None)

    def _close_for(self, exc=None):
        self._closing = True
        if self._buffer:
            self._loop._remove_writer(self._fd)
        self._buffer.clear()
        self._loop._remove_reader(self._fd)
        self._loop.call_soon(self._call_connection_lost, exc)
