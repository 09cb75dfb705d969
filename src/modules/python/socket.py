"""Sockets: the ends of connections, over a network or within this machine."""

import _socket
import io
import os
from _socket import *
from enum import IntEnum, IntFlag

__all__ = ["fromfd", "getfqdn", "create_connection", "create_server", "has_dualstack_ipv6",
           "AddressFamily", "SocketKind"]
__all__.extend(name for name in dir(_socket) if not name.startswith('_'))


def _enumeration(kind, name, choose):
    """An enumeration of the constants that `choose` picks by their names."""
    members = {constant: getattr(_socket, constant) for constant in dir(_socket) if choose(constant)}
    made = kind(name, members, module=__name__)
    globals().update(made.__members__)
    return made


AddressFamily = _enumeration(IntEnum, 'AddressFamily', lambda name: name.startswith('AF_'))
SocketKind = _enumeration(IntEnum, 'SocketKind', lambda name: name.startswith('SOCK_'))
MsgFlag = _enumeration(IntFlag, 'MsgFlag', lambda name: name.startswith('MSG_'))
AddressInfo = _enumeration(IntFlag, 'AddressInfo', lambda name: name.startswith('AI_'))

_LOCALHOST = '127.0.0.1'
_LOCALHOST_V6 = '::1'
_GLOBAL_DEFAULT_TIMEOUT = object()
EBADF, EAGAIN, EWOULDBLOCK = 9, 11, 11


def _named(value, enumeration):
    """The member that a number is, or the number."""
    try:
        return enumeration(value)
    except ValueError:
        return value


class socket(_socket.socket):
    """One end of a connection."""

    __slots__ = ["__weakref__", "_io_refs", "_closed"]

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _socket.socket.__init__(self, family, type, proto, fileno)
        self._io_refs = 0
        self._closed = False

    def __enter__(self):
        return self

    def __exit__(self, *args):
        if not self._closed:
            self.close()

    def __repr__(self):
        closed = getattr(self, '_closed', False)
        kind = self.__class__
        text = "<{}.{}{} fd={}, family={}, type={}, proto={}".format(
            kind.__module__, kind.__qualname__, " [closed]" if closed else "",
            self.fileno(), self.family, self.type, self.proto)
        if not closed:
            try:
                laddr = self.getsockname()
                if laddr:
                    text += f", laddr={laddr}"
            except (OSError, AttributeError):
                pass
            try:
                raddr = self.getpeername()
                if raddr:
                    text += f", raddr={raddr}"
            except (OSError, AttributeError):
                pass
        return text + '>'

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def dup(self):
        """Return a new socket that shares the connection."""
        made = self.__class__(self.family, self.type, self.proto, fileno=_socket.dup(self.fileno()))
        made.settimeout(self.gettimeout())
        return made

    def accept(self):
        """Wait for an incoming connection; return a new socket for it, and the address of the client."""
        fd, address = self._accept()
        made = socket(self.family, self.type, self.proto, fileno=fd)
        # A default limit is for those that a program makes by itself.
        if getdefaulttimeout() is None and self.gettimeout():
            made.setblocking(True)
        return made, address

    def makefile(self, mode="r", buffering=None, *, encoding=None, errors=None, newline=None):
        """Return a file that reads from and writes to the socket."""
        if not set(mode) <= {"r", "w", "b"}:
            raise ValueError("invalid mode %r (only r, w, b allowed)" % (mode,))
        writing = "w" in mode
        reading = "r" in mode or not writing
        binary = "b" in mode
        if buffering == 0 and not binary:
            raise ValueError("unbuffered streams must be binary")
        raw = SocketIO(self, ("r" if reading else "") + ("w" if writing else ""))
        self._io_refs += 1
        if buffering == 0:
            return raw
        if buffering is None or buffering < 0:
            buffering = io.DEFAULT_BUFFER_SIZE
        if reading and writing:
            buffer = io.BufferedRWPair(raw, raw, buffering)
        elif reading:
            buffer = io.BufferedReader(raw, buffering)
        else:
            buffer = io.BufferedWriter(raw, buffering)
        if binary:
            return buffer
        text = io.TextIOWrapper(buffer, encoding, errors, newline)
        text.mode = mode
        return text

    def sendfile(self, file, offset=0, count=None):
        """Send a file, opened for bytes, until its end or for count bytes; return how many were sent."""
        if 'b' not in getattr(file, 'mode', 'b'):
            raise ValueError("file should be opened in binary mode")
        if not self.type & SOCK_STREAM:
            raise ValueError("only SOCK_STREAM type sockets are supported")
        if count is not None:
            if not isinstance(count, int):
                raise TypeError("count must be a positive integer (got {!r})".format(count))
            if count <= 0:
                raise ValueError("count must be a positive integer (got {!r})".format(count))
        if self.gettimeout() == 0:
            raise ValueError("non-blocking sockets are not supported")
        if offset:
            file.seek(offset)
        total = 0
        try:
            while count is None or total < count:
                block = file.read(8192 if count is None else min(8192, count - total))
                if not block:
                    break
                self.sendall(block)
                total += len(block)
        finally:
            if total > 0 and hasattr(file, 'seek'):
                file.seek(offset + total)
        return total

    def _decref_socketios(self):
        if self._io_refs > 0:
            self._io_refs -= 1
        if self._closed:
            self.close()

    def _real_close(self):
        _socket.socket.close(self)

    def close(self):
        """Close it; what makefile() made of it goes on until that is closed as well."""
        self._closed = True
        if self._io_refs <= 0:
            self._real_close()

    def detach(self):
        """Give the descriptor away; the socket is closed without it."""
        self._closed = True
        return super().detach()

    @property
    def family(self):
        """Read-only access to the address family for this socket."""
        return _named(super().family, AddressFamily)

    @property
    def type(self):
        """Read-only access to the socket type."""
        return _named(super().type, SocketKind)

    def get_inheritable(self):
        """Whether child programs get the descriptor."""
        return os.get_inheritable(self.fileno())

    def set_inheritable(self, inheritable):
        os.set_inheritable(self.fileno(), inheritable)


