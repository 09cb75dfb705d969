"""A pool of threads that each work in an interpreter of their own."""

from concurrent import interpreters
from concurrent.futures import thread


def _do(results, fn, args, kwargs):
    """Run in the worker's interpreter: calls, and sends what was raised before it is described."""
    try:
        return fn(*args, **kwargs)
    except BaseException as exc:
        try:
            results.put(exc)
        except interpreters.NotShareableError:
            # The description will have to do.
            results.put(None)
        raise


class _Worker:
    """What a thread of the pool works with."""

    def __init__(self, initializer, initargs):
        self.initializer = initializer
        self.initargs = initargs

    def begin(self):
        self.interpreter = interpreters.create()
        try:
            self.results = interpreters.create_queue()
            if self.initializer is not None:
                self.call(self.initializer, self.initargs, {})
        except BaseException:
            self.end()
            raise

    def call(self, fn, args, kwargs):
        try:
            return self.interpreter.call(_do, self.results, fn, args, kwargs)
        except interpreters.ExecutionFailed as failed:
            exc = self.results.get()
            if exc is None:
                raise
            raise exc from failed

    def end(self):
        self.interpreter.close()


class BrokenInterpreterPool(thread.BrokenThreadPool):
    """Raised when a worker thread in an InterpreterPoolExecutor failed initializing."""


class InterpreterPoolExecutor(thread.ThreadPoolExecutor):
    __doc__ = None

    BROKEN = BrokenInterpreterPool
    _counter = thread.itertools.count().__next__

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        prefix = thread_name_prefix or f'InterpreterPoolExecutor-{self._counter()}'
        super().__init__(max_workers, prefix, initializer, initargs)

    @staticmethod
    def _check_initializer(initializer):
        """What is no function fails when it is called there: the pool is broken then."""

    def _make_context(self):
        return _Worker(self._initializer, self._initargs)
