"""The mocks: Mock, MagicMock, AsyncMock and their kin."""

import inspect
import threading

from . import _mock_magic as magic
from ._mock_asserts import Assertions
from ._mock_calls import DEFAULT, DELETED, _Call, _CallList
from ._mock_state import State, has_name, is_async_object, is_exception, mock_name

_LIKE_ASSERTIONS = ("assert", "assret", "asert", "aseert", "assrt")
_ASSERTION_ENDINGS = {name.removeprefix("assert_") for name in dir(Assertions) if name.startswith("assert_")}


# What is set on a mock itself and makes no attribute of what it stands for.
_OWN = {"_mock_state", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls", "return_value",
        "side_effect"}


class InvalidSpecError(Exception):
    """A mock was asked to stand for another mock."""


def is_mock(value):
    return issubclass(type(value), NonCallableMock)


def _inner(value):
    """The mock behind a function that was made to look like another one."""
    if not is_mock(value) and inspect.isfunction(value) and hasattr(value, "mock"):
        return value.mock
    return value


def _adopt(parent, value, name, new_name):
    """Let what happens to the mock `value` be written down by `parent` as well, unless it belongs somewhere already."""
    value = _inner(value)
    if not is_mock(value):
        return False
    state = value._mock_state
    if state.name or state.new_name or state.parent is not None or state.new_parent is not None:
        return False
    above = parent
    while above is not None:
        if above is value:
            return False
        above = above._mock_state.new_parent
    if new_name:
        state.new_parent, state.new_name = parent, new_name
    if name:
        state.parent, state.name = parent, name
    return True


def _recorded(name):
    """A property of what was recorded; a function that looks like another one keeps it in its own attributes."""
    def get(self):
        state = self._mock_state
        return getattr(state if state.delegate is None else state.delegate, name)

    def set(self, value):
        state = self._mock_state
        setattr(state if state.delegate is None else state.delegate, name, value)
    return property(get, set)


class _MagicSlot:
    """A special method that becomes a mock when it is first used."""

    def __init__(self, name):
        self.name = name

    def __get__(self, mock, owner=None):
        if mock is None:
            return self
        children = mock._mock_state.children
        if self.name not in children:
            method = mock._get_child_mock(name=self.name, _new_name=self.name, _new_parent=mock)
            children[self.name] = method
            magic.prepare(mock, method, self.name)
        return children[self.name]


_SLOTS = {name: _MagicSlot(name) for name in magic.CONFIGURED}


