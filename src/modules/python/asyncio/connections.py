"""How a loop makes connections and servers."""

import os
import socket

from . import log

__all__ = ()

_EADDRINUSE = 98

# The kind of file that a socket is, in a mode.
_SOCKET = 0o140000


def _bind_error(exc, address):
    return OSError(exc.errno, f'error while attempting to bind on address {address!r}: {str(exc).lower()}')


def _interleaved(found, first):
    """The addresses, by turns of each family, after so many of the first family but one."""
    families = {}
    for info in found:
        families.setdefault(info[0], []).append(info)
    queues = list(families.values())
    ahead, queues[0] = queues[0][:first - 1], queues[0][first - 1:]
    for round in range(max(map(len, queues))):
        ahead += [queue[round] for queue in queues if round < len(queue)]
    return ahead


class _Connections:
    """The create_* methods of a loop."""

    def _start_stream(self, sock, protocol, waiter=None, **kwargs):
        from .selector_transports import _SelectorSocketTransport
        return _SelectorSocketTransport(self, sock, protocol, waiter, **kwargs)

    async def _started(self, start, file, protocol_factory):
        """The transport that `start(file, protocol, waiter)` makes, once its protocol knows of it; and the protocol."""
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = start(file, protocol, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def _connected(self, sock, protocol_factory):
        """The transport and protocol of a socket that is connected."""
        sock.setblocking(False)
        return await self._started(self._start_stream, sock, protocol_factory)

    @staticmethod
    def _refuse_encryption(ssl, handshake_timeout=None, shutdown_timeout=None, hostname=None):
        if ssl:
            raise NotImplementedError('encrypted connections are not supported')
        for name, given in (('server_hostname', hostname), ('ssl_handshake_timeout', handshake_timeout),
                            ('ssl_shutdown_timeout', shutdown_timeout)):
            if given is not None:
                raise ValueError(f'{name} is only meaningful with ssl')

    def _refuse_encryption_of_server(self, ssl, handshake_timeout, shutdown_timeout):
        if isinstance(ssl, bool):
            raise TypeError('ssl argument must be an SSLContext or None')
        self._refuse_encryption(ssl, handshake_timeout, shutdown_timeout)

    async def create_connection(self, protocol_factory, host=None, port=None, *, ssl=None, family=0, proto=0, flags=0,
                                sock=None, local_addr=None, server_hostname=None, ssl_handshake_timeout=None,
                                ssl_shutdown_timeout=None, happy_eyeballs_delay=None, interleave=None,
                                all_errors=False):
        """Connect to (host, port), or use a socket that is connected; return (transport, protocol)."""
        self._refuse_encryption(ssl, ssl_handshake_timeout, ssl_shutdown_timeout, server_hostname)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            found = await self._ensure_resolved((host, port), family=family, type=socket.SOCK_STREAM,
                                                proto=proto, flags=flags)
            if not found:
                raise OSError('getaddrinfo() returned empty list')
            if interleave is None and happy_eyeballs_delay is not None:
                interleave = 1
            if interleave:
                found = _interleaved(found, interleave)
            sock = await self._connect_first(found, local_addr, all_errors, happy_eyeballs_delay)
        elif sock is None:
            raise ValueError('host and port was not specified and no sock specified')
        elif sock.type != socket.SOCK_STREAM:
            raise ValueError(f'A Stream Socket was expected, got {sock!r}')
        return await self._connected(sock, protocol_factory)

    async def _connect_first(self, found, local_addr, all_errors, advance):
        """A socket that is connected to the first address that answers; each address is tried alone, or has an advance."""
        failures = []
        if advance is None:
            for info in found:
                try:
                    return await self._connect_one(info, local_addr)
                except OSError as exc:
                    failures.append(exc)
        else:
            from .staggered import staggered_race
            sock, winner, raised = await staggered_race(
                [lambda info=info: self._connect_one(info, local_addr) for info in found], advance, loop=self)
            if winner is not None:
                return sock
            failures += [exc for exc in raised if isinstance(exc, OSError)]
            raised = None
        try:
            if not failures:
                raise TimeoutError('create_connection failed')
            if all_errors:
                raise ExceptionGroup('create_connection failed', failures)
            texts = [str(exc) for exc in failures]
            if len(failures) == 1 or all(text == texts[0] for text in texts):
                raise failures[0]
            raise OSError('Multiple exceptions: {}'.format(', '.join(texts)))
        finally:
            failures = None

    async def _connect_one(self, info, local_addr):
        family, kind, proto, _, address = info
        sock = socket.socket(family=family, type=kind, proto=proto)
        try:
            sock.setblocking(False)
            if local_addr is not None:
                try:
                    sock.bind(local_addr)
                except OSError as exc:
                    raise _bind_error(exc, local_addr) from None
            await self.sock_connect(sock, address)
        except:
            sock.close()
            raise
        return sock

    async def connect_accepted_socket(self, protocol_factory, sock, *, ssl=None, ssl_handshake_timeout=None,
                                      ssl_shutdown_timeout=None):
        """Handle a connection that was accepted elsewhere."""
        self._refuse_encryption(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if sock.type != socket.SOCK_STREAM:
            raise ValueError(f'A Stream Socket was expected, got {sock!r}')
        return await self._connected(sock, protocol_factory)

    async def create_unix_connection(self, protocol_factory, path=None, *, ssl=None, sock=None, server_hostname=None,
                                     ssl_handshake_timeout=None, ssl_shutdown_timeout=None):
        """Connect to a Unix socket."""
        self._refuse_encryption(ssl, ssl_handshake_timeout, ssl_shutdown_timeout, server_hostname)
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0)
            try:
                sock.setblocking(False)
                await self.sock_connect(sock, os.fspath(path))
            except:
                sock.close()
                raise
        elif sock is None:
            raise ValueError('no path and sock were specified')
        else:
            self._check_unix(sock)
        return await self._connected(sock, protocol_factory)

    async def create_server(self, protocol_factory, host=None, port=None, *, family=socket.AF_UNSPEC,
                            flags=socket.AI_PASSIVE, sock=None, backlog=100, ssl=None, reuse_address=None,
                            reuse_port=None, keep_alive=None, ssl_handshake_timeout=None, ssl_shutdown_timeout=None,
                            start_serving=True):
        """Listen at (host, port): each connection gets a protocol of its own."""
        self._refuse_encryption_of_server(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if host is not None or port is not None:
            if sock is not None:
                raise ValueError('host/port and sock can not be specified at the same time')
            if reuse_address is None:
                reuse_address = True
            hosts = [None] if host in ('', None) else [host] if isinstance(host, str) else host
            found = []
            for name in hosts:
                for info in await self._ensure_resolved((name, port), family=family, type=socket.SOCK_STREAM,
                                                        flags=flags):
                    if info not in found:
                        found.append(info)
            sockets = []
            try:
                for info in found:
                    made = self._listen_at(info, reuse_address, reuse_port, keep_alive)
                    if made is not None:
                        sockets.append(made)
            except:
                for made in sockets:
                    made.close()
                raise
            if not sockets:
                raise OSError('could not bind on any address out of %r' % ([info[4] for info in found],))
        else:
            if sock is None:
                raise ValueError('Neither host/port nor sock were specified')
            if sock.type != socket.SOCK_STREAM:
                raise ValueError(f'A Stream Socket was expected, got {sock!r}')
            sockets = [sock]
        return await self._serve(sockets, protocol_factory, backlog, start_serving)

    def _listen_at(self, info, reuse_address, reuse_port, keep_alive):
        """A socket bound to an address; None where the system does not know the family."""
        family, kind, proto, _, address = info
        try:
            sock = socket.socket(family, kind, proto)
        except OSError:
            return None
        try:
            if reuse_address:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
            if reuse_port:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if keep_alive:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, True)
            try:
                sock.bind(address)
            except OSError as exc:
                raise _bind_error(exc, address) from None
        except:
            sock.close()
            raise
        return sock

    async def _serve(self, sockets, protocol_factory, backlog, start_serving, files=None):
        from .servers import Server
        for sock in sockets:
            sock.setblocking(False)
        server = Server(self, sockets, protocol_factory, backlog, files)
        if start_serving:
            await server.start_serving()
        return server

    @staticmethod
    def _check_unix(sock):
        if sock.family != socket.AF_UNIX or sock.type != socket.SOCK_STREAM:
            raise ValueError(f'A UNIX Domain Stream Socket was expected, got {sock!r}')

    async def create_unix_server(self, protocol_factory, path=None, *, sock=None, backlog=100, ssl=None,
                                 ssl_handshake_timeout=None, ssl_shutdown_timeout=None, start_serving=True,
                                 cleanup_socket=True):
        """Listen at a path."""
        self._refuse_encryption_of_server(ssl, ssl_handshake_timeout, ssl_shutdown_timeout)
        if path is not None:
            if sock is not None:
                raise ValueError('path and sock can not be specified at the same time')
            path = os.fspath(path)
            sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                # What an earlier server has left there is in the way.
                if path[0] not in (0, '\x00'):
                    try:
                        if os.stat(path).st_mode & 0o170000 == _SOCKET:
                            os.remove(path)
                    except FileNotFoundError:
                        pass
                    except OSError as exc:
                        log.error(f'Unable to check or remove stale UNIX socket {path!r}: {exc!r}')
                try:
                    sock.bind(path)
                except OSError as exc:
                    if exc.errno != _EADDRINUSE:
                        raise
                    raise OSError(_EADDRINUSE, f'Address {path!r} is already in use') from None
            except:
                sock.close()
                raise
        elif sock is None:
            raise ValueError('path was not specified, and no sock specified')
        else:
            self._check_unix(sock)
        files = {}
        if cleanup_socket:
            path = sock.getsockname()
            if path[0] not in (0, '\x00'):
                try:
                    files[sock] = os.stat(path).st_ino
                except FileNotFoundError:
                    pass
        return await self._serve([sock], protocol_factory, backlog, start_serving, files)

    async def create_datagram_endpoint(self, protocol_factory, local_addr=None, remote_addr=None, *, family=0, proto=0,
                                       flags=0, reuse_port=None, allow_broadcast=None, sock=None):
        """A transport and protocol for datagrams."""
        from .selector_transports import _SelectorDatagramTransport
        if sock is None:
            if not (local_addr or remote_addr or family):
                raise ValueError('unexpected address family')
            for address in (local_addr, remote_addr):
                if address is not None and not isinstance(address, str) and len(address) != 2:
                    raise TypeError('2-tuple is expected')
            sock = await self._datagram_socket(local_addr, remote_addr, family, proto, flags, reuse_port,
                                               allow_broadcast)
        elif sock.type == socket.SOCK_STREAM:
            raise ValueError(f'A datagram socket was expected, got {sock!r}')
        sock.setblocking(False)
        protocol = protocol_factory()
        waiter = self.create_future()
        transport = _SelectorDatagramTransport(self, sock, protocol, remote_addr, waiter)
        try:
            await waiter
        except:
            transport.close()
            raise
        return transport, protocol

    async def _datagram_socket(self, local_addr, remote_addr, family, proto, flags, reuse_port, allow_broadcast):
        found = {}
        for name, address in (('local', local_addr), ('remote', remote_addr)):
            if address is not None:
                infos = await self._ensure_resolved(address, family=family, type=socket.SOCK_DGRAM, proto=proto,
                                                    flags=flags)
                found[name] = infos[0]
        info = next(iter(found.values()), None)
        sock = socket.socket(info[0] if info else family, socket.SOCK_DGRAM, proto)
        try:
            if reuse_port:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            if allow_broadcast:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            sock.setblocking(False)
            if 'local' in found:
                sock.bind(found['local'][4])
            if 'remote' in found:
                await self.sock_connect(sock, found['remote'][4])
        except:
            sock.close()
            raise
        return sock
