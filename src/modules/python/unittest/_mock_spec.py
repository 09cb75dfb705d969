"""Mocks that are called as what they stand for is called, and one for open()."""

import inspect
from types import FunctionType

from ._mock_calls import DEFAULT
from ._mock_objects import (AsyncMock, InvalidSpecError, MagicMock, NonCallableMagicMock, PropertyMock, _inner, is_mock)
from ._mock_state import is_async_object, signature_of

_RECORDS = ("called", "call_count", "call_args", "call_args_list", "mock_calls")
_HANDED_ON = ("assert_called", "assert_called_with", "assert_called_once", "assert_called_once_with", "assert_any_call",
              "assert_has_calls", "assert_not_called", "configure_mock", "attach_mock", "method_calls")
_AWAITS = ("assert_awaited", "assert_awaited_once", "assert_awaited_with", "assert_awaited_once_with", "assert_any_await",
           "assert_has_awaits", "assert_not_awaited")


def _like_function(mock, spec, signature):
    """A function with the name and the parameters of `spec` that calls the mock, and has the attributes of a mock."""
    if is_async_object(spec):
        async def function(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return await mock(*args, **kwargs)
    else:
        def function(*args, **kwargs):
            signature.bind(*args, **kwargs)
            return mock(*args, **kwargs)
    function.__name__ = getattr(spec, "__name__", "funcopy")
    function.__qualname__ = function.__name__
    function.__doc__ = getattr(spec, "__doc__", None)
    function.__module__ = getattr(spec, "__module__", None)
    function.__signature__ = signature
    state = mock._mock_state
    for name in _RECORDS + (("await_count", "await_args", "await_args_list") if isinstance(mock, AsyncMock) else ()):
        setattr(function, name, getattr(mock, name))
    function.return_value = mock.return_value
    function.side_effect = mock.side_effect
    for name in _HANDED_ON + (_AWAITS if isinstance(mock, AsyncMock) else ()):
        setattr(function, name, getattr(mock, name))

    def reset_mock(*args, **kwargs):
        mock.reset_mock(*args, **kwargs)
    function.reset_mock = reset_mock
    function.mock = mock
    state.delegate = function
    return function


def _drops_first(spec, name, value):
    """Return whether the function that is the attribute `name` of `spec` gets its first argument from there."""
    if not isinstance(spec, type):
        return not isinstance(value, FunctionType) or name not in getattr(spec, "__dict__", {})
    for cls in spec.__mro__:
        if name in cls.__dict__:
            return not isinstance(cls.__dict__[name], (staticmethod, classmethod)) and isinstance(value, FunctionType)
    return False


def _make_attributes(mock, spec, spec_set, as_class):
    """Give a mock, for each function and class that `spec` has, one that is called alike."""
    for name in dir(spec):
        if name.startswith("__") and name.endswith("__"):
            continue
        try:
            value = getattr(spec, name)
        except AttributeError:
            continue
        if isinstance(value, property) or not (inspect.isroutine(value) or isinstance(value, type)):
            child = NonCallableMagicMock(spec=value if not isinstance(value, property) else None, parent=mock, name=name,
                                         _new_name=name, _new_parent=mock)
            mock._mock_state.children[name] = child
            continue
        if isinstance(value, type):
            mock._mock_state.children[name] = create_autospec(value, spec_set, _parent=mock, _name=name)
            continue
        make = AsyncMock if is_async_object(value) else MagicMock
        child = make(spec=value, parent=mock, name=name, _new_name=name, _new_parent=mock)
        child._mock_state.signature = signature_of(value, False, as_class and _drops_first(spec, name, value))
        child._mock_state.checked = child._mock_state.signature
        mock._mock_state.children[name] = child


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, *, unsafe=False, **kwargs):
    """Create a mock that has what `spec` has and is called like it; for a function, a function."""
    if isinstance(spec, (list, tuple)):
        spec = type(spec)
    is_class = isinstance(spec, type)
    if is_mock(_inner(spec)):
        raise InvalidSpecError(f"Cannot autospec a Mock object. [object={spec!r}]")
    words = {"spec_set" if spec_set else "spec": spec}
    if instance and is_class:
        words["_spec_as_instance"] = True
    if inspect.isdatadescriptor(spec):
        words = {}
    if is_class and instance and not hasattr(spec, "__call__") or not callable(spec):
        make = NonCallableMagicMock
    elif is_class and instance and not any("__call__" in cls.__dict__ for cls in spec.__mro__):
        make = NonCallableMagicMock
    else:
        make = AsyncMock if is_async_object(spec) else MagicMock
    name = words.pop("name", _name)
    mock = make(parent=_parent, _new_parent=_parent, _new_name="" if _parent is None else _name, name=name, unsafe=unsafe,
                _eat_self=False, **words, **kwargs)
    if isinstance(spec, FunctionType) or inspect.isbuiltin(spec) and mock._mock_state.signature is not None:
        made = _like_function(mock, spec, mock._mock_state.signature)
        if _parent is not None:
            _parent._mock_state.children[_name] = made
        return made
    mock._mock_state.checked = mock._mock_state.signature
    _make_attributes(mock, spec, spec_set, is_class)
    if is_class and not instance and "return_value" not in kwargs:
        made = create_autospec(spec, spec_set, instance=True)
        state = made._mock_state
        state.name, state.new_name, state.new_parent = None, "()", mock
        mock._mock_state.return_value = made
    return mock


def _lines_of(data):
    """The lines of text or bytes, with their ends."""
    end = b"\n" if isinstance(data, bytes) else "\n"
    lines = [line + end for line in data.split(end)]
    if lines[-1] == end:
        return lines[:-1]
    lines[-1] = lines[-1][:-1]
    return lines


class _Reading:
    """How far a mocked file was read."""

    def __init__(self, data):
        self.data = data
        self.empty = b"" if isinstance(data, bytes) else ""
        self.at = 0

    def rewind(self):
        self.at = 0

    def read(self, size=-1):
        rest = self.data[self.at:]
        piece = rest if size is None or size < 0 else rest[:size]
        self.at += len(piece)
        return piece

    def readline(self, size=-1):
        rest = _lines_of(self.data[self.at:])
        line = rest[0] if rest else self.empty
        if size is not None and size >= 0:
            line = line[:size]
        self.at += len(line)
        return line

    def readlines(self, hint=-1):
        lines = []
        while line := self.readline():
            lines.append(line)
        return lines

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __iter__(self):
        while line := self.readline():
            yield line


def mock_open(mock=None, read_data=""):
    """Create a mock for open(): the file it returns reads `read_data` and remembers what was written."""
    import io
    names = sorted(set(dir(io.TextIOWrapper)) | set(dir(io.BytesIO)))
    if mock is None:
        mock = MagicMock(name="open", spec=open)
    reading = _Reading(read_data)
    handle = MagicMock(spec=names)
    handle.__enter__.return_value = handle
    handle.__exit__.side_effect = lambda *error: handle.close()
    handle.write.return_value = None

    def told(method, otherwise):
        def answer(*args, **kwargs):
            value = method._mock_told_return()
            return otherwise(*args, **kwargs) if value is DEFAULT else value
        return answer

    for name in ("read", "readline", "readlines"):
        method = getattr(handle, name)
        method.side_effect = told(method, getattr(reading, name))
    handle.__iter__.side_effect = lambda: iter(reading)
    handle.__next__.side_effect = told(handle.__next__, reading.__next__)

    def open_again(*args, **kwargs):
        reading.rewind()
        return DEFAULT

    mock.side_effect = open_again
    mock.return_value = handle
    return mock
