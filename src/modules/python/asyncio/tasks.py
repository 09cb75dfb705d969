"""Tasks: coroutines that a loop runs, a step at a time."""

import itertools
import types

from . import events, exceptions, format_helpers, futures
from .coroutines import iscoroutine
from .exceptions import CancelledError
from .futures import _WAKES, Future

__all__ = ('Task', 'create_task', 'current_task', 'all_tasks', 'ensure_future', 'run_coroutine_threadsafe',
           'create_eager_task_factory', 'eager_task_factory',
           '_register_task', '_unregister_task', '_enter_task', '_leave_task')

_next_number = itertools.count(1).__next__


class Task(Future):
    """A coroutine that the loop runs: each step until the next await that has to wait.

    A task that is ready lies in the loop's queue itself; `_run` is its next step.
    """

    _fut_waiter = None
    _must_cancel = False
    _num_cancels_requested = 0
    _log_destroy_pending = True
    # What the next step throws into the coroutine.
    _to_throw = None

    def __init__(self, coro, *, loop=None, name=None, context=None, eager_start=False):
        if loop is None:
            loop = events.get_event_loop()
        self._loop = loop
        self._callbacks = []
        if loop.get_debug():
            self._source_traceback = format_helpers.origin(2)
        if not iscoroutine(coro):
            raise TypeError(f'a coroutine was expected, got {coro!r}')
        # A name that nobody asks for is not made.
        self._name = _next_number() if name is None else str(name)
        if context is None and events.copy_context is not None:
            context = events.copy_context()
        self._context = context
        self._coro = coro
        self._is_plain = type(coro) is types.CoroutineType
        if eager_start and loop.is_running():
            self._start_eagerly()
        else:
            self._wake()
            _register_task(self)

    def __repr__(self):
        return f"<{self.__class__.__name__} {' '.join(format_helpers.describe_task(self))}>"

    def get_coro(self):
        """Return the coroutine."""
        return self._coro

    def get_context(self):
        """Return the context that the coroutine runs in."""
        return self._context

    def get_name(self):
        """Return the name."""
        if type(self._name) is int:
            self._name = f'Task-{self._name}'
        return self._name

    def set_name(self, value):
        """Set the name."""
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError('Task does not support set_result operation')

    def set_exception(self, exception):
        raise RuntimeError('Task does not support set_exception operation')

    def get_stack(self, *, limit=None):
        """Return the frames of the coroutine: where it waits, or where it raised."""
        frames = []
        if (frame := getattr(self._coro, 'cr_frame', None)) is not None:
            # A coroutine that is suspended has one frame; those that it awaits have their own.
            while frame is not None:
                if limit is not None and limit <= len(frames):
                    break
                frames.append(frame)
                frame = frame.f_back if getattr(self._coro, 'cr_running', False) is False else None
            frames.reverse()
        elif self._exception is not None:
            traceback = self._exception.__traceback__
            while traceback is not None:
                if limit is not None and limit <= len(frames):
                    break
                frames.append(traceback.tb_frame)
                traceback = traceback.tb_next
        return frames

    def print_stack(self, *, limit=None, file=None):
        """Print the stack or traceback of the coroutine."""
        import traceback
        frames = self.get_stack(limit=limit)
        failed = self._exception is not None
        if not frames:
            print(f'No stack for {self!r}', file=file)
        elif failed:
            print(f'Traceback for {self!r} (most recent call last):', file=file)
        else:
            print(f'Stack for {self!r} (most recent call last):', file=file)
        traceback.print_list([traceback.FrameSummary(f.f_code.co_filename, f.f_lineno, f.f_code.co_name)
                              for f in frames], file=file)
        if failed:
            for line in traceback.format_exception_only(self._exception.__class__, self._exception):
                print(line, file=file, end='')

    def cancel(self, msg=None):
        """Have CancelledError raised in the coroutine at its next step; False if it is done."""
        self._unretrieved = None
        if self._state != 'PENDING':
            return False
        self._num_cancels_requested += 1
        if self._fut_waiter is not None and self._fut_waiter.cancel(msg=msg):
            # That wakes the task, with the CancelledError of what it waits for.
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        """Return how often cancel() was called, less the calls of uncancel()."""
        return self._num_cancels_requested

    def uncancel(self):
        """Take one request to cancel back; return how many are left."""
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
            if self._num_cancels_requested == 0:
                self._must_cancel = False
        return self._num_cancels_requested

    def _wake(self):
        """Let the next step come."""
        loop = self._loop
        try:
            ready = loop._ready
        except AttributeError:
            # A loop of the program's own.
            loop.call_soon(self._run, context=self._context)
        else:
            if loop._closed:
                loop._check_closed()
            ready.append(self)

    def _wake_by(self, future):
        """As a callback of something that passes for a future."""
        self._wake()

    def _fail(self, message):
        self._to_throw = RuntimeError(message)
        self._wake()

    def _start_eagerly(self):
        """Run the first step at once; what need not wait never gets into the loop."""
        loop = self._loop
        before, loop._current_task = loop._current_task, self
        _register_task(self)
        try:
            self._step()
        finally:
            loop._current_task = before

    def _run(self):
        """The next step, called by the loop."""
        if self._state != 'PENDING':
            raise exceptions.InvalidStateError(f'__step(): already done: {self!r}, {self._to_throw!r}')
        loop = self._loop
        loop._current_task = self
        try:
            if self._context is None:
                self._step()
            else:
                self._context.run(self._step)
        finally:
            loop._current_task = None

    def _step(self):
        self._fut_waiter = None
        exc = self._to_throw
        if exc is not None:
            self._to_throw = None
        if self._must_cancel:
            if not isinstance(exc, CancelledError):
                exc = self._make_cancelled_error()
            self._must_cancel = False
        try:
            awaited = self._coro.send(None) if exc is None else self._coro.throw(exc)
        except StopIteration as stop:
            if self._must_cancel:
                # It asked for its own end while it ran the last step.
                self._must_cancel = False
                Future.cancel(self, self._cancel_message)
            else:
                Future.set_result(self, stop.value)
            self._loop._tasks.discard(self)
        except CancelledError as cancelled:
            self._cancelled_exc = cancelled
            Future.cancel(self)
            self._loop._tasks.discard(self)
        except (KeyboardInterrupt, SystemExit) as interrupt:
            Future.set_exception(self, interrupt)
            self._loop._tasks.discard(self)
            raise
        except BaseException as failure:
            Future.set_exception(self, failure)
            self._loop._tasks.discard(self)
        else:
            self._await(awaited)
        finally:
            # Tracebacks hold this frame.
            self = exc = None

    def _await(self, awaited):
        """Wait for what the coroutine has yielded."""
        if awaited is None:
            self._wake()
            return
        blocking = getattr(awaited, '_asyncio_future_blocking', None)
        if blocking is None:
            if isinstance(awaited, types.GeneratorType):
                self._fail(f'yield was used instead of yield from for generator in task {self!r} with {awaited!r}')
            else:
                self._fail(f'Task got bad yield: {awaited!r}')
        elif awaited.get_loop() is not self._loop:
            self._fail(f'Task {self!r} got Future {awaited!r} attached to a different loop')
        elif not blocking:
            self._fail(f'yield was used instead of yield from in task {self!r} with {awaited!r}')
        elif awaited is self:
            self._fail(f'Task cannot await on itself: {self!r}')
        else:
            awaited._asyncio_future_blocking = False
            if isinstance(awaited, Future):
                awaited._callbacks.append((self, _WAKES))
                if awaited._state != 'PENDING':
                    awaited._schedule_callbacks()
            else:
                awaited.add_done_callback(self._wake_by, context=self._context)
            self._fut_waiter = awaited
            if self._must_cancel and awaited.cancel(msg=self._cancel_message):
                self._must_cancel = False


