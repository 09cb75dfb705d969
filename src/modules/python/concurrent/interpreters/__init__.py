"""Several interpreters in one process, each with a lock, objects and modules of its own."""

import threading
import weakref
from types import SimpleNamespace as _SimpleNamespace

import _interpreters

from ._crossing import InterpreterError, InterpreterNotFoundError, NotShareableError
from ._queues import Queue, QueueEmpty, QueueFull
from ._queues import create as create_queue

__all__ = ['get_current', 'get_main', 'create', 'list_all', 'is_shareable', 'Interpreter', 'InterpreterError',
           'InterpreterNotFoundError', 'ExecutionFailed', 'NotShareableError', 'create_queue', 'Queue', 'QueueEmpty', 'QueueFull']

_MAIN = 0


class ExecutionFailed(InterpreterError):
    """An unhandled exception happened during execution.

    This is raised from Interpreter.exec() and Interpreter.call().
    """

    def __init__(self, excinfo):
        super().__init__(excinfo.formatted)
        self.excinfo = excinfo

    def __str__(self):
        display = self.excinfo.errdisplay
        if not display:
            return super().__str__()
        return f'{super().__str__()}\n\nUncaught in the interpreter:\n\n{display}'


def _failed(described):
    name, qualname, module, message, formatted, display = described
    cls = _SimpleNamespace(__name__=name, __qualname__=qualname, __module__=module)
    return ExecutionFailed(_SimpleNamespace(type=cls, msg=message, formatted=formatted, errdisplay=display))


def is_shareable(obj):
    """Return whether the object crosses to another interpreter without being pickled."""
    return _interpreters.is_shareable(obj)


def create():
    """Return a new (idle) Python interpreter."""
    return Interpreter._of(_interpreters.create(), owned=True)


def list_all():
    """Return all existing interpreters."""
    return [Interpreter._of(id) for id in _interpreters.list_all()]


def get_current():
    """Return the currently running interpreter."""
    return Interpreter._of(_interpreters.get_current())


def get_main():
    """Return the main interpreter."""
    return Interpreter._of(_MAIN)


# One object for each interpreter.
_known = weakref.WeakValueDictionary()


class Interpreter:
    """A single Python interpreter.

    Attributes:

    "id" - the unique process-global ID number for the interpreter
    "whence" - indicates where the interpreter was created
    """

    _owned = False

    def __new__(cls, id, /):
        if not isinstance(id, int):
            raise TypeError(f'id must be an int, got {id!r}')
        id = int(id)
        if id < 0:
            raise ValueError(f'interpreter ID must be a non-negative int, got {id}')
        _interpreters.is_running(id)
        return cls._of(id)

    @classmethod
    def _of(cls, id, owned=False):
        known = _known.get(id)
        if known is None:
            made = object.__new__(cls)
            made._id = id
            made._owned = owned
            known = _known.setdefault(id, made)
        return known

    def __repr__(self):
        return f'{type(self).__name__}({self._id})'

    def __hash__(self):
        return hash(self._id)

    def __reduce__(self):
        return type(self), (self._id,)

    def __del__(self):
        # What nobody can name any more is closed, if it was made here.
        if self._owned:
            try:
                _interpreters.destroy(self._id)
            except InterpreterError:
                pass

    @property
    def id(self):
        return self._id

    @property
    def whence(self):
        return 'runtime init' if self._id == _MAIN else '_interpreters module'

    def is_running(self):
        """Return whether or not the identified interpreter is running."""
        return _interpreters.is_running(self._id)

    def close(self):
        """Finalize and destroy the interpreter.

        Attempting to destroy the current interpreter results in an InterpreterError.
        """
        _interpreters.destroy(self._id)
        self._owned = False

    def prepare_main(self, ns=None, /, **kwargs):
        """Bind the given values into the interpreter's __main__.

        The values must be shareable.
        """
        _interpreters.set_main_attrs(self._id, dict(ns, **kwargs) if ns is not None else kwargs)

    def exec(self, code, /):
        """Run the given source code in the interpreter.

        This is what exec() does, with the __dict__ of the interpreter's __main__ as globals and locals. Nothing is returned.
        An exception that the code does not handle is described by an ExecutionFailed. The calling thread runs the
        code; meanwhile other threads of this interpreter may run.
        """
        failed = _interpreters.exec(self._id, code)
        if failed is not None:
            raise _failed(failed)

    def _call(self, callable, args, kwargs):
        result, failed = _interpreters.call(self._id, callable, args, kwargs)
        if failed is not None:
            raise _failed(failed)
        return result

    def call(self, callable, /, *args, **kwargs):
        """Call the object in the interpreter with given args/kwargs.

        What is shareable crosses as a copy, a function that is no closure and uses no globals as its code, everything else
        as a pickle; so does the result. An exception is described by an ExecutionFailed.
        """
        if not _is_callable(callable):
            raise TypeError(f'expected a callable, got {callable!r}')
        return self._call(callable, args, kwargs)

    def call_in_thread(self, callable, /, *args, **kwargs):
        """Return a new thread that calls the object in the interpreter.

        The return value and any raised exception are discarded.
        """
        if not _is_callable(callable):
            raise TypeError(f'expected a callable, got {callable!r}')
        thread = threading.Thread(target=self._call, args=(callable, args, kwargs))
        thread.start()
        return thread


_is_callable = callable
