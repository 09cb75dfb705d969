"""What a program gets of the socket of a transport or of a server: all but what would come in the transport's way."""


class TransportSocket:
    """A socket-like wrapper for exposing real transport sockets."""

    __slots__ = ('_sock',)

    def __init__(self, sock):
        self._sock = sock

    @property
    def family(self):
        return self._sock.family

    @property
    def type(self):
        return self._sock.type

    @property
    def proto(self):
        return self._sock.proto

    def __repr__(self):
        parts = [f'<asyncio.TransportSocket fd={self.fileno()}', f'family={self.family!s}', f'type={self.type!s}',
                 f'proto={self.proto}']
        if self.fileno() != -1:
            for name, address in (('laddr', self.getsockname), ('raddr', self.getpeername)):
                try:
                    found = address()
                except OSError:
                    continue
                if found:
                    parts.append(f'{name}={found}')
        return ', '.join(parts) + '>'

    def __getstate__(self):
        raise TypeError('Cannot serialize asyncio.TransportSocket object')

    def fileno(self):
        return self._sock.fileno()

    def dup(self):
        return self._sock.dup()

    def get_inheritable(self):
        return self._sock.get_inheritable()

    def shutdown(self, how):
        # Of what is sent here the transport knows nothing: no more is lost than with a socket of one's own.
        self._sock.shutdown(how)

    def getsockopt(self, *args):
        return self._sock.getsockopt(*args)

    def setsockopt(self, *args):
        self._sock.setsockopt(*args)

    def getpeername(self):
        return self._sock.getpeername()

    def getsockname(self):
        return self._sock.getsockname()

    def getsockbyname(self):
        return self._sock.getsockbyname()

    def settimeout(self, value):
        if value != 0:
            raise ValueError('settimeout(): only 0 timeout is allowed on transport sockets')

    def gettimeout(self):
        return 0

    def setblocking(self, flag):
        if flag:
            raise ValueError('setblocking(): transport sockets cannot be blocking')
