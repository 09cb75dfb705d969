"""The processes that work for a pool, and the thread that deals with them.

Each worker has a connection of its own and one task at a time. So the pool knows who works on what: when a worker dies,
its task is known to be lost and nobody else waits for it, as everybody would for a lock that it took with it.
`multiprocessing.pool` and `concurrent.futures.process` differ in what they do with results and losses.
"""

__all__ = ()

import os
import selectors
import threading
from collections import deque

from . import util
from .connection import Pipe
from .reduction import ForkingPickler


# Seconds for a worker to end when it has been let go.
_PATIENCE = 10


def _end(process):
    """Wait for a process that has been let go, and give its descriptors up at once, not when it is collected."""
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    process._popen.close()


class Worker:
    """A process, the connection to it, and what it works on."""

    __slots__ = ("process", "connection", "task", "left")

    def __init__(self, process, connection, left):
        self.process = process
        self.connection = connection
        # The key of its task, None while it is idle.
        self.task = None
        # How many tasks more it takes, None without a limit.
        self.left = left


def work(connection, inherited, setup, perform):
    """What a worker does: one task after the other, until the connection ends."""
    for fd in inherited:
        # Ends of other workers' connections: these must end when the parent does.
        try:
            os.close(fd)
        except OSError:
            pass
    if setup is not None and not setup():
        return
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        if not message:
            return
        answer = perform(message)
        try:
            connection.send_bytes(answer)
        except (BrokenPipeError, ConnectionResetError):
            return
        # They may be large, and the next wait long.
        del message, answer


class Crew:
    """Workers, tasks that wait for one, and the thread that brings them together.

    The owner has `_started(key)`, false if the task is not wanted any more, `_finished(key, answer)` and
    `_failed(key, error)`, `_lost(worker)`, which says whether another worker is to take its place, and `_ended()`.
    They are called by the thread.
    """

    def __init__(self, owner, ctx, count, limit, setup, perform, name):
        self._owner = owner
        self._ctx = ctx
        self.count = count
        self._limit = limit
        self._setup = setup
        self._perform = perform
        self.workers = []
        self._tasks = deque()
        self._lock = threading.Lock()
        self._selector = selectors.PollSelector()
        # A byte in it wakes the thread; it is written only while the thread sleeps.
        self._bell, self._string = os.pipe()
        os.set_blocking(self._bell, False)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._sleeps = False
        self._closing = False
        self._killed = False
        self.thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self):
        """Start the workers, then the thread: a fork then finds few threads."""
        while len(self.workers) < self.count:
            self.hire()
        self.thread.start()

    def hire(self):
        """Start one more worker."""
        ours, theirs = Pipe()
        forks = self._ctx.get_start_method() == "fork"
        inherited = [ours.fileno(), self._bell, self._string] if forks else []
        if forks:
            inherited += [worker.connection.fileno() for worker in self.workers if not worker.connection.closed]
        try:
            process = self._owner._new_process(self._ctx, work, (theirs, inherited, self._setup, self._perform))
            process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        worker = Worker(process, ours, self._limit)
        self.workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)

    def put(self, tasks):
        """Have tasks done: pairs of a key and what is sent for it."""
        with self._lock:
            self._tasks.extend(tasks)
            self._ring()

    def waiting(self):
        """How many tasks wait."""
        return len(self._tasks)

    def close(self):
        """Let the workers go when there is nothing left to do."""
        with self._lock:
            self._closing = True
            self._ring()

    def kill(self, terminate):
        """End the workers, whatever they do."""
        with self._lock:
            self._killed = self._closing = True
            self._tasks.clear()
            for worker in self.workers:
                terminate(worker.process)
            self._ring()

    def _ring(self):
        if self._sleeps:
            self._sleeps = False
            os.write(self._string, b"!")

    def _run(self):
        try:
            while not self._is_done():
                self._hand_out()
                if self._is_done():
                    break
                with self._lock:
                    self._sleeps = not (self._killed or self._tasks and self._idle() is not None)
                for key, _ in self._selector.select(None if self._sleeps else 0):
                    if key.data is None:
                        self._hush()
                    else:
                        self._receive(key.data)
                self._sleeps = False
        finally:
            self._let_go()
            self._owner._ended()

    def _hush(self):
        try:
            os.read(self._bell, 4096)
        except BlockingIOError:
            pass

    def _is_done(self):
        if self._killed:
            return True
        return self._closing and not self._tasks and not any(worker.task is not None for worker in self.workers)

    def _idle(self):
        for worker in self.workers:
            if worker.task is None and worker.left != 0:
                return worker
        return None

    def _hand_out(self):
        """Give tasks to workers that have none."""
        while self._tasks and not self._killed:
            worker = self._idle()
            if worker is None:
                return
            try:
                key, content = self._tasks.popleft()
            except IndexError:
                return
            if not self._owner._started(key):
                continue
            try:
                message = ForkingPickler.dumps((key, content))
            except Exception as error:
                self._owner._failed(key, error)
                continue
            worker.task = key
            if worker.left is not None:
                worker.left -= 1
            try:
                worker.connection.send_bytes(message)
            except OSError:
                self._bury(worker)

    def _receive(self, worker):
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):
            self._bury(worker)
            return
        key, worker.task = worker.task, None
        if worker.left == 0:
            self._bury(worker)
        # The next task first: the worker need not wait for what is done with the result.
        self._hand_out()
        try:
            answer = ForkingPickler.loads(message)
        except Exception as error:
            self._owner._failed(key, error)
            return
        self._owner._finished(key, answer)

    def _bury(self, worker):
        """The worker's end of the connection is closed: it has ended, or is about to."""
        self._selector.unregister(worker.connection)
        worker.connection.close()
        _end(worker.process)
        if self._killed:
            return
        self.workers.remove(worker)
        if self._owner._lost(worker) and not (self._closing and not self._tasks):
            self.hire()

    def _let_go(self):
        """Send the workers home and wait for them."""
        for worker in self.workers:
            if not worker.connection.closed:
                worker.connection.close()
        for worker in self.workers:
            _end(worker.process)
        self._selector.close()
        with self._lock:
            self._sleeps = False
            util.close_fds(self._bell, self._string)
