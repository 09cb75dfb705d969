"""`multiprocessing.connection` for threads: two queues make a pipe."""

__all__ = ["Client", "Listener", "Pipe"]

from queue import Queue

families = [None]


class Listener:
    """Where clients of the same process are accepted."""

    def __init__(self, address=None, family=None, backlog=1):
        self._backlog_queue = Queue(backlog)

    def accept(self):
        return Connection(*self._backlog_queue.get())

    def close(self):
        self._backlog_queue = None

    @property
    def address(self):
        return self._backlog_queue

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def Client(address):
    """A connection to a listener, which is known by its address."""
    to, back = Queue(), Queue()
    address.put((to, back))
    return Connection(back, to)


def Pipe(duplex=True):
    """Two connections that are each other's ends."""
    one, other = Queue(), Queue()
    return Connection(one, other), Connection(other, one)


class Connection:
    """An end of a pipe."""

    def __init__(self, _in, _out):
        self._in = _in
        self._out = _out
        self.send = self.send_bytes = _out.put
        self.recv = self.recv_bytes = _in.get

    def poll(self, timeout=0.0):
        if self._in.qsize() > 0:
            return True
        if timeout <= 0.0:
            return False
        with self._in.not_empty:
            self._in.not_empty.wait(timeout)
        return self._in.qsize() > 0

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()
