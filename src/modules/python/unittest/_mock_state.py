"""What a mock keeps about itself, and the questions about what it stands for."""

import functools
import inspect
from dataclasses import fields, is_dataclass
from types import FunctionType, MethodType

from ._mock_calls import DEFAULT


class State:
    """Everything a mock remembers; its own attributes stay free for what the test asks of it.

    `parent` is the mock whose attribute this one is, `new_parent` the one it came from in any way, by being an attribute,
    a special method or a returned value; `new_name` says by which."""

    def __init__(self, parent=None, name=None, new_name="", new_parent=None, wraps=None, unsafe=False):
        self.parent = parent
        self.name = name
        self.new_name = new_name
        self.new_parent = new_parent
        self.wraps = wraps
        self.unsafe = unsafe
        self.children = {}
        self.sealed = False
        self.spec_class = None
        self.spec_set = False
        self.names = None
        self.asynchronous = ()
        self.signature = None
        self.checked = None
        self.delegate = None
        self.return_value = DEFAULT
        self.side_effect = None

    def stand_for(self, spec, spec_set, as_instance=False, eat_self=False):
        """Allow only what `spec` has."""
        if spec is None:
            return
        self.spec_set = bool(spec_set)
        if isinstance(spec, (list, tuple, set, frozenset)) and all(isinstance(name, str) for name in spec):
            self.names = list(spec)
            return
        self.spec_class = spec if isinstance(spec, type) else type(spec)
        self.signature = signature_of(spec, as_instance, eat_self)
        self.names = dir(spec)
        if isinstance(spec, type) and is_dataclass(spec):
            self.names += [field.name for field in fields(spec)]
        self.asynchronous = [name for name in self.names
                             if inspect.iscoroutinefunction(inspect.getattr_static(spec, name, None))]


def first_dropped(signature):
    parameters = list(signature.parameters.values())
    if parameters and parameters[0].kind in (parameters[0].POSITIONAL_ONLY, parameters[0].POSITIONAL_OR_KEYWORD):
        return signature.replace(parameters=parameters[1:])
    return signature


def signature_of(spec, as_instance, eat_self):
    """The parameters with which the thing that `spec` describes is called, or None if nobody can tell."""
    if isinstance(spec, type) and not as_instance:
        spec, eat_self = spec.__init__, True
    elif isinstance(spec, (classmethod, staticmethod)):
        eat_self = isinstance(spec, classmethod)
        spec = spec.__func__
    elif not isinstance(spec, (FunctionType, MethodType, functools.partial)):
        try:
            spec = spec.__call__
        except AttributeError:
            return None
        eat_self = eat_self or isinstance(spec, FunctionType)
    try:
        signature = inspect.signature(spec)
    except (TypeError, ValueError):
        return None
    return first_dropped(signature) if eat_self else signature


def is_exception(value):
    return isinstance(value, BaseException) or isinstance(value, type) and issubclass(value, BaseException)


def is_async_object(spec):
    """Return whether what a mock shall stand for is called with await."""
    return inspect.iscoroutinefunction(spec) and not isinstance(spec, type)


def mock_name(mock):
    """A mock's name, with the way from the one it came from."""
    steps, state = [], mock._mock_state
    while state.new_parent is not None:
        steps.append(state.new_name)
        state = state.new_parent._mock_state
    name = state.name or "mock"
    for step in reversed(steps):
        name += step if step == "()" else f".{step}"
    return name


def has_name(mock):
    state = mock._mock_state
    return bool(state.name or state.new_parent is not None)
