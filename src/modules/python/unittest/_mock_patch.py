"""patch: put something in the place of an attribute or of a dictionary's items for the time of a test."""

import functools
import inspect
from contextlib import ExitStack, contextmanager

from ._mock_calls import DEFAULT, MISSING
from ._mock_objects import (AsyncMock, InvalidSpecError, MagicMock, NonCallableMagicMock, _inner, is_mock)
from ._mock_spec import create_autospec
from ._mock_state import is_async_object

_started = []


def _find(name):
    """Import what a dotted name means: modules as far as there are some, then attributes."""
    first, *rest = name.split(".")
    found, path = __import__(first), first
    for part in rest:
        path = f"{path}.{part}"
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(path)
            found = getattr(found, part)
    return found


def _target(target):
    try:
        owner, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}") from None
    return functools.partial(_find, owner), attribute


class _Startable:
    """A change that a `with` block makes and takes back, or start() and stop() do."""

    def start(self):
        """Make the change, until stop() or patch.stopall()."""
        result = self.__enter__()
        _started.append(self)
        return result

    def stop(self):
        """Take the change back."""
        if self not in _started:
            return None
        _started.remove(self)
        return self.__exit__(None, None, None)


class _Patch(_Startable):
    """One attribute to be replaced: as a decorator, a context manager, or between start() and stop()."""

    attribute_name = None

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=False):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        for word, value in (("autospec", autospec), ("spec_set", spec_set)):
            if not unsafe and word == "autospec":
                wrong = [name for name in ("auto_spec", "autospect", "set_spec") if name in kwargs]
                if wrong:
                    raise RuntimeError(f"{wrong[0]} might be a typo; use unsafe=True if this is intended")
            if is_mock(_inner(value)):
                raise InvalidSpecError(f"Cannot {word} attr {attribute!r} as the patch target has already been mocked out. "
                                       f"[target={getter()!r}, attr={value!r}]")
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.spec, self.spec_set, self.autospec = spec, spec_set, autospec
        self.create = create
        self.new_callable = new_callable
        self.kwargs = kwargs
        self.additional_patchers = []
        self._entered = None

    def copy(self):
        other = _Patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
                       self.new_callable, self.kwargs)
        other.attribute_name = self.attribute_name
        other.additional_patchers = [one.copy() for one in self.additional_patchers]
        return other

    def __call__(self, func):
        if isinstance(func, type):
            return self._decorate_class(func)
        return self._decorate(func)

    def _decorate_class(self, cls):
        for name in dir(cls):
            if name.startswith(patch.TEST_PREFIX) and callable(getattr(cls, name)):
                setattr(cls, name, self.copy()(getattr(cls, name)))
        return cls

    @contextmanager
    def _decoration(self, patched, args, keywargs):
        """Enter all patches of a function; those that made a mock hand it over as an argument."""
        extra = []
        with ExitStack() as stack:
            for patching in patched.patchings:
                made = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(made)
                elif patching.new is DEFAULT:
                    extra.append(made)
            yield args + tuple(extra), keywargs

    def _decorate(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func
        if inspect.iscoroutinefunction(func):
            @functools.wraps(func)
            async def patched(*args, **keywargs):
                with self._decoration(patched, args, keywargs) as (args, keywargs):
                    return await func(*args, **keywargs)
        else:
            @functools.wraps(func)
            def patched(*args, **keywargs):
                with self._decoration(patched, args, keywargs) as (args, keywargs):
                    return func(*args, **keywargs)
        patched.patchings = [self]
        return patched

    def _original(self):
        """What is there now, and whether the target has it itself."""
        target, name = self.target, self.attribute
        own = getattr(target, "__dict__", {})
        if name in own:
            return own[name], True
        original = getattr(target, name, DEFAULT)
        if original is DEFAULT and not self.create:
            if inspect.ismodule(target) and hasattr(__import__("builtins"), name):
                self.create = True
            else:
                raise AttributeError(f"{target} does not have the attribute {name!r}")
        return original, False

    def _replacement(self, original):
        """Make what goes into the place."""
        spec, spec_set, autospec, kwargs = self.spec, self.spec_set, self.autospec, dict(self.kwargs)
        if spec is False:
            spec = None
        if spec_set is False:
            spec_set = None
        if autospec is False:
            autospec = None
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if (spec is not None or autospec is not None) and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        if self.new is not DEFAULT:
            if autospec is not None:
                raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
            if kwargs:
                raise TypeError("Can't pass kwargs to a mock we aren't creating")
            return self.new
        if autospec is not None:
            if original is DEFAULT:
                raise TypeError("Can't use 'autospec' with create=True")
            return create_autospec(original if autospec is True else autospec, spec_set=bool(spec_set),
                                   _name=self.attribute, **kwargs)
        if spec is True:
            spec = original
            if spec_set is True:
                spec_set, spec = original, None
        elif spec is not None and spec_set is True:
            spec_set, spec = spec, None
        elif spec_set is True:
            spec_set = original
        described = spec if spec is not None else spec_set
        if self.new_callable is not None:
            make = self.new_callable
        elif described is None:
            make = AsyncMock if original is not DEFAULT and is_async_object(original) else MagicMock
        elif is_async_object(described):
            make = AsyncMock
        elif isinstance(described, (list, tuple)):
            make = MagicMock if "__call__" in described else NonCallableMagicMock
        else:
            make = MagicMock if callable(described) else NonCallableMagicMock
        if spec is not None:
            kwargs["spec"] = spec
        if spec_set is not None:
            kwargs["spec_set"] = spec_set
        if isinstance(make, type) and issubclass(make, NonCallableMagicMock.__mro__[1]) and self.attribute:
            kwargs.setdefault("name", self.attribute)
        made = make(**kwargs)
        if isinstance(described, type) and is_mock(made) and make is MagicMock:
            # The instances that a mocked class returns have what those of the class have.
            made.return_value = MagicMock(spec=described if spec is not None else None,
                                          spec_set=None if spec is not None else described,
                                          _spec_as_instance=True, _new_name="()", _new_parent=made)
        return made

    def __enter__(self):
        if self._entered is not None:
            raise RuntimeError("Patch is already started")
        self.target = self.getter()
        original, local = self._original()
        new = self._replacement(original)
        stack = ExitStack()
        self._entered = (original, local, new, stack)
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is None:
                return new
            made = {self.attribute_name: new} if self.new is DEFAULT else {}
            for patching in self.additional_patchers:
                made_there = stack.enter_context(patching)
                if patching.new is DEFAULT:
                    made.update(made_there)
            return made
        except BaseException as error:
            self.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(self, *error):
        if self._entered is None:
            return None
        original, local, _, stack = self._entered
        self._entered = None
        try:
            if local:
                setattr(self.target, self.attribute, original)
            else:
                delattr(self.target, self.attribute)
                if not self.create and not hasattr(self.target, self.attribute):
                    # Only the object that handed the attribute on would know it again.
                    setattr(self.target, self.attribute, original)
            del self.target
        finally:
            stack.__exit__(*error)
        return None


class _DictPatch(_Startable):
    """Items of a dictionary, or of what can be used as one, for the time of a test."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values)
        self.values.update(kwargs)
        self.clear = clear
        self._original = None

    def __call__(self, func):
        if isinstance(func, type):
            for name in dir(func):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(func, name)):
                    setattr(func, name, _DictPatch(self.in_dict, self.values, self.clear)(getattr(func, name)))
            return func
        if inspect.iscoroutinefunction(func):
            @functools.wraps(func)
            async def patched(*args, **kwargs):
                with self:
                    return await func(*args, **kwargs)
        else:
            @functools.wraps(func)
            def patched(*args, **kwargs):
                with self:
                    return func(*args, **kwargs)
        return patched

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _find(self.in_dict)
        items = self.in_dict
        self._original = items.copy() if hasattr(items, "copy") else {key: items[key] for key in items}
        if self.clear:
            self._empty()
        if hasattr(items, "update"):
            items.update(self.values)
        else:
            for key, value in self.values.items():
                items[key] = value
        return items

    def _empty(self):
        items = self.in_dict
        if hasattr(items, "clear"):
            items.clear()
        else:
            for key in list(items):
                del items[key]

    def __exit__(self, *error):
        if self._original is not None:
            self._empty()
            for key in self._original:
                self.in_dict[key] = self._original[key]
            self._original = None
        return False


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *,
          unsafe=False, **kwargs):
    """Replace what a dotted name means by a mock or by `new`: a decorator for functions and classes, a context manager,
    and an object with start() and stop()."""
    getter, attribute = _target(target)
    return _Patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
                  new_callable=None, *, unsafe=False, **kwargs):
    """Replace an attribute of an object by a mock or by `new`."""
    if isinstance(target, str):
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _Patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Replace several attributes of an object; those that are DEFAULT become mocks and are handed over by name."""
    getter = functools.partial(_find, target) if isinstance(target, str) else lambda: target
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    patches = []
    for attribute, new in kwargs.items():
        one = _Patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        patches.append(one)
    patches[0].additional_patchers = patches[1:]
    return patches[0]


def _stopall():
    """Stop all patches that were started, the last one first."""
    for one in list(reversed(_started)):
        one.stop()


patch.object = _patch_object
patch.dict = _DictPatch
patch.multiple = _patch_multiple
patch.stopall = _stopall
patch.TEST_PREFIX = "test"
