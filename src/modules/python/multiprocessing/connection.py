"""Connections: ends of pipes and sockets that whole messages go through, objects as well as bytes."""

__all__ = ["Client", "Listener", "Pipe", "wait"]

import io
import itertools
import os
import time

import _multiprocessing

from . import util
from .context import AuthenticationError, BufferTooShort

BUFSIZE = 8192
CONNECTION_TIMEOUT = 20.0

_numbers = itertools.count()
default_family = "AF_INET"
families = ["AF_INET"]
if hasattr(os, "fork"):
    default_family = "AF_UNIX"
    families.append("AF_UNIX")


class _ConnectionBase:
    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError("invalid handle")
        if not readable and not writable:
            raise ValueError("at least one of `readable` and `writable` must be True")
        self._handle = handle
        self._readable = readable
        self._writable = writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError("handle is closed")

    def _check_readable(self):
        if not self._readable:
            raise OSError("connection is write-only")

    def _check_writable(self):
        if not self._writable:
            raise OSError("connection is read-only")

    def _bad_message_length(self):
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError("bad message length")

    @property
    def closed(self):
        """True if the connection is closed"""
        return self._handle is None

    @property
    def readable(self):
        """True if the connection is readable"""
        return self._readable

    @property
    def writable(self):
        """True if the connection is writable"""
        return self._writable

    def fileno(self):
        """File descriptor or handle of the connection"""
        self._check_closed()
        return self._handle

    def close(self):
        """Close the connection"""
        if self._handle is not None:
            try:
                self._close()
            finally:
                self._handle = None

    def send_bytes(self, buf, offset=0, size=None):
        """Send the bytes data from a bytes-like object"""
        self._check_closed()
        self._check_writable()
        view = memoryview(buf)
        if view.itemsize > 1:
            view = view.cast("B")
        length = view.nbytes
        if offset < 0:
            raise ValueError("offset is negative")
        if length < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > length:
            raise ValueError("buffer length < offset + size")
        self._send_bytes(view[offset:offset + size])

    def send(self, obj):
        """Send a (picklable) object"""
        self._check_closed()
        self._check_writable()
        self._send_bytes(_pickler().dumps(obj))

    def recv_bytes(self, maxlength=None):
        """Receive bytes data as a bytes object."""
        self._check_closed()
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        message = self._recv_bytes(maxlength)
        if message is None:
            self._bad_message_length()
        return message

    def recv_bytes_into(self, buf, offset=0):
        """Receive bytes data into a writeable bytes-like object. Return the number of bytes read."""
        self._check_closed()
        self._check_readable()
        with memoryview(buf) as view:
            if view.itemsize > 1:
                view = view.cast("B")
            room = view.nbytes
            if offset < 0:
                raise ValueError("negative offset")
            if offset > room:
                raise ValueError("offset too large")
            message = self._recv_bytes()
            size = len(message)
            if room < offset + size:
                raise BufferTooShort(message)
            view[offset:offset + size] = message
            return size

    def recv(self):
        """Receive a (picklable) object"""
        self._check_closed()
        self._check_readable()
        return _pickler().loads(self._recv_bytes())

    def poll(self, timeout=0.0):
        """Whether there is any input available to be read"""
        self._check_closed()
        self._check_readable()
        return self._poll(timeout)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def _pickler():
    from .reduction import ForkingPickler
    return ForkingPickler


class Connection(_ConnectionBase):
    """An end of a pipe, or a socket."""

    def _close(self):
        os.close(self._handle)

    def _send_bytes(self, buf):
        _multiprocessing.send_message(self._handle, buf)

    def _recv_bytes(self, maxsize=None):
        return _multiprocessing.receive_message(self._handle, maxsize)

    def _poll(self, timeout):
        return bool(wait([self], timeout))

    def __reduce__(self):
        from .reduction import DupFd
        return _rebuild_connection, (DupFd(self.fileno()), self.readable, self.writable)


def _rebuild_connection(shared, readable, writable):
    return Connection(shared.detach(), readable, writable)


def Pipe(duplex=True):
    """Returns pair of connection objects at either end of a pipe"""
    if duplex:
        import socket
        ends = socket.socketpair()
        for end in ends:
            end.setblocking(True)
        return tuple(Connection(end.detach()) for end in ends)
    reader, writer = os.pipe()
    return Connection(reader, writable=False), Connection(writer, readable=False)


def wait(object_list, timeout=None):
    """Wait till an object in object_list is ready/readable. Returns list of those objects in object_list which are."""
    import selectors
    with selectors.PollSelector() as selector:
        for object in object_list:
            selector.register(object, selectors.EVENT_READ)
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            ready = selector.select(timeout)
            if ready:
                return [key.fileobj for key, _ in ready]
            if end is not None:
                timeout = end - time.monotonic()
                if timeout < 0:
                    return []


# Listening and calling

# How addresses begin for which no permission is needed: processes of one program meet there.
_MEETING = "\0gilbox-"


def arbitrary_address(family):
    """An address of a family that nobody uses."""
    if family == "AF_INET":
        return "localhost", 0
    if family == "AF_UNIX":
        if util.abstract_sockets_supported:
            # A name that is no file leaves nothing behind.
            return f"{_MEETING}{os.getpid()}-{next(_numbers)}-{os.urandom(16).hex()}"
        return os.path.join(util.get_temp_dir(), f"listener-{next(_numbers)}")
    raise ValueError("unrecognized family")


def _validate_family(family):
    if family not in families:
        raise ValueError("Family %s is not recognized." % family)


def address_type(address):
    """The family of an address."""
    if type(address) == tuple:
        return "AF_INET"
    if type(address) is str or util.is_abstract_socket_namespace(address):
        return "AF_UNIX"
    raise ValueError("address type of %r unrecognized" % address)


