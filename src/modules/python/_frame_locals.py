"""The variables of a function's frame as a mapping that writes through (PEP 667)."""

from _collections_abc import Mapping
from _thread import get_ident
from _traceback import set_local, variables

# Which mappings are being shown, and by which thread.
_shown = set()


class FrameLocalsProxy:
    """The variables of a frame: reading and setting items reads and sets them."""

    __slots__ = ("_frame", "_more")
    __hash__ = None

    def __init__(self, *args, **kwargs):
        if len(args) != 1:
            raise TypeError(f"FrameLocalsProxy expected 1 argument, got {len(args)}")
        if kwargs:
            raise TypeError("FrameLocalsProxy takes no keyword arguments")
        frame, = args
        if type(frame).__name__ != "frame":
            raise TypeError(f"expect frame, not {type(frame).__name__}")
        self._frame = frame
        # Names that are no variables of the function.
        self._more = {}

    def _all(self):
        return variables(self._frame) | self._more

    def __getitem__(self, name, /):
        try:
            return self._all()[name]
        except KeyError:
            raise KeyError(f"local variable '{name!r}' is not defined") from None

    def __setitem__(self, name, value, /):
        if not set_local(self._frame, name, value):
            self._more[name] = value

    def __delitem__(self, name, /):
        self._check_removable(name)
        try:
            del self._more[name]
        except KeyError:
            raise KeyError(name) from None

    def _check_removable(self, name):
        if name in variables(self._frame):
            raise ValueError("cannot remove local variables from FrameLocalsProxy")

    def __reduce_ex__(self, protocol, /):
        raise TypeError("cannot pickle 'FrameLocalsProxy' object")

    def __contains__(self, name, /):
        return name in self._all()

    def __iter__(self):
        return iter(self._all())

    def __reversed__(self):
        return list(reversed(self._all()))

    def __len__(self):
        return len(self._all())

    def __eq__(self, other, /):
        if isinstance(other, FrameLocalsProxy):
            return self._frame == other._frame
        return self._all() == other if isinstance(other, dict) else NotImplemented

    def __repr__(self):
        # The mapping itself is often one of the variables.
        showing = (id(self), get_ident())
        if showing in _shown:
            return "{...}"
        _shown.add(showing)
        try:
            return repr(self._all())
        finally:
            _shown.discard(showing)

    def __or__(self, other, /):
        return self._all() | dict(other) if isinstance(other, dict | FrameLocalsProxy) else NotImplemented

    def __ror__(self, other, /):
        return dict(other) | self._all() if isinstance(other, dict | FrameLocalsProxy) else NotImplemented

    def __ior__(self, other, /):
        self.update(other)
        return self

    def copy(self):
        """The variables as a dictionary of its own."""
        return self._all()

    def keys(self):
        """A list of the names."""
        return list(self._all())

    def values(self):
        """A list of the values."""
        return list(self._all().values())

    def items(self):
        """A list of the names with their values."""
        return list(self._all().items())

    def get(self, name, default=None, /):
        """The value of a variable, or what is given for one that has none."""
        return self._all().get(name, default)

    def pop(self, name, /, *default):
        """Remove a name that is no variable of the function, which cannot be removed, and return its value."""
        self._check_removable(name)
        return self._more.pop(name, *default)

    def setdefault(self, name, default=None, /):
        """The value of a variable, which is set if it has none."""
        if name not in self:
            self[name] = default
        return self[name]

    def update(self, other, /):
        """Set the variables that a dictionary names."""
        if not isinstance(other, dict | FrameLocalsProxy):
            raise TypeError("update() argument must be dict or another FrameLocalsProxy")
        for name, value in other.items():
            self[name] = value


FrameLocalsProxy.__module__ = "builtins"
Mapping.register(FrameLocalsProxy)
