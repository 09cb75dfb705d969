"""A pool of threads."""

import itertools
import os
import threading
import weakref
from _queue import Empty, SimpleQueue
from types import GenericAlias

from concurrent.futures import _base

# Every worker and the queue that it takes its work from, for the end of the program.
_threads_queues = {}
_shutdown = False
# No pool starts a worker while the program ends.
_global_shutdown_lock = threading.Lock()


def _python_exit():
    global _shutdown
    with _global_shutdown_lock:
        _shutdown = True
        workers = list(_threads_queues.items())
    for _, queue in workers:
        queue.put(None)
    for thread, _ in workers:
        thread.join()


threading._register_atexit(_python_exit)

if hasattr(os, 'register_at_fork'):
    # A child that was forked while another thread had the lock could never end. It has none of the workers.
    os.register_at_fork(before=_global_shutdown_lock.acquire, after_in_child=_global_shutdown_lock._at_fork_reinit,
                        after_in_parent=_global_shutdown_lock.release)
    os.register_at_fork(after_in_child=_threads_queues.clear)


class _WorkItem:
    """A call and its future."""

    __slots__ = ('future', 'fn', 'args', 'kwargs')

    def __init__(self, future, fn, args, kwargs):
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self, context):
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = context.call(self.fn, self.args, self.kwargs)
        except BaseException as exc:
            self.future.set_exception(exc)
            # The exception's traceback holds this frame.
            self = None
        else:
            self.future.set_result(result)

    __class_getitem__ = classmethod(GenericAlias)


class _Here:
    """What a thread of the pool works with: nothing but itself."""

    def __init__(self, initializer, initargs):
        self.initializer = initializer
        self.initargs = initargs

    def begin(self):
        if self.initializer is not None:
            self.initializer(*self.initargs)

    def call(self, fn, args, kwargs):
        return fn(*args, **kwargs)

    def end(self):
        pass


def _worker(executor_reference, queue, context):
    """What each thread of a pool does, until there is a None in the queue and no need to stay."""
    try:
        context.begin()
    except BaseException as exc:
        _base._complain('Exception in initializer:', exc, level='critical')
        executor = executor_reference()
        if executor is not None:
            executor._initializer_failed()
        _threads_queues.pop(threading.current_thread(), None)
        return
    try:
        while True:
            try:
                item = queue.get_nowait()
            except Empty:
                executor = executor_reference()
                if executor is not None:
                    executor._idle_semaphore.release()
                del executor
                item = queue.get()
            if item is not None:
                item.run(context)
                # It must not live on until the next one comes.
                del item
                continue
            executor = executor_reference()
            if _shutdown or executor is None or executor._shutdown:
                if executor is not None:
                    executor._shutdown = True
                # For the other workers.
                queue.put(None)
                return
            del executor
    except BaseException as exc:
        _base._complain('Exception in worker', exc, level='critical')
    finally:
        context.end()
        _threads_queues.pop(threading.current_thread(), None)


class BrokenThreadPool(_base.BrokenExecutor):
    """Raised when a worker thread in a ThreadPoolExecutor failed initializing."""


class ThreadPoolExecutor(_base.Executor):
    """Calls functions in a pool of threads, which are started as they are needed."""

    BROKEN = BrokenThreadPool
    _counter = itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=(), **ctxkwargs):
        if max_workers is None:
            # Enough to wait for files and sockets at the same time, but not too many on a large machine.
            max_workers = min(32, (os.process_cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._check_initializer(initializer)
        if ctxkwargs:
            name = next(iter(ctxkwargs))
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument {name!r}")
        self._initializer = initializer
        self._initargs = initargs
        self._max_workers = max_workers
        self._work_queue = SimpleQueue()
        self._idle_semaphore = threading.Semaphore(0)
        self._threads = set()
        self._broken = False
        self._shutdown = False
        self._shutdown_lock = threading.Lock()
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{self._counter()}"

    @staticmethod
    def _check_initializer(initializer):
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock, _global_shutdown_lock:
            if self._broken:
                raise self.BROKEN(self._broken)
            if self._shutdown:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            self._work_queue.put(_WorkItem(future, fn, args, kwargs))
            self._adjust_thread_count()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def _adjust_thread_count(self):
        """Start a worker, unless one is idle or there are enough."""
        if self._idle_semaphore.acquire(timeout=0):
            return
        count = len(self._threads)
        if count < self._max_workers:
            queue = self._work_queue
            # A pool that nobody uses any more ends its workers: the None wakes one that looks.
            reference = weakref.ref(self, lambda _: queue.put(None))
            thread = threading.Thread(name=f'{self._thread_name_prefix}_{count}', target=_worker,
                                      args=(reference, queue, self._make_context()))
            thread.start()
            self._threads.add(thread)
            _threads_queues[thread] = queue

    def _make_context(self):
        return _Here(self._initializer, self._initargs)

    def _initializer_failed(self):
        with self._shutdown_lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            for item in self._drain():
                item.future.set_exception(self.BROKEN(self._broken))

    def _drain(self):
        """Take out all work that has not begun."""
        while True:
            try:
                item = self._work_queue.get_nowait()
            except Empty:
                return
            if item is not None:
                yield item

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._shutdown = True
            if cancel_futures:
                for item in self._drain():
                    item.future.cancel()
            self._work_queue.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
