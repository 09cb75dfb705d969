"""What mocks write down: calls that compare with calls and tuples, the named constants, and what equals everything."""


class _SentinelObject:
    """A constant with a name that is only ever itself."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"sentinel.{self.name}"

    def __reduce__(self):
        return f"sentinel.{self.name}"


class _Sentinel:
    """Makes a constant for each attribute that somebody asks for, always the same one."""

    def __init__(self):
        self._sentinels = {}

    def __getattr__(self, name):
        if name == "__bases__":
            raise AttributeError  # doctest and others ask for it
        return self._sentinels.setdefault(name, _SentinelObject(name))

    def __reduce__(self):
        return "sentinel"


sentinel = _Sentinel()
DEFAULT = sentinel.DEFAULT
MISSING = sentinel.MISSING
DELETED = sentinel.DELETED


class _ANY:
    """Equals everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _ANY()


def as_text(name, args, kwargs):
    """A call as a program would write it."""
    parts = [repr(value) for value in args]
    parts += [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"{name}({', '.join(parts)})"


def _taken_apart(other):
    """Name, arguments and keywords of what a call is compared with; no name if it has none; None if it is no call."""
    name, args, kwargs = "", (), {}
    rest = list(other)
    if len(rest) > 3:
        return None
    if rest and isinstance(rest[0], str):
        name = rest.pop(0)
    elif len(rest) == 3:
        rest.pop(0)
    if rest and isinstance(rest[0], tuple):
        args = rest.pop(0)
    if rest and (isinstance(rest[0], dict) or len(other) > 1):
        kwargs = rest.pop(0)
    return None if rest else (name, args, kwargs)


class _Call(tuple):
    """A call that was made or is expected: `(name, args, kwargs)`, or `(args, kwargs)` where the name is plain.

    An attribute of it is a call to that attribute, and calling it gives it arguments, so that what is expected can be
    written like what the program does: `call.open('x').read()`."""

    def __new__(cls, value=(), name="", parent=None, two=False, from_kall=True):
        found, args, kwargs = _taken_apart(value) or ("", (), {})
        name = found if len(value) == 3 else found or name or ""
        return tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    def __eq__(self, other):
        if not isinstance(other, tuple):
            return NotImplemented
        theirs = _taken_apart(other)
        if theirs is None:
            return False
        above, others_above = getattr(self, "_mock_parent", None), getattr(other, "_mock_parent", None)
        if above and others_above and above != others_above:
            return False
        name = self[0] if len(self) == 3 else ""
        if name and theirs[0] != name:
            return False
        return (theirs[1], theirs[2]) == (self.args, self.kwargs)

    __ne__ = object.__ne__
    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        if self._mock_name is None:
            return _Call(("", args, kwargs), name="()")
        return _Call((self._mock_name, args, kwargs), name=self._mock_name + "()", parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name=f"{self._mock_name}.{attr}", parent=self, from_kall=False)

    def __getattribute__(self, attr):
        # What a tuple has and nobody means when they describe a call.
        if attr in ("count", "index"):
            return self.__getattr__(attr)
        return tuple.__getattribute__(self, attr)

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or "call"
            return f"call{name}" if name.startswith("()") else name
        name = self[0] if len(self) == 3 else ""
        if not name:
            name = "call"
        elif name.startswith("()"):
            name = f"call{name}"
        else:
            name = f"call.{name}"
        return as_text(name, self.args, self.kwargs)

    def call_list(self):
        """The calls of a chain, the first one first."""
        calls, step = [], self
        while step is not None:
            if step._mock_from_kall:
                calls.append(step)
            step = step._mock_parent
        return _CallList(reversed(calls))


class _CallList(list):
    """Calls in their order; a run of calls is found in it."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        width = len(value)
        return any(list(self[at:at + width]) == value for at in range(len(self) - width + 1))

    def __repr__(self):
        import pprint
        return pprint.pformat(list(self))


call = _Call(from_kall=False)
