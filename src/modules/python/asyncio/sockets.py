"""What coroutines can do with sockets directly."""

import os
import socket

from . import exceptions
from .waiting import sleep

__all__ = ()

# As many bytes of a file are sent at once.
_BLOCK = 256 * 1024


def _check_file(sock, file, offset, count):
    if 'b' not in getattr(file, 'mode', 'b'):
        raise ValueError("file should be opened in binary mode")
    if not sock.type == socket.SOCK_STREAM:
        raise ValueError("only SOCK_STREAM type sockets are supported")
    if count is not None:
        if not isinstance(count, int):
            raise TypeError(f"count must be a positive integer (got {count!r})")
        if count <= 0:
            raise ValueError(f"count must be a positive integer (got {count!r})")
    if not isinstance(offset, int):
        raise TypeError(f"offset must be a non-negative integer (got {offset!r})")
    if offset < 0:
        raise ValueError(f"offset must be a non-negative integer (got {offset!r})")


class _Sockets:
    """The sock_* methods of a loop. The sockets must not block."""

    def _check_does_not_block(self, sock):
        if self._debug and sock.gettimeout() != 0:
            raise ValueError("the socket must be non-blocking")

    async def _until_done(self, sock, call, *, writing=False):
        """Try a call now, and again each time that the socket is ready, until it does not block."""
        self._check_does_not_block(sock)
        try:
            return call()
        except (BlockingIOError, InterruptedError):
            pass
        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        future = self.create_future()

        def again():
            if future.done():
                return
            try:
                result = call()
            except (BlockingIOError, InterruptedError):
                return
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                future.set_exception(exc)
            else:
                future.set_result(result)

        handle = (self._add_writer if writing else self._add_reader)(fd, again)
        try:
            return await future
        finally:
            if not handle.cancelled():
                (self._remove_writer if writing else self._remove_reader)(fd)

    async def sock_recv(self, sock, n):
        """Receive up to n bytes."""
        return await self._until_done(sock, lambda: sock.recv(n))

    async def sock_recv_into(self, sock, buf):
        """Receive into a buffer; return how many bytes."""
        return await self._until_done(sock, lambda: sock.recv_into(buf))

    async def sock_recvfrom(self, sock, bufsize):
        """Receive a datagram and its sender's address."""
        return await self._until_done(sock, lambda: sock.recvfrom(bufsize))

    async def sock_recvfrom_into(self, sock, buf, nbytes=0):
        """Receive a datagram into a buffer; return how many bytes, and its sender's address."""
        return await self._until_done(sock, lambda: sock.recvfrom_into(buf, nbytes or len(buf)))

    async def sock_sendall(self, sock, data):
        """Send all of the data."""
        left = memoryview(data)
        while left:
            sent = await self._until_done(sock, lambda: sock.send(left), writing=True)
            left = left[sent:]

    async def sock_sendto(self, sock, data, address):
        """Send a datagram."""
        return await self._until_done(sock, lambda: sock.sendto(data, address), writing=True)

    async def sock_connect(self, sock, address):
        """Connect a socket."""
        self._check_does_not_block(sock)
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            found = await self._ensure_resolved(address, family=sock.family, type=sock.type, proto=sock.proto)
            address = found[0][4]
        try:
            sock.connect(address)
            return
        except (BlockingIOError, InterruptedError):
            pass

        def outcome():
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, f'Connect call failed {address}')

        fd = sock.fileno()
        self._ensure_fd_no_transport(fd)
        future = self.create_future()

        def ready():
            if future.done():
                return
            try:
                outcome()
            except OSError as exc:
                future.set_exception(exc)
            else:
                future.set_result(None)

        handle = self._add_writer(fd, ready)
        try:
            await future
        finally:
            if not handle.cancelled():
                self._remove_writer(fd)

    async def sock_accept(self, sock):
        """Wait for a connection; return its socket and the client's address."""
        made, address = await self._until_done(sock, sock.accept)
        made.setblocking(False)
        return made, address

    async def sock_sendfile(self, sock, file, offset=0, count=None, *, fallback=True):
        """Send a file from offset on, to its end or count bytes of it; return how many were sent."""
        _check_file(sock, file, offset, count)
        self._check_does_not_block(sock)
        total = 0
        try:
            source = file.fileno()
        except (AttributeError, OSError):
            # No file of the system's: its bytes are read here.
            if not fallback:
                raise exceptions.SendfileNotAvailableError("not a regular file") from None
            file.seek(offset)
            while (size := _BLOCK if count is None else min(count - total, _BLOCK)) > 0:
                data = await self.run_in_executor(None, file.read, size)
                if not data:
                    break
                await self.sock_sendall(sock, data)
                total += len(data)
            return total
        try:
            while (size := _BLOCK if count is None else min(count - total, _BLOCK)) > 0:
                place = offset + total
                sent = await self._until_done(sock, lambda: os.sendfile(sock.fileno(), source, place, size), writing=True)
                if sent == 0:
                    break
                total += sent
                # Others have their turn, however fast it is taken.
                await sleep(0)
            return total
        finally:
            if total > 0:
                file.seek(offset + total)

    async def sendfile(self, transport, file, offset=0, count=None, *, fallback=True):
        """Send a file through a transport, behind what was written to it; return how many bytes were sent."""
        if transport.is_closing():
            raise RuntimeError("Transport is closing")
        if not getattr(transport, '_sends_files', False):
            raise RuntimeError(f"sendfile is not supported for transport {transport!r}")
        was_reading = transport.is_reading()
        transport.pause_reading()
        fd = transport._fd
        try:
            await transport._wait_until_empty()
            # The socket is lent out meanwhile.
            del self._transports[fd]
            try:
                sent = await self.sock_sendfile(transport._sock, file, offset, count, fallback=fallback)
                if not sent:
                    file.seek(offset)
                return sent
            finally:
                if transport._sock is not None:
                    self._transports[fd] = transport
        finally:
            transport._end_of_waiting()
            if was_reading:
                transport.resume_reading()

    async def start_tls(self, transport, protocol, sslcontext, *, server_side=False, server_hostname=None,
                        ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """There is no `ssl`, so that nothing can be the context that this needs."""
        raise TypeError(f'sslcontext is expected to be an instance of ssl.SSLContext, got {sslcontext!r}')

    async def getaddrinfo(self, host, port, *, family=0, type=0, proto=0, flags=0):
        """socket.getaddrinfo() in a thread."""
        return await self.run_in_executor(None, socket.getaddrinfo, host, port, family, type, proto, flags)

    async def getnameinfo(self, sockaddr, flags=0):
        """socket.getnameinfo() in a thread."""
        return await self.run_in_executor(None, socket.getnameinfo, sockaddr, flags)

    async def _ensure_resolved(self, address, *, family=0, type=socket.SOCK_STREAM, proto=0, flags=0):
        """The addresses of (host, port); a thread is only asked where a name has to be looked up."""
        host, port = address[:2]
        known = _numeric(host, port, family, type, proto)
        if known is not None:
            return [known]
        return await self.getaddrinfo(host, port, family=family, type=type, proto=proto, flags=flags)


def _numeric(host, port, family, kind, proto):
    """The address of a host that is a number."""
    if not isinstance(host, str) or not isinstance(port, int) or kind not in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        return None
    if not proto:
        proto = socket.IPPROTO_TCP if kind == socket.SOCK_STREAM else socket.IPPROTO_UDP
    for candidate in (socket.AF_INET, socket.AF_INET6):
        if family in (0, candidate):
            try:
                socket.inet_pton(candidate, host)
            except OSError:
                continue
            address = (host, port) if candidate == socket.AF_INET else (host, port, 0, 0)
            return candidate, kind, proto, '', address
    return None