def fromfd(fd, family, type, proto=0):
    """Make a socket of a duplicate of a descriptor."""
    return socket(family, type, proto, fileno=_socket.dup(fd))


def send_fds(sock, buffers, fds, flags=0, address=None):
    """Send descriptors, and the buffers with them; return how many bytes of those."""
    import array
    return sock.sendmsg(buffers, [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, array.array("i", fds))])


def recv_fds(sock, bufsize, maxfds, flags=0):
    """Receive up to maxfds descriptors; return (data, descriptors, flags, address)."""
    import array
    fds = array.array("i")
    msg, ancdata, flags, addr = sock.recvmsg(bufsize, _socket.CMSG_LEN(maxfds * fds.itemsize))
    for level, kind, data in ancdata:
        if level == _socket.SOL_SOCKET and kind == _socket.SCM_RIGHTS:
            # What was cut off in the middle of a number is no descriptor.
            fds.frombytes(data[:len(data) - (len(data) % fds.itemsize)])
    return msg, list(fds), flags, addr


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Make two sockets that are connected with each other."""
    if family is None:
        family = AF_UNIX
    a, b = _socket.socketpair(family, type, proto)
    return (socket(family, type, proto, a.detach()), socket(family, type, proto, b.detach()))


class SocketIO(io.RawIOBase):
    """A socket as a raw file."""

    def __init__(self, sock, mode):
        if mode not in ("r", "w", "rw", "rb", "wb", "rwb"):
            raise ValueError("invalid mode: %r" % mode)
        io.RawIOBase.__init__(self)
        self._sock = sock
        if "b" not in mode:
            mode += "b"
        self._mode = mode
        self._reading = "r" in mode
        self._writing = "w" in mode
        self._timeout_occurred = False

    def readinto(self, b):
        """Receive into a buffer; None where the socket does not wait and has nothing."""
        self._checkClosed()
        self._checkReadable()
        if self._timeout_occurred:
            raise OSError("cannot read from timed out object")
        try:
            return self._sock.recv_into(b)
        except TimeoutError:
            self._timeout_occurred = True
            raise
        except BlockingIOError:
            return None

    def write(self, b):
        """Send bytes; None where the socket does not wait and takes none."""
        self._checkClosed()
        self._checkWritable()
        try:
            return self._sock.send(b)
        except BlockingIOError:
            return None

    def readable(self):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return self._reading

    def writable(self):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return self._writing

    def seekable(self):
        if self.closed:
            raise ValueError("I/O operation on closed socket.")
        return super().seekable()

    def fileno(self):
        self._checkClosed()
        return self._sock.fileno()

    @property
    def name(self):
        return -1 if self.closed else self.fileno()

    @property
    def mode(self):
        return self._mode

    def close(self):
        if self.closed:
            return
        io.RawIOBase.close(self)
        self._sock._decref_socketios()
        self._sock = None


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    """Translate host and port into addresses that sockets can be made for and connected to."""
    return [(_named(found, AddressFamily), _named(kind, SocketKind), protocol, name, address)
            for found, kind, protocol, name, address in _socket.getaddrinfo(host, port, family, type, proto, flags)]


def getfqdn(name=''):
    """Return the full name of a host, this one's without an argument, as far as it is known."""
    name = name.strip()
    if not name or name in ('0.0.0.0', '::'):
        name = gethostname()
    try:
        found, aliases, _ = gethostbyaddr(name)
    except error:
        return name
    return next((full for full in (found, *aliases) if '.' in full), found)


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    """Connect to (host, port), trying the host's addresses one after the other; return the socket."""
    host, port = address
    failures = []
    for family, kind, proto, _, found in getaddrinfo(host, port, 0, SOCK_STREAM):
        sock = None
        try:
            sock = socket(family, kind, proto)
            if timeout is not _GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(found)
            return sock
        except OSError as exc:
            if not all_errors:
                failures.clear()
            failures.append(exc)
            if sock is not None:
                sock.close()
    if not failures:
        raise OSError("getaddrinfo returns an empty list")
    try:
        if all_errors:
            raise ExceptionGroup("create_connection failed", failures)
        raise failures[0]
    finally:
        failures.clear()