class NonCallableMock(Assertions):
    """A mock that cannot be called: attributes appear when they are asked for."""

    _mock_magics = False

    def __new__(cls, spec=None, wraps=None, name=None, spec_set=None, *args, **kwargs):
        # A class of its own for each: properties and special methods are set on the class.
        namespace = {"__doc__": cls.__doc__, "__module__": cls.__module__}
        if cls._mock_magics and spec is None and spec_set is None:
            # All at once, which is cheap.
            namespace.update(_SLOTS)
        return object.__new__(type(cls.__name__, (cls,), namespace))

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name="",
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        if _new_parent is None:
            _new_parent = parent
        state = State(parent, name, _new_name, _new_parent, wraps, unsafe)
        self.__dict__["_mock_state"] = state
        eat_self = parent is not None if _eat_self is None else _eat_self
        state.stand_for(spec if spec_set is None else spec_set, spec_set is not None, _spec_as_instance, eat_self)
        self._mock_forget()
        if self._mock_magics:
            self._mock_set_magics()
        if kwargs:
            self.configure_mock(**kwargs)

    def _mock_set_magics(self):
        """Give the class the special methods that the mock may have, and no others."""
        cls, names = type(self), self._mock_state.names
        if names is None and len(cls.__dict__) >= len(_SLOTS):
            return
        allowed = magic.CONFIGURED if names is None else magic.CONFIGURED.intersection(names)
        for name in [name for name, value in cls.__dict__.items() if isinstance(value, _MagicSlot)]:
            if name not in allowed:
                delattr(cls, name)
        for name in allowed:
            if name not in cls.__dict__:
                setattr(cls, name, _SLOTS[name])

    def _mock_forget(self):
        self.called = False
        self.call_count = 0
        self.call_args = None
        self.call_args_list = _CallList()
        self.mock_calls = _CallList()
        self.method_calls = _CallList()

    called = _recorded("called")
    call_count = _recorded("call_count")
    call_args = _recorded("call_args")
    call_args_list = _recorded("call_args_list")
    mock_calls = _recorded("mock_calls")
    method_calls = property(lambda self: self._mock_state.method_calls,
                            lambda self, value: setattr(self._mock_state, "method_calls", value))

    def _mock_told_return(self):
        return self._mock_state.return_value

    @property
    def _spec_class(self):
        return self._mock_state.spec_class

    @property
    def return_value(self):
        """What a call returns; a mock of its own unless it is set."""
        state = self._mock_state
        if state.delegate is not None:
            return state.delegate.return_value
        if state.return_value is DEFAULT and state.wraps is None:
            state.return_value = self._get_child_mock(_new_parent=self, _new_name="()")
        return state.return_value

    @return_value.setter
    def return_value(self, value):
        state = self._mock_state
        if state.delegate is not None:
            state.delegate.return_value = value
            return
        state.return_value = value
        _adopt(self, value, None, "()")

    @property
    def side_effect(self):
        """What a call does: a function to call, exceptions to raise, values to return one after the other."""
        state = self._mock_state
        return state.side_effect if state.delegate is None else state.delegate.side_effect

    @side_effect.setter
    def side_effect(self, value):
        if value is not None and not is_exception(value) and not callable(value):
            value = iter(value)
        state = self._mock_state
        if state.delegate is None:
            state.side_effect = value
        else:
            state.delegate.side_effect = value

    @property
    def __class__(self):
        state = self.__dict__.get("_mock_state")
        return type(self) if state is None or state.spec_class is None else state.spec_class

    def _get_child_mock(self, /, **kw):
        """Create the mock for an attribute or a returned value; a subclass may override it."""
        if self._mock_state.sealed:
            raise AttributeError(self._mock_sealed_name(kw))
        cls = type(self).__mro__[1]
        new_name = kw.get("_new_name")
        if new_name in magic.ASYNC_MAGICS or new_name in self._mock_state.asynchronous:
            cls = AsyncMock
        elif issubclass(cls, AsyncMock):
            if new_name in magic.CONFIGURED or self._mock_state.names is not None and new_name in self._mock_state.names:
                cls = MagicMock
        elif not issubclass(cls, CallableMixin):
            cls = MagicMock if issubclass(cls, NonCallableMagicMock) else Mock
        elif issubclass(cls, PropertyMock):
            cls = MagicMock
        return cls(**kw)

    def _mock_sealed_name(self, kw):
        name = kw.get("name") or ""
        full = self._extract_mock_name()
        return f"{full}.{name}" if name else f"{full}()"

    def _extract_mock_name(self):
        return mock_name(self)

    def __getattr__(self, name):
        if name == "_mock_state":
            raise AttributeError(name)
        state = self._mock_state
        if state.names is not None:
            if name not in state.names or magic.is_magic(name):
                raise AttributeError(f"Mock object has no attribute {name!r}")
        elif magic.is_magic(name):
            raise AttributeError(name)
        if not state.unsafe and (state.names is None or name not in state.names):
            if name.startswith(_LIKE_ASSERTIONS) or name in _ASSERTION_ENDINGS:
                raise AttributeError(f"{name!r} is not a valid assertion. Use a spec for the mock if {name!r} is meant to "
                                     "be an attribute.")
        child = state.children.get(name)
        if child is DELETED:
            raise AttributeError(name)
        if child is None:
            wraps = None if state.wraps is None else getattr(state.wraps, name)
            child = self._get_child_mock(parent=self, name=name, wraps=wraps, _new_name=name, _new_parent=self)
            state.children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in _OWN:
            return object.__setattr__(self, name, value)
        state = self._mock_state
        if state.spec_set and name not in state.names and name not in self.__dict__:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if magic.is_unsupported(name):
            raise AttributeError(f"Attempting to set unsupported magic method {name!r}.")
        if name in magic.SETTABLE:
            return self._mock_set_magic(name, value)
        if state.sealed and not is_mock(value) and name not in state.children and name not in self.__dict__:
            raise AttributeError(f"Cannot set {self._extract_mock_name()}.{name}")
        if _adopt(self, value, name, name):
            state.children[name] = value
            return None
        state.children.pop(name, None)
        return object.__setattr__(self, name, value)

    def _mock_set_magic(self, name, value):
        state = self._mock_state
        if state.names is not None and name not in state.names:
            raise AttributeError(f"Mock object has no attribute '{name}'")
        if is_mock(value):
            _adopt(self, value, None, name)
            state.children[name] = value
            setattr(type(self), name, value)
        elif callable(value):
            mock = self
            setattr(type(self), name, lambda self, /, *args, **kwargs: value(mock, *args, **kwargs))
        else:
            setattr(type(self), name, value)

    def __delattr__(self, name):
        if name in magic.SETTABLE and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        children = self._mock_state.children
        if children.get(name) is DELETED:
            raise AttributeError(name)
        own = self.__dict__
        if name in own:
            object.__delattr__(self, name)
        children[name] = DELETED

    def __dir__(self):
        from . import mock
        state = self._mock_state
        own = [name for name in self.__dict__ if not name.startswith("_mock_")]
        children = [name for name, child in state.children.items() if child is not DELETED]
        if not mock.FILTER_DIR:
            return object.__dir__(self) + children
        kept = [name for name in dir(type(self)) if not name.startswith("_") or magic.is_magic(name)
                and name in type(self).__dict__]
        kept = [name for name in kept if not name.startswith("__")] if state.names is None else kept
        return sorted(set((state.names or []) + kept + own + children))

    def __repr__(self):
        state = self._mock_state
        name = f" name={self._extract_mock_name()!r}" if has_name(self) else ""
        spec = ""
        if state.spec_class is not None:
            spec = f" {'spec_set' if state.spec_set else 'spec'}={state.spec_class.__name__!r}"
        return f"<{type(self).__name__}{name}{spec} id='{id(self)}'>"

    def configure_mock(self, /, **kwargs):
        """Set attributes; a name may have dots in it, as in `method.return_value`."""
        for name, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *way, last = name.split(".")
            target = self
            for step in way:
                target = getattr(target, step)
            setattr(target, last, value)

    def attach_mock(self, mock, attribute):
        """Make a mock an attribute of this one, so that its calls are written down here too."""
        inner = _inner(mock)
        state = inner._mock_state
        state.parent = state.new_parent = None
        state.name, state.new_name = "", ""
        setattr(self, attribute, mock)

    def mock_add_spec(self, spec, spec_set=False):
        """Allow only what `spec` has from now on."""
        self._mock_state.stand_for(spec, spec_set)
        if self._mock_magics:
            self._mock_set_magics()

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget the calls, here and in all that came from this mock."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self._mock_forget()
        state = self._mock_state
        if return_value:
            state.return_value = DEFAULT
        if side_effect:
            state.side_effect = None
        for child in state.children.values():
            child = _inner(child)
            if is_mock(child):
                child.reset_mock(visited, return_value=return_value, side_effect=side_effect)
        if is_mock(state.return_value) and state.return_value is not self:
            state.return_value.reset_mock(visited)


