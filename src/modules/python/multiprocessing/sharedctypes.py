"""Values and arrays in memory that processes share, of the types that the array module has."""

__all__ = ["RawValue", "RawArray", "Value", "Array", "copy", "synchronized"]

import _multiprocessing
import struct

from . import context

# Type codes: the struct module's letter, the name of the C type, what a new one holds.
_TYPES = {"c": ("c", "c_char", b"\0"), "b": ("b", "c_byte", 0), "B": ("B", "c_ubyte", 0), "h": ("h", "c_short", 0),
          "H": ("H", "c_ushort", 0), "i": ("i", "c_int", 0), "I": ("I", "c_uint", 0), "l": ("l", "c_long", 0),
          "L": ("L", "c_ulong", 0), "q": ("q", "c_long", 0), "Q": ("Q", "c_ulong", 0), "f": ("f", "c_float", 0.0),
          "d": ("d", "c_double", 0.0), "?": ("?", "c_bool", False)}
_MASKS = {code: (1 << 8 * struct.calcsize(code)) for code in "bBhHiIlLqQ"}


def _letter(typecode):
    # Where CPython takes a type of ctypes as well, which do not exist here, it says the same of whatever else it is given.
    if not isinstance(typecode, str) or typecode not in _TYPES:
        raise TypeError("this type has no size")
    return typecode


def _shareable(ctx):
    """Whether processes of a context will get it that come from no fork."""
    return (ctx or context._default_context).get_start_method(allow_none=True) not in (None, "fork")


def _checked(code, value):
    """A value as it can be stored: integers keep the bits that there is room for."""
    if code in _MASKS:
        if isinstance(value, float) or not hasattr(value, "__index__"):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer"
                            if not isinstance(value, float) else "int expected instead of float instance")
        value = value.__index__() % _MASKS[code]
        if code.islower() and value >= _MASKS[code] // 2:
            value -= _MASKS[code]
        return value
    if code == "c":
        if isinstance(value, int) and 0 <= value < 256:
            return bytes([value])
        if not isinstance(value, (bytes, bytearray)) or len(value) != 1:
            raise TypeError("one character bytes, bytearray, or an integer in range(256) expected")
        return bytes(value)
    if code in "fd" and not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        raise TypeError(f"must be real number, not {type(value).__name__}")
    return value


class _Shared:
    """Memory with a type."""

    def __init__(self, code, count, memory=None, ctx=None):
        self._code = code
        if memory is None:
            # For whoever is told of it by pickle, it has a descriptor.
            memory = _multiprocessing.Memory(max(count * struct.calcsize(code), 1), _shareable(ctx))
        self._memory = memory
        self._items = memoryview(memory)[:count * struct.calcsize(code)].cast(code)

    def __reduce__(self):
        context.assert_spawning(self)
        from .reduction import HandedOut
        fd = self._memory.hand_out()
        if fd is None:
            raise RuntimeError("shared memory of a fork context cannot be sent to a process that comes from no fork")
        return _rebuild, (type(self), self._code, len(self._items), HandedOut(fd, is_copy=True))

    def __buffer__(self, flags):
        return memoryview(self._items)


def _rebuild(cls, code, count, shared):
    with shared as fd:
        made = cls.__new__(cls)
        _Shared.__init__(made, code, count, _multiprocessing.Memory(0, True, fd))
    return made


class _Value(_Shared):
    """One value."""

    def __init__(self, code, value=None, ctx=None):
        super().__init__(code, 1, ctx=ctx)
        if value is not None:
            self.value = value

    @property
    def value(self):
        """current value"""
        return self._items[0]

    @value.setter
    def value(self, value):
        self._items[0] = _checked(self._code, value)

    def __repr__(self):
        return f"{_TYPES[self._code][1]}({self.value!r})"


