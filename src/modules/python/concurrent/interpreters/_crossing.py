"""What goes wrong, and what has to be worked at, when something crosses from one interpreter to another."""

import sys

import _interpreters

# The file of the program that made this interpreter, once something from its __main__ has come.
_main_path = None
# As a module of this interpreter, the program goes by this name, so that it knows that it is not the one being run.
_FAKE_MAIN = '<fake __main__>'


class InterpreterError(Exception):
    """A cross-interpreter operation failed"""


class InterpreterNotFoundError(InterpreterError):
    """An interpreter was not found"""


class NotShareableError(TypeError):
    __doc__ = None


for _class in (InterpreterError, InterpreterNotFoundError, NotShareableError):
    _class.__module__ = 'concurrent.interpreters'


def _because(exception, cause):
    exception.__cause__ = cause
    return exception


def unshareable(value):
    """The exception that says that a value cannot cross as it is."""
    cause = None
    if type(value) is tuple:
        cause = next((unshareable(item) for item in value if not _crosses(item)), None)
    elif type(value) is int:
        cause = OverflowError('try sending as bytes')
    return not_shareable(value, cause)


def not_shareable(value, cause):
    """The exception that says that a value cannot cross, and why."""
    return _because(NotShareableError(f'{value!r} does not support cross-interpreter data'), cause)


def _crosses(value):
    if type(value) is tuple:
        return all(map(_crosses, value))
    if type(value) is int:
        return -2**63 <= value < 2**63
    return _interpreters.is_shareable(value)


def only_stateless(needs):
    """The exception for a function that needs what only its own interpreter has."""
    return _because(NotShareableError('only stateless functions are shareable'), ValueError(needs))


def _bare(exception):
    """The exception without the places where it was raised, which are of the library."""
    return exception.with_traceback(None)


def cannot_open(exception):
    """What is said of something that arrived and could not be made a value."""
    return _because(NotShareableError('object could not be unpickled'), _bare(exception))


def cannot_share(exception):
    """What is said of a result that could not leave."""
    exception.__cause__ = None
    return _bare(exception)


def lost(what, why):
    """The exception for something that did not arrive."""
    return _because(NotShareableError(what), Exception(why))


def describe(exception, display):
    """All that can be told of an exception in another interpreter, as texts."""
    cls = type(exception)
    try:
        message = str(exception)
    except Exception:
        message = '<exception str() failed>'
    plain = cls.__module__ in ('builtins', '__main__')
    name = cls.__qualname__ if plain else f'{cls.__module__}.{cls.__qualname__}'
    return cls.__name__, cls.__qualname__, str(cls.__module__), message, f'{name}: {message}', display


def queue(number):
    """The queue of that number, as this interpreter has it."""
    from ._queues import Queue
    return Queue(number)


def dump(value):
    """A pickle of the value, and the file of the program whose __main__ it may name."""
    import pickle
    path = _main_path
    if path is None:
        path = getattr(sys.modules['__main__'], '__file__', None)
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL), path


def load(data, main_path):
    """The value of a pickle from another interpreter of this process."""
    global _main_path
    if main_path is not None:
        _main_path = main_path
    if b'__main__' not in data:
        from _pickle import loads_own
        return loads_own(data)
    import io
    import pickle

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            return _find(module, name)

    return Unpickler(io.BytesIO(data)).load()


def _find(module, name):
    if module in ('__main__', _FAKE_MAIN):
        try:
            return _by_path(sys.modules['__main__'], name)
        except AttributeError:
            if _interpreters.get_current() == 0 or _main_path is None:
                raise
            if module == _FAKE_MAIN and _FAKE_MAIN not in sys.modules:
                # A program without a __main__ guard makes interpreters there, too, and would without end.
                raise ModuleNotFoundError(f'No module named {module!r}', name=module) from None
            fake = _fake_main()
        try:
            return _by_path(fake, name)
        except AttributeError:
            raise AttributeError(f"module '__main__' has no attribute {name!r}") from None
    __import__(module)
    return _by_path(sys.modules[module], name)


def _by_path(found, path):
    for name in path.split('.'):
        found = getattr(found, name)
    return found


def _fake_main():
    """The program as a module of this interpreter."""
    try:
        return sys.modules[_FAKE_MAIN]
    except KeyError:
        pass
    from types import ModuleType

    from _multiprocessing import program
    code = program(_main_path)
    fake = sys.modules[_FAKE_MAIN] = ModuleType(_FAKE_MAIN)
    fake.__file__ = _main_path
    try:
        exec(code, fake.__dict__)
    except BaseException:
        del sys.modules[_FAKE_MAIN]
        raise
    return fake