class CallableMixin:
    """A mock that can be called."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None,
                 parent=None, _spec_state=None, _new_name="", _new_parent=None, **kwargs):
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        if return_value is not DEFAULT:
            self.return_value = return_value
        if side_effect is not None:
            self.side_effect = side_effect

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._mock_write_down(args, kwargs)
        return self._mock_answer(args, kwargs)

    def _mock_check_sig(self, /, *args, **kwargs):
        if self._mock_state.checked is not None:
            self._mock_state.checked.bind(*args, **kwargs)

    def _mock_write_down(self, args, kwargs):
        self.called = True
        self.call_count += 1
        self.call_args = _Call((args, kwargs), two=True)
        self.call_args_list.append(self.call_args)
        self.mock_calls.append(_Call(("", args, kwargs)))
        state = self._mock_state
        # As a method of those above, as far as it is an attribute of an attribute …
        name, above = state.name, state.parent
        while above is not None:
            above.method_calls.append(_Call((name, args, kwargs)))
            name, above = f"{above._mock_state.name}.{name}", above._mock_state.parent
        # … and by the whole way from each of those it came from.
        way, above = state.new_name, state.new_parent
        while above is not None:
            above.mock_calls.append(_Call((way, args, kwargs)))
            over = above._mock_state
            if over.new_parent is not None:
                way = over.new_name + ("" if way.startswith("()") else ".") + way
            above = over.new_parent

    def _mock_effect(self, args, kwargs):
        """What the side effect says, DEFAULT if it leaves the answer to the rest."""
        effect = self.side_effect
        if effect is None:
            return DEFAULT
        if is_exception(effect):
            raise effect
        if callable(effect):
            return effect(*args, **kwargs)
        result = next(effect)
        if is_exception(result):
            raise result
        return result

    def _mock_answer(self, args, kwargs):
        result = self._mock_effect(args, kwargs)
        if result is not DEFAULT:
            return result
        state = self._mock_state
        if state.return_value is DEFAULT and state.wraps is not None and state.delegate is None:
            return state.wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """An object that accepts whatever is done with it and remembers it."""


class NonCallableMagicMock(NonCallableMock):
    """A mock with the special methods, that cannot be called."""

    _mock_magics = True


class MagicMock(CallableMixin, NonCallableMagicMock):
    """A mock with the special methods."""

    def reset_mock(self, /, *args, return_value=False, **kwargs):
        """Forget the calls, here and in all that came from this mock."""
        super().reset_mock(*args, return_value=return_value, **kwargs)
        if return_value:
            # Special methods answer again what they answered at first.
            for name, child in self._mock_state.children.items():
                if name in magic.CONFIGURED and is_mock(child):
                    magic.prepare(self, child, name)


class AsyncMock(CallableMixin, NonCallableMagicMock):
    """A mock whose calls are awaited."""

    await_count = _recorded("await_count")
    await_args = _recorded("await_args")
    await_args_list = _recorded("await_args_list")

    def __init__(self, /, *args, **kwargs):
        super().__init__(*args, **kwargs)
        inspect.markcoroutinefunction(self)

    def _mock_forget(self):
        super()._mock_forget()
        self.await_count = 0
        self.await_args = None
        self.await_args_list = _CallList()

    def __setattr__(self, name, value):
        if name in ("await_count", "await_args", "await_args_list", "_is_coroutine_marker"):
            return object.__setattr__(self, name, value)
        return super().__setattr__(name, value)

    async def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._mock_write_down(args, kwargs)
        one = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = one
        self.await_args_list.append(one)
        try:
            result = self._mock_effect(args, kwargs)
        except StopIteration:
            # A coroutine cannot raise it.
            raise StopAsyncIteration from None
        if result is DEFAULT:
            state = self._mock_state
            if state.return_value is not DEFAULT or state.wraps is None:
                return self.return_value
            result = state.wraps(*args, **kwargs)
        return await result if inspect.isawaitable(result) else result

    def assert_awaited(self):
        """Assert that the mock was awaited at least once."""
        if not self.await_count:
            raise AssertionError(f"Expected {self._mock_label()} to have been awaited.")

    def assert_awaited_once(self):
        """Assert that the mock was awaited exactly once."""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_label()} to have been awaited once. "
                                 f"Awaited {self.await_count} times.")

    def assert_awaited_with(self, /, *args, **kwargs):
        """Assert that the last await had these arguments."""
        from ._mock_calls import as_text
        expected = as_text(self._mock_label(), args, kwargs)
        if self.await_args is None:
            raise AssertionError(f"Expected await: {expected}\nNot awaited")
        if self._call_matcher(self.await_args) != self._call_matcher(_Call((args, kwargs), two=True)):
            actual = as_text(self._mock_label(), *self.await_args)
            raise AssertionError(f"expected await not found.\nExpected: {expected}\n  Actual: {actual}")

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """Assert that there was one await, and that it had these arguments."""
        if self.await_count != 1:
            raise AssertionError(f"Expected {self._mock_label()} to have been awaited once. "
                                 f"Awaited {self.await_count} times.")
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """Assert that one of the awaits had these arguments."""
        from ._mock_calls import as_text
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if not any(self._call_matcher(one) == expected for one in self.await_args_list):
            raise AssertionError(f"{as_text(self._mock_label(), args, kwargs)} await not found")

    def assert_has_awaits(self, calls, any_order=False):
        """Assert that the mock was awaited like this, one after the other or in any order."""
        calls = list(calls)
        if any_order:
            rest = list(self.await_args_list)
            missing = [one for one in calls if one not in rest or rest.remove(one)]
            if missing:
                raise AssertionError(f"{tuple(missing)!r} not all found in await list")
        elif calls not in _CallList(self.await_args_list):
            raise AssertionError(f"Awaits not found.\nExpected: {_CallList(calls)}\nActual: {self.await_args_list}")

    def assert_not_awaited(self):
        """Assert that the mock was never awaited."""
        if self.await_count:
            raise AssertionError(f"Expected {self._mock_label()} to not have been awaited. "
                                 f"Awaited {self.await_count} times.")


class PropertyMock(Mock):
    """A mock to set on a class as a property: reading it calls it without arguments, setting it with the value."""

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


class ThreadingMock(MagicMock):
    """A mock that threads can wait for to be called."""

    DEFAULT_TIMEOUT = None

    def __init__(self, /, *args, timeout=DEFAULT, **kwargs):
        self.__dict__["_mock_waiting"] = (threading.Condition(), None if timeout is DEFAULT else timeout)
        super().__init__(*args, **kwargs)

    def _mock_write_down(self, args, kwargs):
        condition, _ = self._mock_waiting
        with condition:
            super()._mock_write_down(args, kwargs)
            condition.notify_all()

    def _mock_wait(self, happened, timeout, what):
        condition, usual = self._mock_waiting
        if timeout is DEFAULT:
            timeout = self.DEFAULT_TIMEOUT if usual is None else usual
        with condition:
            if not condition.wait_for(happened, timeout):
                raise AssertionError(f"{self._mock_label()} was not called{what} before timeout({timeout}).")

    def wait_until_called(self, *, timeout=DEFAULT):
        """Wait until the mock was called."""
        self._mock_wait(lambda: self.call_count > 0, timeout, "")

    def wait_until_any_call_with(self, *args, **kwargs):
        """Wait until the mock was called with these arguments."""
        wanted = _Call((args, kwargs), two=True)
        self._mock_wait(lambda: wanted in self.call_args_list, DEFAULT, "")


def seal(mock):
    """Let a mock, and all that came from it, get no more attributes."""
    mock = _inner(mock)
    mock._mock_state.sealed = True
    for child in list(mock._mock_state.children.values()):
        if is_mock(child) and not child._mock_state.sealed and child._mock_state.new_parent is mock:
            seal(child)
    told = mock._mock_state.return_value
    if is_mock(told) and told._mock_state.new_parent is mock and not told._mock_state.sealed:
        seal(told)
