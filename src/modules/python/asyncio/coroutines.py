"""What a coroutine is."""

import collections.abc
import os
import sys
import types

__all__ = ('iscoroutinefunction', 'iscoroutine')

_CO_COROUTINE_LIKE = 0x80 | 0x100
_COROUTINE_TYPES = (types.CoroutineType, collections.abc.Coroutine)


def _is_debug_mode():
    return sys.flags.dev_mode or bool(not sys.flags.ignore_environment and os.environ.get('PYTHONASYNCIODEBUG'))


def iscoroutinefunction(func):
    """Return True for a function defined by `async def`. Deprecated: inspect has it as well."""
    import warnings
    warnings.warn("'asyncio.iscoroutinefunction' is deprecated and slated for removal in Python 3.16; "
                  "use inspect.iscoroutinefunction() instead", DeprecationWarning, stacklevel=2)
    return _iscoroutinefunction(func)


def _iscoroutinefunction(func):
    while hasattr(func, '__func__'):
        func = func.__func__
    code = getattr(func, '__code__', None)
    return code is not None and bool(code.co_flags & _CO_COROUTINE_LIKE)


def iscoroutine(obj):
    """Return True for a coroutine object."""
    return isinstance(obj, _COROUTINE_TYPES)
