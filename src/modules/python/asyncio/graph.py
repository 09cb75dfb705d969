"""Who waits for whom: the calls in progress of a task, and of those that await it."""

import dataclasses
import sys
import types
import weakref

from . import events, futures, tasks

__all__ = ('capture_call_graph', 'format_call_graph', 'print_call_graph', 'FrameCallGraphEntry', 'FutureCallGraph',
           'future_add_to_awaited_by', 'future_discard_from_awaited_by')


@dataclasses.dataclass(frozen=True, slots=True)
class FrameCallGraphEntry:
    """A call in progress."""

    frame: types.FrameType


@dataclasses.dataclass(frozen=True, slots=True)
class FutureCallGraph:
    """The calls in progress of a task, the innermost first, and the graphs of those that await it."""

    future: futures.Future
    call_stack: tuple[FrameCallGraphEntry, ...]
    awaited_by: tuple[FutureCallGraph, ...]


# What programs have said themselves: the waiters of a future.
_noted = weakref.WeakKeyDictionary()


def future_add_to_awaited_by(fut, waiter, /):
    """Record that `fut` is awaited on by `waiter`."""
    if futures.isfuture(fut) and futures.isfuture(waiter):
        _noted.setdefault(fut, weakref.WeakSet()).add(waiter)


def future_discard_from_awaited_by(fut, waiter, /):
    """Undo future_add_to_awaited_by()."""
    if futures.isfuture(fut) and fut in _noted:
        _noted[fut].discard(waiter)


def _waiters(future):
    """The tasks that wait for a future: by awaiting it, in gather() or as the owner of a task group."""
    from .taskgroups import TaskGroup
    from .waiting import _GatheringFuture
    found = list(_noted.get(future, ()))
    for callback, _ in getattr(future, '_callbacks', None) or ():
        owner = getattr(callback, '__self__', None)
        if isinstance(owner, TaskGroup) and owner._parent_task is not None:
            found.append(owner._parent_task)
    for task in tasks.all_tasks(future.get_loop()):
        awaited = getattr(task, '_fut_waiter', None)
        if awaited is future or isinstance(awaited, _GatheringFuture) and future in awaited._children:
            found.append(task)
    return list(dict.fromkeys(found))


def _cut(stack, limit):
    if limit is None:
        return stack
    return stack[-limit:] if limit > 0 else stack[:-limit]


def _graph(future, limit, seen):
    stack = []
    step = future.get_coro() if hasattr(future, 'get_coro') else None
    while step is not None:
        if hasattr(step, 'cr_await'):
            frame, step = step.cr_frame, step.cr_await
        elif hasattr(step, 'ag_await'):
            frame, step = step.ag_frame, step.ag_await
        else:
            break
        if frame is not None:
            stack.append(FrameCallGraphEntry(frame))
    stack.reverse()
    return FutureCallGraph(future, tuple(_cut(stack, limit)), _graphs_of_waiters(future, limit, seen))


def _graphs_of_waiters(future, limit, seen):
    if future in seen:
        return ()
    seen = seen | {future}
    return tuple(_graph(waiter, limit, seen) for waiter in _waiters(future) if waiter not in seen)


def capture_call_graph(future=None, /, *, depth=1, limit=None):
    """The calls in progress of a future, by default the current task, and of what awaits it; None outside of a task."""
    loop = events._get_running_loop()
    if future is None:
        if loop is None:
            raise RuntimeError('capture_call_graph() is called outside of a running event loop and no *future* to '
                               'introspect was provided')
        future = tasks.current_task(loop)
        if future is None:
            return None
    elif not futures.isfuture(future):
        raise TypeError(f"{future!r} object does not appear to be compatible with asyncio.Future")
    elif loop is None or future is not tasks.current_task(loop):
        return _graph(future, limit, frozenset())
    return FutureCallGraph(future, tuple(_cut(_running(sys._getframe(depth)), limit)),
                           _graphs_of_waiters(future, limit, frozenset()))


def _running(frame):
    """The calls in progress of the current task; those of the loop do not belong to it."""
    stack = []
    while frame is not None:
        stack.append(FrameCallGraphEntry(frame))
        is_last = frame.f_generator is not None and frame.f_back is not None and frame.f_back.f_generator is None
        if is_last:
            break
        frame = frame.f_back
    return stack


def _describe(frame):
    generator = frame.f_generator
    for kind, frame_of, code_of in (('async', 'cr_frame', 'cr_code'), ('async generator', 'ag_frame', 'ag_code'),
                                    ('generator', 'gi_frame', 'gi_code')):
        if hasattr(generator, code_of):
            code = getattr(generator, code_of)
            return f'{kind} {code.co_qualname}()'
    return f'{frame.f_code.co_qualname}()'


def _lines(graph, level):
    indent = level * '    '
    if isinstance(graph.future, tasks.Task):
        yield f'{indent}* Task(name={graph.future.get_name()!r}, id={id(graph.future):#x})'
    else:
        yield f'{indent}* Future(id={id(graph.future):#x})'
    if graph.call_stack:
        yield f'{indent}  + Call stack:'
        for entry in graph.call_stack:
            frame = entry.frame
            yield f'{indent}  |   File {frame.f_code.co_filename!r}, line {frame.f_lineno}, in {_describe(frame)}'
    if graph.awaited_by:
        yield f'{indent}  + Awaited by:'
        for waiter in graph.awaited_by:
            yield from _lines(waiter, level + 1)


def format_call_graph(future=None, /, *, depth=1, limit=None):
    """What capture_call_graph() finds, as text."""
    graph = capture_call_graph(future, depth=depth + 1, limit=limit)
    return '' if graph is None else '\n'.join(_lines(graph, 0))


def print_call_graph(future=None, /, *, file=None, depth=1, limit=None):
    """Print what capture_call_graph() finds."""
    print(format_call_graph(future, depth=depth, limit=limit), file=file)
