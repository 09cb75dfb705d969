"""The loop: what is ready runs, what has a time waits in a heap, what waits for a descriptor lies in the selector."""

import heapq
import sys
import threading
import time
import weakref
from _thread import get_ident

from _asyncio import _LoopCore

from . import coroutines, events, futures, log, tasks
from .events import Handle

__all__ = ('BaseEventLoop',)

# Cancelled timers stay in the heap until their time has come, unless they are many, and more than this share.
_MANY_CANCELLED = 100
_CANCELLED_SHARE = 0.5
# No wait is longer, so that nothing overflows.
_LONGEST_WAIT = 24 * 3600


class BaseEventLoop(_LoopCore, events.AbstractEventLoop):
    """What does not depend on how the loop waits for descriptors.

    The queue of what is ready, the timers and the tasks are the native base's.
    """

    def __init__(self):
        self._stopping = False
        self._thread_id = None
        self._clock_resolution = 1e-09
        self._exception_handler = None
        self._default_executor = None
        self._executor_shutdown_called = False
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown_called = False
        # In debug mode, a callback or step that takes longer is reported.
        self.slow_callback_duration = 0.1
        self.set_debug(coroutines._is_debug_mode())

    def __repr__(self):
        return (f'<{self.__class__.__name__} running={self.is_running()} '
                f'closed={self.is_closed()} debug={self.get_debug()}>')

    def set_task_factory(self, factory):
        """Set what makes the tasks of create_task(); None for Task."""
        if factory is not None and not callable(factory):
            raise TypeError('task factory must be a callable or None')
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def _check_default_executor(self):
        if self._executor_shutdown_called:
            raise RuntimeError('Executor shutdown has been called')

    # ---- asynchronous generators

    def _asyncgen_finalizer_hook(self, agen):
        self._asyncgens.discard(agen)
        if not self.is_closed():
            self.call_soon_threadsafe(self.create_task, agen.aclose())

    def _asyncgen_firstiter_hook(self, agen):
        if self._asyncgens_shutdown_called:
            import warnings
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after loop.shutdown_asyncgens() call",
                          ResourceWarning, source=self)
        self._asyncgens.add(agen)

    async def shutdown_asyncgens(self):
        """Shutdown all active asynchronous generators."""
        self._asyncgens_shutdown_called = True
        closing = list(self._asyncgens)
        if not closing:
            return
        self._asyncgens.clear()
        from .waiting import gather
        results = await gather(*[agen.aclose() for agen in closing], return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    'message': f'an error occurred during closing of asynchronous generator {agen!r}',
                    'exception': result,
                    'asyncgen': agen,
                })

    # ---- running

    def _check_running(self):
        if self.is_running():
            raise RuntimeError('This event loop is already running')
        if events._get_running_loop() is not None:
            raise RuntimeError('Cannot run the event loop while another loop is running')

    def run_forever(self):
        """Run until stop() is called."""
        self._check_closed()
        self._check_running()
        self._thread_id = get_ident()
        hooks = sys.get_asyncgen_hooks() if hasattr(sys, 'get_asyncgen_hooks') else None
        if hooks is not None:
            sys.set_asyncgen_hooks(firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook)
        events._set_running_loop(self)
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            self._thread_id = None
            events._set_running_loop(None)
            if hooks is not None:
                sys.set_asyncgen_hooks(*hooks)

    def run_until_complete(self, future):
        """Run until a coroutine or future is done; return its result."""
        self._check_closed()
        self._check_running()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        if is_new:
            future._log_destroy_pending = False
        future.add_done_callback(_run_until_complete_cb)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                # It is raised here; nobody has to hear of it again.
                future.exception()
            raise
        finally:
            future.remove_done_callback(_run_until_complete_cb)
        if not future.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return future.result()

    def stop(self):
        """Stop running after what is ready now."""
        self._stopping = True

    def close(self):
        """Close the loop: it cannot run again."""
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        self._closed = True
        self._ready.clear()
        self._scheduled.clear()
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is not None:
            self._default_executor = None
            executor.shutdown(wait=False)
        if self._has_failures:
            # Exceptions that nobody has asked for are reported when their futures go, and that is now.
            import gc
            gc.collect()

    def is_running(self):
        """Return True if the event loop is running."""
        return self._thread_id is not None

    def time(self):
        """Return the time of the loop's clock, in seconds."""
        return time.monotonic()

    # ---- scheduling

    def call_later(self, delay, callback, *args, context=None):
        """Have a call made after so many seconds; return a handle that can cancel it."""
        if delay is None:
            raise TypeError('delay must not be None')
        timer = self.call_at(self.time() + delay, callback, *args, context=context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        return timer

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines._iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f'a callable object was expected by {method}(), got {callback!r}')

    def _check_thread(self):
        if self._thread_id is not None and self._thread_id != get_ident():
            raise RuntimeError("Non-thread-safe operation invoked on an event loop other than the current one")

    def call_soon_threadsafe(self, callback, *args, context=None):
        """Like call_soon(), from another thread."""
        self._check_closed()
        if self._debug:
            self._check_callback(callback, 'call_soon_threadsafe')
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        self._write_to_self()
        return handle

    def run_in_executor(self, executor, func, *args):
        """Call a function in a pool of threads; return a future of the result."""
        self._check_closed()
        if self._debug:
            self._check_callback(func, 'run_in_executor')
        if executor is None:
            executor = self._default_executor
            self._check_default_executor()
            if executor is None:
                from concurrent.futures import ThreadPoolExecutor
                executor = self._default_executor = ThreadPoolExecutor(thread_name_prefix='asyncio')
        return futures.wrap_future(executor.submit(func, *args), loop=self)

    def set_default_executor(self, executor):
        """Set the pool of run_in_executor(None, …)."""
        from concurrent.futures import ThreadPoolExecutor
        if not isinstance(executor, ThreadPoolExecutor):
            raise TypeError('executor must be ThreadPoolExecutor instance')
        self._default_executor = executor

    async def shutdown_default_executor(self, timeout=None):
        """Wait until the default pool has done its work, and shut it down."""
        self._executor_shutdown_called = True
        executor = self._default_executor
        if executor is None:
            return
        future = self.create_future()
        thread = threading.Thread(target=self._do_shutdown, args=(future,))
        thread.start()
        from .timeouts import timeout as limit
        try:
            async with limit(timeout):
                await future
        except TimeoutError:
            import warnings
            warnings.warn("The executor did not finishing joining its threads within "
                          f"{timeout} seconds.", RuntimeWarning, stacklevel=2)
            executor.shutdown(wait=False)
        else:
            thread.join()

    def _do_shutdown(self, future):
        try:
            self._default_executor.shutdown(wait=True)
            if not self.is_closed():
                self.call_soon_threadsafe(futures._set_result_unless_cancelled, future, None)
        except Exception as exc:
            if not self.is_closed() and not future.cancelled():
                self.call_soon_threadsafe(future.set_exception, exc)

    # ---- what goes wrong

    def get_exception_handler(self):
        """Return an exception handler, or None if the default one is in use."""
        return self._exception_handler

    def set_exception_handler(self, handler):
        """Set handler(loop, context), for what nobody else can be told; None for the default one."""
        if handler is not None and not callable(handler):
            raise TypeError(f'A callable object or None is expected, got {handler!r}')
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Log what has gone wrong, with all that is known."""
        lines = [context.get('message') or 'Unhandled exception in event loop']
        for key in sorted(context):
            if key in ('message', 'exception'):
                continue
            value = context[key]
            if key in ('source_traceback', 'handle_traceback'):
                value = ''.join(f'  File "{file}", line {line}, in {name}\n' for file, line, name in value).rstrip()
                value = f'Object created at (most recent call last):\n{value}'
            else:
                value = repr(value)
            lines.append(f'{key}: {value}')
        log.error('\n'.join(lines), context.get('exception'))

    def call_exception_handler(self, context):
        """Tell the exception handler; what goes wrong there is logged."""
        if self._exception_handler is None:
            try:
                self.default_exception_handler(context)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                log.error('Exception in default exception handler', exc)
            return
        try:
            where = context.get('task') or context.get('future') or context.get('handle')
            running_in = where.get_context() if hasattr(where, 'get_context') else None
            if running_in is not None:
                running_in.run(self._exception_handler, self, context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as exc:
            try:
                self.default_exception_handler({
                    'message': 'Unhandled error in exception handler',
                    'exception': exc,
                    'context': context,
                })
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as other:
                log.error('Exception in default exception handler while handling an unexpected error '
                          'in custom exception handler', other)

    # ---- a round

    def _forget_cancelled(self):
        """Take cancelled timers out of the heap: all if they are many, else those at its top."""
        scheduled = self._scheduled
        if len(scheduled) > _MANY_CANCELLED and self._cancelled_timers > len(scheduled) * _CANCELLED_SHARE:
            kept = []
            for handle in scheduled:
                if handle._cancelled:
                    handle._scheduled = False
                else:
                    kept.append(handle)
            heapq.heapify(kept)
            self._scheduled = kept
            self._cancelled_timers = 0
            return
        while scheduled and scheduled[0]._cancelled:
            self._cancelled_timers -= 1
            heapq.heappop(scheduled)._scheduled = False

    def _run_once(self):
        """Wait if nothing is ready; then run what is ready, once each."""
        if self._cancelled_timers:
            self._forget_cancelled()
        scheduled = self._scheduled
        if self._ready or self._stopping:
            timeout = 0
        elif scheduled:
            timeout = min(max(0, scheduled[0]._when - time.monotonic()), _LONGEST_WAIT)
        else:
            timeout = None
        event_list = self._selector.select(timeout)
        if event_list:
            self._process_events(event_list)
        if scheduled:
            self._take_due(self.time() + self._clock_resolution)
        if self._debug:
            self._run_ready_and_measure()
        else:
            self._run_ready()

    def _run_ready_and_measure(self):
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            start = self.time()
            handle._run()
            took = self.time() - start
            if took >= self.slow_callback_duration:
                callback = getattr(handle, '_callback', None)
                owner = getattr(callback, '__self__', handle)
                shown = repr(owner) if isinstance(owner, tasks.Task) else repr(handle)
                log.warning('Executing %s took %.3f seconds' % (shown, took))


def _run_until_complete_cb(future):
    if not future.cancelled() and isinstance(future.exception(), (SystemExit, KeyboardInterrupt)):
        # They have stopped the loop already.
        return
    future.get_loop().stop()
