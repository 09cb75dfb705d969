"""Callbacks, futures and tasks in words."""

import functools
import sys

try:
    from reprlib import repr as _short
except ImportError:
    _short = repr


def callback_source(function):
    """The file and first line of a function, if it is written in Python."""
    while True:
        if hasattr(function, '__wrapped__'):
            function = function.__wrapped__
        elif isinstance(function, functools.partial):
            function = function.func
        elif hasattr(function, '__func__'):
            function = function.__func__
        else:
            break
    code = getattr(function, '__code__', None)
    return None if code is None else (code.co_filename, code.co_firstlineno)


def describe_arguments(args, kwargs, debug):
    """The arguments, only while debugging: they may be secret, or long."""
    if not debug:
        return '()'
    items = [_short(arg) for arg in args]
    items += [f'{name}={_short(value)}' for name, value in (kwargs or {}).items()]
    return f"({', '.join(items)})"


def describe_callback(function, args, kwargs, debug, suffix=''):
    """name(arguments)"""
    if isinstance(function, functools.partial):
        suffix = describe_arguments(args, kwargs, debug) + suffix
        return describe_callback(function.func, function.args, function.keywords, debug, suffix)
    name = getattr(function, '__qualname__', None) or getattr(function, '__name__', None) or repr(function)
    return name + describe_arguments(args, kwargs, debug) + suffix


def describe_source(function, args, debug):
    """name(arguments) at file:line"""
    text = describe_callback(function, args, None, debug)
    source = callback_source(function)
    return f'{text} at {source[0]}:{source[1]}' if source else text


def describe_callbacks(callbacks):
    """The callbacks of a future: the first and the last, and how many there are in between."""
    def one(entry):
        callback = entry[0]
        if hasattr(callback, '_fut_waiter'):
            return 'Task.task_wakeup()'
        return describe_source(callback, (), False)

    count = len(callbacks)
    if count <= 2:
        return f"cb=[{', '.join(map(one, callbacks))}]"
    return f'cb=[{one(callbacks[0])}, <{count - 2} more>, {one(callbacks[-1])}]'


def describe_future(future):
    """What stands in a future's repr."""
    info = [future._state.lower()]
    if future._state == 'FINISHED':
        if future._exception is not None:
            info.append(f'exception={future._exception!r}')
        else:
            info.append(f'result={_short(future._result)}')
    if future._callbacks:
        info.append(describe_callbacks(future._callbacks))
    info += describe_origin(future._source_traceback)
    return info


def describe_origin(stack):
    """Where something was made, if it is known."""
    return [f'created at {stack[-1][0]}:{stack[-1][1]}'] if stack else []


def describe_coroutine(coro):
    """name() running at file:line, or done."""
    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    name = getattr(coro, '__qualname__', None) or getattr(coro, '__name__', None)
    name = f'{name}()' if name else f'<{type(coro).__name__} without __name__>()'
    if code is None:
        return name
    frame = getattr(coro, 'cr_frame', None) or getattr(coro, 'gi_frame', None)
    if frame is None:
        return f'{name} done, defined at {code.co_filename}:{code.co_firstlineno}'
    line = frame.f_lineno if frame.f_lineno is not None else code.co_firstlineno
    return f'{name} running at {code.co_filename}:{line}'


def describe_task(task):
    """What stands in a task's repr."""
    info = describe_future(task)
    if task.cancelling() and not task.done():
        info[0] = 'cancelling'
    info.insert(1, f'name={task.get_name()!r}')
    if task._fut_waiter is not None:
        info.insert(2, f'wait_for={task._fut_waiter!r}')
    if task._coro:
        info.insert(2, f'coro=<{describe_coroutine(task._coro)}>')
    return info


def repr_of(future):
    """The repr of a future or task."""
    describe = describe_task if hasattr(future, '_coro') else describe_future
    return f"<{future.__class__.__name__} {' '.join(describe(future))}>"


def origin(depth=1):
    """The stack at this point, innermost last: (file, line, name) of each frame."""
    frame = sys._getframe(depth)
    stack = []
    while frame is not None and len(stack) < 10:
        stack.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        frame = frame.f_back
    stack.reverse()
    return stack
