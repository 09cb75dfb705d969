"""The environment of the program: os.environ, and os.environb, which shows it as bytes."""

import _os
from _collections_abc import Mapping, MutableMapping
from _statics import stand_for

# What is here is known as the own of os.
__name__ = "os"


class _Environ(MutableMapping):
    """The environment: a mapping of strings. Changes hold for the program and for processes that it starts."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key, value = self.encodekey(key), self.encodevalue(value)
        _check_name(key, value)
        _set(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        _check_unset(encoded)
        _unset(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        shown = ", ".join(f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}" for key, value in self._data.items())
        return f"environ({{{shown}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**dict(self), **other}

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return {**dict(other), **self}


def _check_name(key, value):
    if b"\0" in key or b"\0" in value:
        raise ValueError("embedded null byte")
    if b"=" in key:
        raise ValueError("illegal environment variable name")
    _check_unset(key)


def _check_unset(key):
    if not key or b"=" in key:
        raise OSError(22, _os.strerror(22))


def _set(key, value):
    _system[key] = value
    if key == b"TZ":
        _os.set_zone(value)


def _unset(key):
    _system.pop(key, None)
    if key == b"TZ":
        _os.set_zone(None)


def _of_text(text):
    if not isinstance(text, str):
        raise TypeError("str expected, not %s" % type(text).__name__)
    return text.encode("utf-8", "surrogateescape")


def _to_text(content):
    return content.decode("utf-8", "surrogateescape")


def _of_bytes(content):
    if not isinstance(content, bytes):
        raise TypeError("bytes expected, not %s" % type(content).__name__)
    return content


def _same(content):
    return content


_data = {_of_text(name): _of_text(value) for name, value in _os.environ().items()}
# What processes that the program starts get: putenv changes it and not os.environ.
_system = dict(_data)
environ = _Environ(_data, _of_text, _to_text, _of_text, _to_text)
environb = _Environ(_data, _of_bytes, _same, _of_bytes, _same)


def getenv(key, default=None):
    """Get an environment variable, or the default if it doesn't exist."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """Get an environment variable as bytes, or the default if it doesn't exist."""
    return environb.get(key, default)


def putenv(name, value, /):
    """Set a variable in the environment of processes that are started; os.environ stays as it is."""
    name, value = _os_bytes(name), _os_bytes(value)
    _check_name(name, value)
    _set(name, value)


def unsetenv(name, /):
    """Delete a variable from the environment of processes that are started; os.environ stays as it is."""
    name = _os_bytes(name)
    _check_unset(name)
    _unset(name)


def _os_bytes(name):
    from os import fsencode
    return fsencode(name)


def reload_environ():
    """Make os.environ what processes that are started would get."""
    _data.clear()
    _data.update(_system)


def inherited():
    """The environment of a process that is started without one of its own."""
    return _system


stand_for("posix", putenv, unsetenv)
