"""Pools of processes, and of threads, that do what they are given."""

__all__ = ["Pool", "ThreadPool"]

import itertools
import os
import queue
import threading
import time
import types
import warnings
from collections import deque
from functools import partial

from . import ProcessError, TimeoutError, get_context, util
from ._crew import Crew
from .reduction import ForkingPickler

INIT = "INIT"
RUN = "RUN"
CLOSE = "CLOSE"
TERMINATE = "TERMINATE"

job_counter = itertools.count()


def mapstar(args):
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


# Errors that come from elsewhere

class RemoteTraceback(Exception):
    """The cause of an error that another process raised: where it did."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way to another process, with its traceback as text."""

    def __init__(self, exc, tb):
        import traceback
        text = "".join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        self.tb = f'\n"""\n{text}"""'

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """Wraps possible unpickleable errors, so they can be safely sent through the socket."""

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"


# In the workers

def _set_up(initializer, initargs):
    """Runs the initializer; what it raises ends the worker."""
    initializer(*initargs)
    return True


def _call(func, args, kwds, wrap):
    """Whether a call succeeded, and what came of it."""
    try:
        return True, func(*args, **kwds)
    except Exception as error:
        if wrap:
            error = ExceptionWithTraceback(error, error.__traceback__)
        return False, error


def _perform(message):
    """Does a task; the answer as a pickle."""
    try:
        _, (func, args, kwds) = ForkingPickler.loads(message)
    except Exception as error:
        answer = False, ExceptionWithTraceback(error, error.__traceback__)
    else:
        answer = _call(func, args, kwds, True)
    try:
        return ForkingPickler.dumps(answer)
    except Exception as error:
        return ForkingPickler.dumps((False, MaybeEncodingError(error, answer[1])))


# Results

