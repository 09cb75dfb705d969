"""The processes that work for a pool, and the thread that deals with them.

Each worker has a connection of its own, so the pool knows who works on what: when a worker dies, its task is known to be
lost and nobody else waits for it, as everybody would for a lock that it took with it. A worker gets one task at a time;
one that was quick last time gets a few more to go on with while its results are on the way.
`multiprocessing.pool` and `concurrent.futures.process` differ in what they do with results and losses.
"""

__all__ = ()

import os
import select
import threading
from collections import deque
from time import monotonic

from _multiprocessing import is_counted, leave_counters, receive_message, send_message

from . import process, util
from .connection import Pipe
from .reduction import ForkingPickler


# Seconds for a worker to end when it has been let go.
_PATIENCE = 10
# A worker that has answered within so many seconds gets up to so many tasks at once.
_QUICK = 0.002
_AHEAD = 4
# What is longer is only sent to a worker that reads: one with a result to send may wait for that to be read.
_SMALL = 4096


def _end(process):
    """Wait for a process that has been let go, and give its descriptors up at once, not when it is collected."""
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    process._popen.close()


class Worker:
    """A process, the connection to it, and what it works on."""

    __slots__ = ("process", "connection", "fd", "tasks", "room", "since", "left")

    def __init__(self, process, connection, left):
        self.process = process
        self.connection = connection
        self.fd = connection.fileno()
        # Keys and contents of its tasks; it works on the first.
        self.tasks = deque()
        # How many it may have, and since when it has worked on the first.
        self.room = 1
        self.since = 0.0
        # How many tasks more it takes, None without a limit.
        self.left = left

    @property
    def task(self):
        """The key of the task that it works on, None while it is idle."""
        return self.tasks[0][0] if self.tasks else None


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
    fd = connection.fileno()
    counted = is_counted()
    while True:
        try:
            message = receive_message(fd)
        except (EOFError, OSError):
            return
        answer = perform(message)
        try:
            send_message(fd, answer)
        except (BrokenPipeError, ConnectionResetError):
            return
        # They may be large, and the next wait long.
        del message, answer
        if counted and not select.select([fd], [], [], 0)[0]:
            # It may be ended while it waits.
            leave_counters(process.current_process().name, True)


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
        # A task that has been taken from there, and what is sent for it, while no worker can have it.
        self._ready = None
        self._lock = threading.Lock()
        self._poll = select.poll()
        self._by_fd = {}
        # A byte in it wakes the thread; it is written only while the thread sleeps.
        self._bell, self._string = os.pipe()
        os.set_blocking(self._bell, False)
        self._poll.register(self._bell, select.POLLIN)
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
        self._by_fd[worker.fd] = worker
        self._poll.register(worker.fd, select.POLLIN)

    def put(self, tasks):
        """Have tasks done: pairs of a key and what is sent for it."""
        with self._lock:
            self._tasks.extend(tasks)
            self._ring()

    def waiting(self):
        """How many tasks wait."""
        return len(self._tasks)

    def is_over(self):
        """Whether nothing is done any more."""
        return self._killed

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
                    self._sleeps = not (self._killed or self._tasks and self._ready is None and self._idle() is not None)
                for fd, _ in self._poll.poll(None if self._sleeps else 0):
                    if fd == self._bell:
                        self._hush()
                    elif (worker := self._by_fd.get(fd)) is not None:
                        self._receive(worker)
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
        return self._closing and not self._tasks and self._ready is None and not any(worker.tasks for worker in self.workers)

    def _idle(self):
        """The worker that has the fewest tasks, if one has room for another."""
        best = None
        for worker in self.workers:
            count = len(worker.tasks)
            if worker.left != 0 and count < worker.room and (best is None or count < len(best.tasks)):
                if not count:
                    return worker
                best = worker
        return best

    def _hand_out(self):
        """Give tasks to workers that have room for them."""
        while not self._killed:
            worker = self._idle()
            if worker is None or self._ready is None and not self._prepare():
                return
            task, message = self._ready
            if worker.tasks and len(message) > _SMALL:
                # It may be waiting itself, for its result to be read.
                return
            self._ready = None
            self._give(worker, task, message)

    def _prepare(self):
        """Takes the next task and what is sent for it; false if there is none."""
        while self._tasks:
            try:
                task = self._tasks.popleft()
            except IndexError:
                break
            if not self._owner._started(task[0]):
                continue
            try:
                self._ready = task, ForkingPickler.dumps(task)
            except Exception as error:
                self._owner._failed(task[0], error)
                continue
            return True
        return False

    def _give(self, worker, task, message):
        if not worker.tasks:
            worker.since = monotonic()
        worker.tasks.append(task)
        if worker.left is not None:
            worker.left -= 1
        try:
            send_message(worker.fd, message)
        except OSError:
            self._bury(worker)

    def _receive(self, worker):
        try:
            message = receive_message(worker.fd)
        except (EOFError, OSError):
            self._bury(worker)
            return
        key, _ = worker.tasks.popleft()
        now = monotonic()
        worker.room = _AHEAD if now - worker.since < _QUICK and self._limit is None else 1
        worker.since = now
        if worker.left == 0 and not worker.tasks:
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
        self._poll.unregister(worker.fd)
        del self._by_fd[worker.fd]
        worker.connection.close()
        _end(worker.process)
        if self._killed:
            return
        self.workers.remove(worker)
        if len(worker.tasks) > 1:
            # It had not begun with these.
            with self._lock:
                self._tasks.extendleft(reversed(list(worker.tasks)[1:]))
        if not self._owner._lost(worker):
            self._killed = self._killed or not self.workers
        elif not self._closing or self._tasks or self._ready is not None:
            self.hire()

    def _let_go(self):
        """Send the workers home and wait for them."""
        for worker in self.workers:
            if not worker.connection.closed:
                worker.connection.close()
        for worker in self.workers:
            _end(worker.process)
        self._by_fd.clear()
        with self._lock:
            self._sleeps = False
            util.close_fds(self._bell, self._string)