class Listener:
    """A bound socket that waits for connections."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address and address_type(address)) or default_family
        address = address or arbitrary_address(family)
        _validate_family(family)
        if authkey is not None and not isinstance(authkey, bytes):
            raise TypeError("authkey should be a byte string")
        if isinstance(address, str) and address.startswith(_MEETING):
            self._listener = _MeetingListener(address)
        else:
            self._listener = SocketListener(address, family, backlog)
        self._authkey = authkey

    def accept(self):
        """Accept a connection; return a Connection object."""
        if self._listener is None:
            raise OSError("listener is closed")
        connection = self._listener.accept()
        if self._authkey is not None:
            try:
                deliver_challenge(connection, self._authkey)
                answer_challenge(connection, self._authkey)
            except BaseException:
                connection.close()
                raise
        return connection

    def close(self):
        """Close the bound socket of self."""
        if (listener := self._listener) is not None:
            self._listener = None
            listener.close()

    @property
    def address(self):
        return self._listener._address

    @property
    def last_accepted(self):
        return self._listener._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def Client(address, family=None, authkey=None):
    """Returns a connection to the address of a Listener"""
    family = family or address_type(address)
    _validate_family(family)
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError("authkey should be a byte string")
    connection = SocketClient(address)
    if authkey is not None:
        try:
            answer_challenge(connection, authkey)
            deliver_challenge(connection, authkey)
        except BaseException:
            connection.close()
            raise
    return connection


class _MeetingListener:
    """A socket where processes of this program are waited for."""

    def __init__(self, address):
        self._address = address
        self._last_accepted = ""
        self._handle = _multiprocessing.listen(address)

    def accept(self):
        if self._handle is None:
            raise OSError("listener is closed")
        return Connection(_multiprocessing.accept(self._handle))

    def close(self):
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    __del__ = close


class SocketListener:
    """A socket that listens."""

    def __init__(self, address, family, backlog=1):
        import socket
        self._socket = socket.socket(getattr(socket, family))
        try:
            self._socket.setblocking(True)
            if family == "AF_INET":
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.bind(address)
            self._socket.listen(backlog)
            self._address = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._family = family
        self._last_accepted = None
        self._unlink = None
        if family == "AF_UNIX" and not util.is_abstract_socket_namespace(address):
            self._unlink = util.Finalize(self, os.unlink, args=(address,), exitpriority=0)

    def accept(self):
        peer, self._last_accepted = self._socket.accept()
        peer.setblocking(True)
        return Connection(peer.detach())

    def close(self):
        try:
            self._socket.close()
        finally:
            if (unlink := self._unlink) is not None:
                self._unlink = None
                unlink()


def SocketClient(address):
    """A connection to a socket that listens."""
    if isinstance(address, str) and address.startswith(_MEETING):
        return Connection(_multiprocessing.connect(address))
    import socket
    with socket.socket(getattr(socket, address_type(address))) as client:
        client.setblocking(True)
        client.connect(address)
        return Connection(client.detach())


# Each end proves that it knows the key without saying it.

_CHALLENGE = b"#CHALLENGE#"
_WELCOME = b"#WELCOME#"
_FAILURE = b"#FAILURE#"
_DIGEST = "sha256"
_MESSAGE_LENGTH = 40


def _keyed_hash(key, message):
    """HMAC (RFC 2104)."""
    import hashlib
    if len(key) > 64:
        key = hashlib.new(_DIGEST, key).digest()
    key = key.ljust(64, b"\0")
    inner = hashlib.new(_DIGEST, bytes(byte ^ 0x36 for byte in key) + message).digest()
    return hashlib.new(_DIGEST, bytes(byte ^ 0x5C for byte in key) + inner).digest()


def _is_same(one, other):
    """Whether they are equal, found out in the same time wherever they differ."""
    differ = len(one) ^ len(other)
    for a, b in zip(one, other):
        differ |= a ^ b
    return differ == 0


def deliver_challenge(connection, authkey, digest_name=_DIGEST):
    """Have the other end prove that it knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError("Authkey must be bytes, not {0!s}".format(type(authkey)))
    message = b"{%s}" % digest_name.encode() + os.urandom(_MESSAGE_LENGTH)
    connection.send_bytes(_CHALLENGE + message)
    response = connection.recv_bytes(256)
    if _is_same(response, b"{%s}" % digest_name.encode() + _keyed_hash(authkey, message)):
        connection.send_bytes(_WELCOME)
    else:
        connection.send_bytes(_FAILURE)
        raise AuthenticationError("digest received was wrong")


def answer_challenge(connection, authkey):
    """Prove to the other end that one knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError("Authkey must be bytes, not {0!s}".format(type(authkey)))
    message = connection.recv_bytes(256)
    if not message.startswith(_CHALLENGE):
        raise AuthenticationError(f"Protocol error, expected challenge: {message=}")
    message = message[len(_CHALLENGE):]
    if len(message) < 20:
        raise AuthenticationError(f"challenge too short: {len(message)} bytes")
    connection.send_bytes(b"{%s}" % _DIGEST.encode() + _keyed_hash(authkey, message))
    if connection.recv_bytes(256) != _WELCOME:
        raise AuthenticationError("digest sent was rejected")


class ConnectionWrapper:
    """A connection with a codec of its own."""

    def __init__(self, conn, dumps, loads):
        self._conn = conn
        self._dumps = dumps
        self._loads = loads
        for name in ("fileno", "close", "poll", "recv_bytes", "send_bytes"):
            setattr(self, name, getattr(conn, name))

    def send(self, obj):
        self._conn.send_bytes(self._dumps(obj))

    def recv(self):
        return self._loads(self._conn.recv_bytes())