class ApplyResult:
    """The result of a call, when it is there."""

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        self._event = threading.Event()
        self._job = next(job_counter)
        self._callback = callback
        self._error_callback = error_callback
        pool._jobs[self._job] = self

    def ready(self):
        """Whether the call has been made."""
        return self._event.is_set()

    def successful(self):
        """Whether the call raised nothing."""
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        """Wait until the result is there, or the time is over."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """What the call returned; what it raised is raised."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, answer):
        self._settle(*answer)

    def _abandon(self, error):
        """The call will not be made."""
        self._error_callback = None
        self._settle(False, error)

    def _settle(self, success, value):
        self._success, self._value = success, value
        callback = self._callback if success else self._error_callback
        if callback:
            callback(value)
        self._event.set()
        self._pool._jobs.pop(self._job, None)
        self._pool = None

    __class_getitem__ = classmethod(types.GenericAlias)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of many calls, when they are all there."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        # Threads of a pool bring their answers at the same time.
        self._lock = threading.Lock()
        # Where the error is that will be raised: the first one, in whatever order they come.
        self._failed_at = None
        self._number_left = -(-length // chunksize) if chunksize > 0 else 0
        if not self._number_left:
            self._event.set()
            pool._jobs.pop(self._job, None)

    def _set(self, i, answer):
        success, value = answer
        with self._lock:
            self._number_left -= 1
            if success and self._success:
                self._value[i * self._chunksize:(i + 1) * self._chunksize] = value
            elif not success and (self._failed_at is None or i < self._failed_at):
                self._success, self._value, self._failed_at = False, value, i
            is_last = self._number_left == 0
        if is_last:
            self._settle(self._success, self._value)


class IMapIterator:
    """Results one by one, in the order of the calls."""

    def __init__(self, pool):
        self._pool = pool
        self._cond = threading.Condition(threading.Lock())
        self._job = next(job_counter)
        self._items = deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        pool._jobs[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result; TimeoutError if it does not come in time."""
        with self._cond:
            if not self._items and not self._is_over():
                self._cond.wait(timeout)
            if not self._items:
                if self._is_over():
                    self._pool = None
                    raise StopIteration
                raise TimeoutError
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _is_over(self):
        return self._index == self._length

    def _set(self, i, answer):
        with self._cond:
            self._add(i, answer)
            self._forget_if_over()

    def _add(self, i, answer):
        self._unsorted[i] = answer
        while self._index in self._unsorted:
            self._items.append(self._unsorted.pop(self._index))
            self._index += 1
        if self._items:
            self._cond.notify()

    def _abandon(self, error):
        with self._cond:
            self._items.append((False, error))
            self._length = self._index
            self._cond.notify()

    def _set_length(self, length):
        with self._cond:
            self._length = length
            self._forget_if_over()

    def _forget_if_over(self):
        if self._is_over():
            self._cond.notify()
            if self._pool is not None:
                self._pool._jobs.pop(self._job, None)


class IMapUnorderedIterator(IMapIterator):
    """Results one by one, as they come."""

    def _add(self, i, answer):
        self._items.append(answer)
        self._index += 1
        self._cond.notify()


# Pools

class Pool:
    """Processes that calls are distributed to."""

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._state = INIT
        self._jobs = {}
        self._ctx = context or get_context()
        if processes is None:
            processes = os.process_cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._maxtasksperchild = maxtasksperchild
        # Iterables that are still being read, each by a thread of its own.
        self._feeders = []
        self._hire(initializer, initargs)
        self._terminate = util.Finalize(self, self._terminate_crew, args=(self._crew, self._jobs), exitpriority=15)
        self._state = RUN

    def _hire(self, initializer, initargs):
        setup = partial(_set_up, initializer, initargs) if initializer is not None else None
        owner = _Owner(self._jobs, self.Process)
        self._crew = Crew(owner, self._ctx, self._processes, self._maxtasksperchild, setup, _perform, "PoolWorkers")
        self._crew.start()

    @property
    def _pool(self):
        return [worker.process for worker in self._crew.workers]

    def __del__(self):
        if getattr(self, "_state", None) == RUN:
            warnings.warn(f"unclosed running multiprocessing pool {self!r}", ResourceWarning, source=self)

    def __repr__(self):
        cls = type(self)
        return f"<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>"

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def _check_running(self):
        if self._state != RUN or self._crew.is_over():
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        """Call func and wait for what it returns."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """Have func called; the result is asked for later."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._crew.put([((result._job, 0), (func, args, kwds))])
        return result

    def map(self, func, iterable, chunksize=None):
        """Call func with each item; the list of what it returns."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """Have func called with each item; the results are asked for later."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        """As map, where each item is the arguments of a call."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """As map_async, where each item is the arguments of a call."""
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, "__len__"):
            iterable = list(iterable)
        if chunksize is None:
            # Four chunks for each worker: few messages, and no worker is done long before the others.
            chunksize = -(-len(iterable) // (self._processes * 4))
        if not iterable:
            chunksize = 0
        result = MapResult(self, chunksize, len(iterable), callback, error_callback)
        chunks = enumerate(_chunks(iterable, chunksize))
        self._crew.put([((result._job, i), (mapper, ((func, chunk),), {})) for i, chunk in chunks])
        return result

    def imap(self, func, iterable, chunksize=1):
        """As map, but the items are read and the results given one by one."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """As imap, with the results as they come."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        result = kind(self)
        if chunksize == 1:
            tasks = ((func, (item,), {}) for item in iterable)
        else:
            tasks = ((mapstar, ((func, chunk),), {}) for chunk in _chunks(iterable, chunksize))
        feeder = threading.Thread(target=self._feed, args=(result, tasks), name="PoolFeeder", daemon=True)
        self._feeders = [one for one in self._feeders if one.is_alive()] + [feeder]
        feeder.start()
        return result if chunksize == 1 else itertools.chain.from_iterable(result)

    def _feed(self, result, tasks):
        """Reads an iterable as fast as its items are worked on."""
        count = 0
        try:
            for task in tasks:
                while self._crew.waiting() > 16 * self._processes and self._state != TERMINATE:
                    time.sleep(0.001)
                if self._state == TERMINATE:
                    return
                self._crew.put([((result._job, count), task)])
                count += 1
        except Exception as error:
            result._set(count, (False, error))
            count += 1
        result._set_length(count)

    def close(self):
        """Take no more calls; the workers end when those that were given are made."""
        if self._state == RUN:
            self._state = CLOSE
            # Iterables are still to be read to their ends.
            feeders = [feeder for feeder in self._feeders if feeder.is_alive()]
            if feeders:
                threading.Thread(target=_close_after, args=(feeders, self._crew), daemon=True).start()
            else:
                self._crew.close()

    def terminate(self):
        """End the workers at once."""
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait until all workers have ended. Only after close() or terminate()."""
        if self._state == RUN:
            raise ValueError("Pool is still running")
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError("In unknown state")
        self._crew.thread.join()

    @staticmethod
    def _terminate_crew(crew, jobs):
        crew.kill(lambda process: process.terminate())
        if crew.thread is not threading.current_thread():
            crew.thread.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *args):
        self.terminate()


def _chunks(iterable, size):
    """The items, so many at a time, as tuples."""
    iterator = iter(iterable)
    while size > 0 and (chunk := tuple(itertools.islice(iterator, size))):
        yield chunk


def _close_after(feeders, crew):
    for feeder in feeders:
        feeder.join()
    crew.close()


class _Owner:
    """What a pool's crew tells: it holds the jobs, but not the pool, which may be forgotten while it works."""

    def __init__(self, jobs, process):
        self._jobs = jobs
        self._process = process
        # How many workers have ended since one has done anything.
        self._fruitless = 0

    def _new_process(self, ctx, target, args):
        process = self._process(ctx, target=target, args=args)
        process.name = process.name.replace("Process", "PoolWorker")
        process.daemon = True
        return process

    def _started(self, key):
        return key[0] in self._jobs

    def _finished(self, key, answer):
        self._fruitless = 0
        job = self._jobs.get(key[0])
        if job is None:
            return
        try:
            job._set(key[1], answer)
        except BaseException:
            # A callback's error is nobody's result.
            import traceback
            traceback.print_exc()
            if isinstance(job, ApplyResult):
                job._event.set()

    def _failed(self, key, error):
        self._finished(key, (False, error))

    def _lost(self, worker):
        # Where CPython's pool waits for the task, or starts workers, for ever.
        if worker.task is None:
            self._fruitless += 1
        else:
            code = worker.process.exitcode
            error = ProcessError(f"a worker process ended with exit code {code} while it ran the task")
            self._failed(worker.task, error)
        return self._fruitless < _MOST_FRUITLESS

    def _ended(self):
        for job in list(self._jobs.values()):
            job._abandon(ProcessError("the pool ended before the task was done"))


# So many workers may end one after the other without having done anything.
_MOST_FRUITLESS = 100


# Threads

class _ThreadCrew:
    """Threads that take tasks from a queue."""

    def __init__(self, owner, count, initializer, initargs):
        self._owner = owner
        self._queue = queue.SimpleQueue()
        self.workers = []
        self._initializer, self._initargs = initializer, initargs
        for _ in range(count):
            thread = threading.Thread(target=self._work, daemon=True)
            thread.process = thread
            self.workers.append(thread)
            thread.start()
        # Who waits for it waits for all.
        self.thread = self

    def _work(self):
        if self._initializer is not None:
            self._initializer(*self._initargs)
        while (task := self._queue.get()) is not None:
            key, (func, args, kwds) = task
            if self._owner._started(key):
                self._owner._finished(key, _call(func, args, kwds, False))
            del task, key, func, args, kwds
        self._queue.put(None)

    def put(self, tasks):
        for task in tasks:
            self._queue.put(task)

    def waiting(self):
        return self._queue.qsize()

    def is_over(self):
        return False

    def close(self):
        self._queue.put(None)

    def kill(self, terminate):
        # Threads cannot be ended: they are not given any more.
        while not self._queue.empty():
            try:
                self._queue.get_nowait()
            except queue.Empty:
                break
        self._queue.put(None)

    def join(self):
        for thread in self.workers:
            if thread is not threading.current_thread():
                thread.join()


class ThreadPool(Pool):
    """As Pool, with threads of this process."""

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)

    def _hire(self, initializer, initargs):
        self._crew = _ThreadCrew(_Owner(self._jobs, self.Process), self._processes, initializer, initargs)
