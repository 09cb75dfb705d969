"""A pool of processes."""

import itertools
import multiprocessing as mp
import os
import threading
import weakref
from functools import partial
from multiprocessing._crew import Crew
from multiprocessing.reduction import ForkingPickler

from concurrent.futures import _base

# Every pool's crew, for the end of the program.
_crews = weakref.WeakSet()
_global_shutdown = False


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    crews = list(_crews)
    for crew in crews:
        crew.close()
    for crew in crews:
        crew.thread.join()


threading._register_atexit(_python_exit)


class _RemoteTraceback(Exception):
    """The cause of an error that another process raised: where it did."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception on its way to another process, with its traceback as text."""

    def __init__(self, exc, tb):
        import traceback
        text = ''.join(traceback.format_exception(type(exc), exc, tb))
        self.exc = exc
        # What its frames hold is not needed there, and may be much.
        self.exc.__traceback__ = None
        self.tb = f'\n"""\n{text}"""'

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


class BrokenProcessPool(_base.BrokenExecutor):
    """Raised when a process in a ProcessPoolExecutor terminated abruptly while a future was in the running state."""


# In the workers

def _set_up(initializer, initargs):
    """Runs the initializer; false if that failed."""
    try:
        initializer(*initargs)
    except BaseException as exc:
        _base._complain('Exception in initializer:', exc, level='critical')
        return False
    return True


def _perform(message):
    """Makes a call; whether it succeeded and what came of it, as a pickle."""
    try:
        _, (fn, args, kwargs) = ForkingPickler.loads(message)
        answer = True, fn(*args, **kwargs)
    except BaseException as exc:
        answer = False, _ExceptionWithTraceback(exc, exc.__traceback__)
    try:
        return ForkingPickler.dumps(answer)
    except Exception as exc:
        return ForkingPickler.dumps((False, _ExceptionWithTraceback(exc, exc.__traceback__)))


def _process_chunk(fn, chunk):
    """Calls the function with several items; for map()."""
    return [fn(*args) for args in chunk]


class _Owner:
    """What the crew of a pool tells: it holds the futures, but not the pool, which may be forgotten while it works."""

    def __init__(self, max_tasks):
        self.futures = {}
        self.lock = threading.Lock()
        self.max_tasks = max_tasks
        # Why the pool is of no use any more, or False.
        self.broken = False
        self.crew = None

    def _new_process(self, ctx, target, args):
        return ctx.Process(target=target, args=args)

    def _started(self, key):
        future = self.futures.get(key)
        if future is None:
            return False
        if not future.set_running_or_notify_cancel():
            self.futures.pop(key, None)
            return False
        return True

    def _finished(self, key, answer):
        future = self.futures.pop(key, None)
        if future is None:
            return
        success, value = answer
        if success:
            future.set_result(value)
        else:
            future.set_exception(value)

    def _failed(self, key, error):
        self._finished(key, (False, _rebuild_exc(error, _ExceptionWithTraceback(error, error.__traceback__).tb)))

    def _lost(self, worker):
        if worker.task is None and worker.left == 0:
            # It has made as many calls as it should.
            return True
        self._break()
        return False

    def _break(self):
        """A worker has died: nobody knows what it did, so all that was given to the pool fails."""
        with self.lock:
            if self.broken:
                return
            self.broken = 'A child process terminated abruptly, the process pool is not usable anymore'
        self.crew.kill(lambda process: process.terminate())
        self._fail_all()

    def _fail_all(self):
        while self.futures:
            try:
                _, future = self.futures.popitem()
            except KeyError:
                return
            error = BrokenProcessPool('A process in the process pool was terminated abruptly '
                                      'while the future was running or pending.')
            try:
                future.set_exception(error)
            except _base.InvalidStateError:
                # It was cancelled.
                pass

    def _ended(self):
        if self.futures:
            self.broken = self.broken or 'The process pool has ended'
            self._fail_all()


class ProcessPoolExecutor(_base.Executor):
    """Calls functions in a pool of processes."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is None:
            max_workers = os.process_cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if mp_context is None:
            mp_context = mp.get_context("spawn" if max_tasks_per_child is not None else None)
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if mp_context.get_start_method(allow_none=False) == "fork":
                raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                                 "supply a different mp_context.")
        self._max_workers = max_workers
        self._mp_context = mp_context
        self._initializer = initializer
        self._setup = partial(_set_up, initializer, initargs) if initializer is not None else None
        self._owner = _Owner(max_tasks_per_child)
        self._counter = itertools.count()
        self._shutdown_lock = threading.Lock()
        self._shutdown_thread = False
        self._crew = None

    @property
    def _broken(self):
        return self._owner.broken

    @property
    def _processes(self):
        if self._shutdown_thread or self._crew is None:
            return None if self._shutdown_thread else {}
        return {worker.process.pid: worker.process for worker in self._crew.workers}

    def _start(self):
        """Starts the workers: when the first call is submitted."""
        self._crew = self._owner.crew = Crew(
            self._owner, self._mp_context, self._max_workers, self._owner.max_tasks, self._setup, _perform,
            "ProcessPoolExecutor")
        # A pool that nobody uses any more lets its workers go when they have made their calls.
        weakref.finalize(self, self._crew.close).atexit = False
        _crews.add(self._crew)
        self._crew.start()

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._owner.broken:
                raise BrokenProcessPool(self._owner.broken)
            if self._shutdown_thread:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _global_shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            if self._crew is None:
                self._start()
            future = _base.Future()
            key = next(self._counter)
            self._owner.futures[key] = future
            self._crew.put([(key, (fn, args, kwargs))])
            if self._owner.broken:
                # It broke meanwhile, and may not have seen this one.
                self._owner._fail_all()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1, buffersize=None):
        """Call fn with items of the iterables, as map() does, chunksize of them in one process at a time."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = itertools.batched(zip(*iterables), chunksize)
        results = super().map(partial(_process_chunk, fn), chunks, timeout=timeout, buffersize=buffersize)
        return _one_by_one(results)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown_thread = True
            crew = self._crew
        if crew is None:
            return
        if cancel_futures:
            for key, future in list(self._owner.futures.items()):
                if future.cancel():
                    future.set_running_or_notify_cancel()
                    self._owner.futures.pop(key, None)
        crew.close()
        if wait:
            crew.thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__

    def terminate_workers(self):
        """Have the workers end at once (SIGTERM). What they work on fails."""
        self._end_workers("terminate")

    def kill_workers(self):
        """End the workers at once (SIGKILL). What they work on fails."""
        self._end_workers("kill")

    def _end_workers(self, how):
        processes = [worker.process for worker in self._crew.workers] if self._crew is not None else []
        self.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            try:
                if process.is_alive():
                    getattr(process, how)()
            except ProcessLookupError:
                pass


def _one_by_one(lists):
    """The items of lists, each list emptied on the way, so that nothing is held longer than needed."""
    for items in lists:
        items.reverse()
        while items:
            yield items.pop()
