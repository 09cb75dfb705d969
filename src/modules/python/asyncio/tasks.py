"""Tasks: coroutines that a loop runs, a step at a time."""

from _asyncio import Task, current_task

from . import events, futures
from .coroutines import iscoroutine

__all__ = ('Task', 'create_task', 'current_task', 'all_tasks', 'ensure_future', 'run_coroutine_threadsafe',
           'create_eager_task_factory', 'eager_task_factory',
           '_register_task', '_unregister_task', '_enter_task', '_leave_task')

def _create_task(loop, coro, factory, kwargs):
    """What loop.create_task() does if there is more to it than a coroutine."""
    if factory is None:
        return Task(coro, loop=loop, **kwargs)
    return factory(loop, coro, **kwargs)


def _report_destroyed(task):
    """A task that waited for something that nobody can bring about any more."""
    context = {'task': task, 'message': 'Task was destroyed but it is pending!'}
    if task._source_traceback:
        context['source_traceback'] = task._source_traceback
    task._loop.call_exception_handler(context)


def _get_stack(task, limit):
    """The frames of the coroutine: where it waits, or where it raised."""
    frames = []
    if (frame := getattr(task._coro, 'cr_frame', None)) is not None:
        # A coroutine that is suspended has one frame; those that it awaits have their own.
        while frame is not None:
            if limit is not None and limit <= len(frames):
                break
            frames.append(frame)
            frame = frame.f_back if getattr(task._coro, 'cr_running', False) is False else None
        frames.reverse()
    elif task._exception is not None:
        traceback = task._exception.__traceback__
        while traceback is not None:
            if limit is not None and limit <= len(frames):
                break
            frames.append(traceback.tb_frame)
            traceback = traceback.tb_next
    return frames


def _print_stack(task, limit, file):
    """Print the stack or traceback of the coroutine."""
    import traceback
    frames = task.get_stack(limit=limit)
    failed = task._exception is not None
    if not frames:
        print(f'No stack for {task!r}', file=file)
    elif failed:
        print(f'Traceback for {task!r} (most recent call last):', file=file)
    else:
        print(f'Stack for {task!r} (most recent call last):', file=file)
    traceback.print_list([traceback.FrameSummary(f.f_code.co_filename, f.f_lineno, f.f_code.co_name)
                          for f in frames], file=file)
    if failed:
        for line in traceback.format_exception_only(task._exception.__class__, task._exception):
            print(line, file=file, end='')


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
