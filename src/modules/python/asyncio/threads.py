"""Calling what blocks without blocking the loop."""

import functools

from . import events

__all__ = ('to_thread',)


async def to_thread(func, /, *args, **kwargs):
    """Call a function in a thread, in a copy of this context; wait for its result."""
    loop = events.get_running_loop()
    call = functools.partial(func, *args, **kwargs)
    if events.copy_context is not None:
        call = functools.partial(events.copy_context().run, call)
    return await loop.run_in_executor(None, call)