def create_task(coro, **kwargs):
    """Have the running loop run a coroutine; return its Task."""
    return events.get_running_loop().create_task(coro, **kwargs)


def _register_task(task):
    """A loop knows its tasks as long as they are not done."""
    loop = task._loop
    try:
        loop._tasks.add(task)
    except AttributeError:
        loop._tasks = {task}


def _unregister_task(task):
    getattr(task._loop, '_tasks', set()).discard(task)


def _enter_task(loop, task):
    current = getattr(loop, '_current_task', None)
    if current is not None:
        raise RuntimeError(f'Cannot enter into task {task!r} while another task {current!r} is being executed.')
    loop._current_task = task


def _leave_task(loop, task):
    current = getattr(loop, '_current_task', None)
    if current is not task:
        raise RuntimeError(f'Leaving task {task!r} does not match the current task {current!r}.')
    loop._current_task = None


def current_task(loop=None):
    """Return the task that runs at this moment, None if none does."""
    if loop is None:
        loop = events.get_running_loop()
    return getattr(loop, '_current_task', None)


def all_tasks(loop=None):
    """Return a set of all tasks of a loop that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    return {task for task in list(getattr(loop, '_tasks', ())) if not task.done()}


def ensure_future(coro_or_future, *, loop=None):
    """Return a future as it is; wrap a coroutine, or what can be awaited, in a task."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future.get_loop():
            raise ValueError('The future belongs to a different loop than the one specified as the loop argument')
        return coro_or_future
    coro = coro_or_future
    if not iscoroutine(coro):
        if not hasattr(type(coro), '__await__'):
            raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')
        coro = _wrap_awaitable(coro)
    if loop is None:
        loop = events.get_event_loop()
    return loop.create_task(coro)


async def _wrap_awaitable(awaitable):
    return await awaitable


def run_coroutine_threadsafe(coro, loop):
    """Have a loop of another thread run a coroutine; return a future of concurrent.futures."""
    if not iscoroutine(coro):
        raise TypeError('A coroutine object is required')
    from concurrent.futures import Future as ThreadFuture
    future = ThreadFuture()

    def begin():
        try:
            futures._chain_future(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            if future.set_running_or_notify_cancel():
                future.set_exception(exc)
            raise

    loop.call_soon_threadsafe(begin)
    return future


def create_eager_task_factory(custom_task_constructor):
    """Return a task factory whose tasks run until their first wait at once."""
    def factory(loop, coro, *, eager_start=True, **kwargs):
        return custom_task_constructor(coro, loop=loop, eager_start=eager_start, **kwargs)
    return factory


eager_task_factory = create_eager_task_factory(Task)
