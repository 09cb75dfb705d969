"""Logging configured over a network: a server that takes configurations, as dictionaries in JSON or as files of sections."""

import io
import json
import logging.config
import select
import socket
import struct
import threading
import traceback

_server = None


class Server(threading.Thread):
    """Takes configurations until it is told to stop; `ready` is set when it listens, and after each configuration."""

    def __init__(self, port, verify):
        super().__init__()
        self.port = port
        self.verify = verify
        self.ready = threading.Event()
        self.stopping = False

    def run(self):
        global _server
        try:
            listener = self._listen()
        except BaseException:
            # Nobody is to wait for ready for ever.
            self.ready.set()
            raise
        workers = []
        with listener:
            if self.port == 0:
                self.port = listener.getsockname()[1]
            with logging._lock:
                _server = self
            self.ready.set()
            while not self.stopping:
                if select.select([listener], [], [], 1)[0]:
                    workers.append(threading.Thread(target=self._take, args=(listener.accept()[0],)))
                    workers[-1].start()
        for worker in workers:
            worker.join()

    def _listen(self):
        family = socket.AF_INET
        try:
            families = [info[0] for info in socket.getaddrinfo("localhost", self.port, type=socket.SOCK_STREAM)]
            if family not in families:
                family = families[0]
        except OSError:
            pass
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("localhost", self.port))
            listener.listen(5)
        except BaseException:
            listener.close()
            raise
        return listener

    def _take(self, connection):
        """One configuration: four bytes of length, and as many bytes."""
        with connection:
            try:
                length = connection.recv(4)
                if len(length) == 4:
                    self._apply(self._received(connection, struct.unpack(">L", length)[0]))
                self.ready.set()
            except ConnectionResetError:
                pass

    def _received(self, connection, length):
        content = b""
        while len(content) < length and (piece := connection.recv(length - len(content))):
            content += piece
        return content

    def _apply(self, content):
        if self.verify is not None:
            content = self.verify(content)
        if content is None:
            return
        text = content.decode("utf-8")
        try:
            config = json.loads(text)
            assert isinstance(config, dict)
            logging.config.dictConfig(config)
        except Exception:
            try:
                logging.config.fileConfig(io.StringIO(text))
            except Exception:
                traceback.print_exc()


def stop():
    """Stop the server, if there is one."""
    global _server
    with logging._lock:
        if _server:
            _server.stopping = True
            _server = None