class _Array(_Shared):
    """Values side by side."""

    def __len__(self):
        return len(self._items)

    def __getitem__(self, index):
        if not isinstance(index, slice):
            return self._items[self._place(index)]
        items = self._items[index]
        return items.tobytes() if self._code == "c" else items.tolist()

    def _place(self, index):
        if index < -len(self) or index >= len(self):
            raise IndexError("invalid index")
        return index

    def __setitem__(self, index, value):
        if not isinstance(index, slice):
            self._items[self._place(index)] = _checked(self._code, value)
            return
        places = range(*index.indices(len(self)))
        values = [_checked(self._code, item) for item in value]
        if len(values) != len(places):
            raise ValueError("Can only assign sequence of same size")
        for place, item in zip(places, values):
            self._items[place] = item

    def __iter__(self):
        for index in range(len(self)):
            yield self._items[index]

    def __contains__(self, value):
        return any(item == value for item in self)

    @property
    def raw(self):
        """All bytes of an array of characters."""
        self._check_characters("raw")
        return self._items.tobytes()

    @raw.setter
    def raw(self, value):
        self._check_characters("raw")
        if len(value) > len(self):
            raise ValueError("byte string too long")
        self._items.cast("B")[:len(value)] = bytes(value)

    @property
    def value(self):
        """The text of an array of characters, to its first zero."""
        self._check_characters("value")
        return self._items.tobytes().split(b"\0", 1)[0]

    @value.setter
    def value(self, value):
        self._check_characters("value")
        if not isinstance(value, bytes):
            raise TypeError(f"bytes expected instead of {type(value).__name__} instance")
        if len(value) > len(self):
            raise ValueError("byte string too long")
        bytes_of = self._items.cast("B")
        bytes_of[:len(value)] = value
        if len(value) < len(self):
            bytes_of[len(value)] = 0

    def _check_characters(self, name):
        if self._code != "c":
            raise AttributeError(f"'{_TYPES[self._code][1]}_Array_{len(self)}' object has no attribute {name!r}")

    def __repr__(self):
        return f"<multiprocessing.sharedctypes.{_TYPES[self._code][1]}_Array_{len(self)} object at {id(self):#x}>"


def RawValue(typecode_or_type, *args):
    """Returns a shared object without a lock."""
    return _raw_value(None, typecode_or_type, *args)


def RawArray(typecode_or_type, size_or_initializer):
    """Returns a shared array without a lock."""
    return _raw_array(None, typecode_or_type, size_or_initializer)


def _raw_value(ctx, typecode_or_type, *args):
    return _Value(_letter(typecode_or_type), *args, ctx=ctx)


def _raw_array(ctx, typecode_or_type, size_or_initializer):
    code = _letter(typecode_or_type)
    if isinstance(size_or_initializer, int):
        if size_or_initializer < 0:
            raise ValueError("Array length must be >= 0, not %d" % size_or_initializer)
        return _Array(code, size_or_initializer, ctx=ctx)
    items = list(size_or_initializer)
    array = _Array(code, len(items), ctx=ctx)
    array[:] = items
    return array


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a synchronization wrapper for a Value"""
    return _with_lock(_raw_value(ctx, typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a synchronization wrapper for a RawArray"""
    return _with_lock(_raw_array(ctx, typecode_or_type, size_or_initializer), lock, ctx)


def _with_lock(object, lock, ctx):
    if lock is False:
        return object
    if lock in (True, None):
        lock = (ctx or context._default_context.get_context()).RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(object, lock, ctx)


def copy(obj):
    """A new shared object with the same values."""
    if isinstance(obj, _Value):
        return _Value(obj._code, obj.value)
    return RawArray(obj._code, list(obj))


def synchronized(obj, lock=None, ctx=None):
    """A wrapper of a shared object that takes a lock for each access."""
    assert not isinstance(obj, SynchronizedBase), "object already synchronized"
    if isinstance(obj, _Value):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, _Array):
        return (SynchronizedString if obj._code == "c" else SynchronizedArray)(obj, lock, ctx)
    raise TypeError(f"{obj!r} is no shared object")


class SynchronizedBase:
    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or context._default_context.get_context()).RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        context.assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """The object without its lock."""
        return self._obj

    def get_lock(self):
        """The lock."""
        return self._lock

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"


def _locked(name):
    def get(self):
        with self._lock:
            return getattr(self._obj, name)

    def set(self, value):
        with self._lock:
            setattr(self._obj, name, value)

    return property(get, set)


class Synchronized(SynchronizedBase):
    value = _locked("value")


class SynchronizedArray(SynchronizedBase):
    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value


class SynchronizedString(SynchronizedArray):
    value = _locked("value")
    raw = _locked("raw")
