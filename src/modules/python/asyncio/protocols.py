"""What a transport tells: protocols are written by programs."""

__all__ = ('BaseProtocol', 'Protocol', 'DatagramProtocol', 'SubprocessProtocol', 'BufferedProtocol')


class BaseProtocol:
    """What all protocols have in common."""

    __slots__ = ()

    def connection_made(self, transport):
        """The connection is there; the transport is its other half."""

    def connection_lost(self, exc):
        """The connection is gone; exc is None if that was in order."""

    def pause_writing(self):
        """The transport has more to send than it likes."""

    def resume_writing(self):
        """The transport has little left to send."""


class Protocol(BaseProtocol):
    """A protocol that is given the bytes that come."""

    __slots__ = ()

    def data_received(self, data):
        """Some bytes have come."""

    def eof_received(self):
        """No more will come. A true answer keeps the transport open for writing."""


class BufferedProtocol(BaseProtocol):
    """A protocol that says where the bytes that come are to be put."""

    __slots__ = ()

    def get_buffer(self, sizehint):
        """Return a buffer to receive into."""

    def buffer_updated(self, nbytes):
        """So many bytes of the buffer were filled."""

    def eof_received(self):
        """No more will come."""


class DatagramProtocol(BaseProtocol):
    """A protocol for datagrams."""

    __slots__ = ()

    def datagram_received(self, data, addr):
        """A datagram has come."""

    def error_received(self, exc):
        """Sending or receiving has failed with an OSError."""


class SubprocessProtocol(BaseProtocol):
    """A protocol for child processes."""

    __slots__ = ()

    def pipe_data_received(self, fd, data):
        """The child has written to one of its pipes."""

    def pipe_connection_lost(self, fd, exc):
        """One of the child's pipes is closed."""

    def process_exited(self):
        """The child has ended."""
