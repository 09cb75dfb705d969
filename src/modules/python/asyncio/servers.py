"""Servers: sockets that listen, and the connections that came through them."""

import os

from . import events, exceptions, log, trsock

__all__ = ('Server',)


class Server(events.AbstractServer):
    """What create_server() returns."""

    def __init__(self, loop, sockets, protocol_factory, backlog, files=None):
        self._loop = loop
        self._sockets = sockets
        self._protocol_factory = protocol_factory
        self._backlog = backlog
        # By socket: the number of the file that it is, which goes with it.
        self._files = files or {}
        self._transports = set()
        self._waiters = []
        self._serving = False
        self._serving_forever_fut = None

    def __repr__(self):
        return f'<{self.__class__.__name__} sockets={self.sockets!r}>'

    def _attach(self, transport):
        self._transports.add(transport)

    def _detach(self, transport):
        self._transports.discard(transport)
        if not self._transports and self._sockets is None:
            self._wakeup()

    def _wakeup(self):
        waiters, self._waiters = self._waiters, None
        for waiter in waiters or ():
            if not waiter.done():
                waiter.set_result(None)

    def _start_serving(self):
        if self._serving:
            return
        self._serving = True
        for sock in self._sockets:
            sock.listen(self._backlog)
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    def _accept(self, sock):
        """Take all connections that have come, as many as the backlog at once."""
        for _ in range(self._backlog + 1):
            try:
                connection, address = sock.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as exc:
                self._loop.call_exception_handler({
                    'message': 'socket.accept() out of system resource',
                    'exception': exc,
                    'socket': trsock.TransportSocket(sock),
                })
                # Perhaps there is room again in a second.
                self._loop._remove_reader(sock.fileno())
                self._loop.call_later(1, self._accept_again, sock)
                return
            connection.setblocking(False)
            try:
                from .selector_transports import _SelectorSocketTransport
                _SelectorSocketTransport(self._loop, connection, self._protocol_factory(),
                                         extra={'peername': address}, server=self)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                connection.close()
                self._loop.call_exception_handler({
                    'message': 'Error on transport creation for incoming connection',
                    'exception': exc,
                })

    def _accept_again(self, sock):
        if self._sockets is not None and sock in self._sockets:
            self._loop._add_reader(sock.fileno(), self._accept, sock)

    def get_loop(self):
        return self._loop

    def is_serving(self):
        return self._serving

    @property
    def sockets(self):
        """The sockets that it listens on."""
        return () if self._sockets is None else tuple(map(trsock.TransportSocket, self._sockets))

    def close(self):
        sockets, self._sockets = self._sockets, None
        if sockets is None:
            return
        for sock in sockets:
            self._loop._remove_reader(sock.fileno())
            path = sock.getsockname() if sock in self._files else None
            sock.close()
            if path is not None:
                self._remove_file(path, self._files.pop(sock))
        self._serving = False
        if self._serving_forever_fut is not None and not self._serving_forever_fut.done():
            self._serving_forever_fut.cancel()
            self._serving_forever_fut = None
        if not self._transports:
            self._wakeup()

    @staticmethod
    def _remove_file(path, number):
        """Remove the file of a socket, unless there is another one in its place."""
        try:
            if os.stat(path).st_ino == number:
                os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as err:
            log.error(f'Unable to clean up listening UNIX socket {path!r}: {err!r}')

    def close_clients(self):
        """Close the connections that are open."""
        for transport in self._transports.copy():
            transport.close()

    def abort_clients(self):
        """Close them at once."""
        for transport in self._transports.copy():
            transport.abort()

    async def start_serving(self):
        self._start_serving()
        # Others may be waiting to be told.
        from .waiting import sleep
        await sleep(0)

    async def serve_forever(self):
        if self._serving_forever_fut is not None:
            raise RuntimeError(f'server {self!r} is already being awaited on serve_forever()')
        if self._sockets is None:
            raise RuntimeError(f'server {self!r} is closed')
        self._start_serving()
        self._serving_forever_fut = self._loop.create_future()
        try:
            await self._serving_forever_fut
        except exceptions.CancelledError:
            try:
                self.close()
                self.close_clients()
                await self.wait_closed()
            finally:
                raise
        finally:
            self._serving_forever_fut = None

    async def wait_closed(self):
        """Wait until it is closed and its last connection is gone."""
        if self._waiters is None:
            return
        waiter = self._loop.create_future()
        self._waiters.append(waiter)
        await waiter