def has_dualstack_ipv6():
    """Whether a socket of IPv6 can serve IPv4 as well."""
    try:
        with socket(AF_INET6, SOCK_STREAM) as sock:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0)
            return True
    except OSError:
        return False


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    """Return a socket that listens at (host, port)."""
    if dualstack_ipv6:
        if not has_dualstack_ipv6():
            raise ValueError("dualstack_ipv6 not supported on this platform")
        if family != AF_INET6:
            raise ValueError("dualstack_ipv6 requires AF_INET6 family")
    sock = socket(family, SOCK_STREAM)
    try:
        # A server that is started again need not wait until the last one's connections are forgotten.
        sock.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        if reuse_port:
            sock.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        if family == AF_INET6:
            sock.setsockopt(IPPROTO_IPV6, IPV6_V6ONLY, 0 if dualstack_ipv6 else 1)
        try:
            sock.bind(address)
        except OSError as exc:
            message = '%s (while attempting to bind on address %r)' % (exc.strerror, address)
            raise type(exc)(exc.errno, message) from None
        if backlog is None:
            sock.listen()
        else:
            sock.listen(backlog)
        return sock
    except OSError:
        sock.close()
        raise


__all__ += ["socket", "socketpair", "SocketIO", "MsgFlag", "AddressInfo", "getaddrinfo",
            "send_fds", "recv_fds"]
__all__ = sorted({*__all__, *AddressFamily.__members__, *SocketKind.__members__,
                  *MsgFlag.__members__, *AddressInfo.__members__})
