"""Memory with a name, which any process finds that is told it, and a list that lies in such memory."""

__all__ = ["SharedMemory", "ShareableList"]

import _multiprocessing
import os
import struct
import types

from . import util


class SharedMemory:
    """A block of memory that processes share by its name."""

    _memory = None
    _buf = None

    def __init__(self, name=None, create=False, size=0, *, track=True):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        if name is None and not create:
            raise ValueError("'name' can only be None if create=True")
        self._name, self._memory = self._made(name, size if create else None)
        self._size = len(self._memory)
        self._buf = memoryview(self._memory)
        # What a program forgets to unlink does not outlive the process that made it.
        self._tracker = None
        if create and track:
            self._tracker = util.Finalize(None, _forget, args=(self._name,), exitpriority=-50)

    @staticmethod
    def _made(name, size):
        while name is None:
            candidate = "psm_" + os.urandom(4).hex()
            try:
                return candidate, _multiprocessing.Memory.named(candidate, size)
            except FileExistsError:
                pass
        name = name.removeprefix("/")
        try:
            return name, _multiprocessing.Memory.named(name, size)
        except OSError as problem:
            problem.filename = "/" + name
            raise

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r}, size={self.size})"

    @property
    def buf(self):
        """A memoryview of contents of the shared memory block."""
        return self._buf

    @property
    def name(self):
        """Unique name that identifies the shared memory block."""
        return self._name

    @property
    def size(self):
        """Size in bytes."""
        return self._size

    def close(self):
        """Give up access to the shared memory from this object; the block itself stays."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None
        self._memory = None

    def unlink(self):
        """Have the block freed as soon as nobody has access to it any more."""
        if self._tracker is not None:
            self._tracker.cancel()
            self._tracker = None
        try:
            _multiprocessing.Memory.unlink(self._name)
        except OSError as problem:
            problem.filename = "/" + self._name
            raise


def _forget(name):
    try:
        _multiprocessing.Memory.unlink(name)
    except FileNotFoundError:
        pass


class ShareableList:
    """A list of fixed length in shared memory, of numbers, texts, bytes, truth values and None.

    Before the items lie their number, where each begins, how each is packed, and a code for how it is unpacked.
    """

    _ALIGNMENT = 8
    _FORMATS = {int: "q", float: "d", bool: "xxxxxxx?", type(None): "xxxxxx?x"}
    _PLAIN, _TEXT, _BYTES, _NONE = range(4)

    def __init__(self, sequence=None, *, name=None):
        if sequence is None:
            self.shm = SharedMemory(name)
            self._list_len = struct.unpack_from("q", self.shm.buf, 0)[0]
            return
        items = list(sequence)
        formats = [self._format_of(item) for item in items]
        self._list_len = len(items)
        places = [0]
        for format in formats:
            places.append(places[-1] + struct.calcsize(format))
        size = self._data_start + places[-1]
        self.shm = SharedMemory(name, create=True, size=size)
        struct.pack_into("q", self.shm.buf, 0, len(items))
        struct.pack_into(f"{len(places)}q", self.shm.buf, 8, *places)
        for index, (item, format) in enumerate(zip(items, formats)):
            self._store(index, item, format)

    def _format_of(self, item):
        if isinstance(item, (str, bytes)):
            size = len(item.encode() if isinstance(item, str) else item)
            return f"{self._ALIGNMENT * (size // self._ALIGNMENT + 1)}s"
        return self._FORMATS[type(item)]

    @property
    def _formats_start(self):
        return 8 * (self._list_len + 2)

    @property
    def _codes_start(self):
        return self._formats_start + 8 * self._list_len

    @property
    def _data_start(self):
        return self._codes_start + -(-self._list_len // 8) * 8

    def _place(self, index):
        return self._data_start + struct.unpack_from("q", self.shm.buf, 8 * (index + 1))[0]

    def _format(self, index):
        return struct.unpack_from("8s", self.shm.buf, self._formats_start + 8 * index)[0].rstrip(b"\0").decode()

    def _store(self, index, item, format):
        code = {str: self._TEXT, bytes: self._BYTES, type(None): self._NONE}.get(type(item), self._PLAIN)
        struct.pack_into("8s", self.shm.buf, self._formats_start + 8 * index, format.encode())
        struct.pack_into("b", self.shm.buf, self._codes_start + index, code)
        struct.pack_into(format, self.shm.buf, self._place(index), item.encode() if isinstance(item, str) else item)

    def _checked(self, position, words):
        index = position if position >= 0 else position + self._list_len
        if not 0 <= index < self._list_len:
            raise IndexError(words)
        return index

    def __getitem__(self, position):
        index = self._checked(position, "index out of range")
        value = struct.unpack_from(self._format(index), self.shm.buf, self._place(index))[0]
        code = struct.unpack_from("b", self.shm.buf, self._codes_start + index)[0]
        if code == self._NONE:
            return None
        if code == self._PLAIN:
            return value
        value = value.rstrip(b"\0")
        return value.decode() if code == self._TEXT else value

    def __setitem__(self, position, value):
        index = self._checked(position, "assignment index out of range")
        format = self._format(index)
        if isinstance(value, (str, bytes)):
            room = struct.unpack_from("2q", self.shm.buf, 8 * (index + 1))
            if len(value.encode() if isinstance(value, str) else value) > room[1] - room[0]:
                raise ValueError("bytes/str item exceeds available storage")
            if not format.endswith("s"):
                format = f"{room[1] - room[0]}s"
        else:
            format = self._FORMATS[type(value)]
        self._store(index, value, format)

    def __reduce__(self):
        return _attached, (type(self), self.shm.name)

    def __len__(self):
        return self._list_len

    def __iter__(self):
        for index in range(self._list_len):
            yield self[index]

    def __repr__(self):
        return f"{type(self).__name__}({list(self)}, name={self.shm.name!r})"

    @property
    def format(self):
        """The struct packing format used by all currently stored items."""
        return "".join(self._format(index) for index in range(self._list_len))

    def count(self, value):
        """L.count(value) -> integer -- return number of occurrences of value."""
        return sum(value == item for item in self)

    def index(self, value):
        """L.index(value) -> integer -- return first index of value."""
        for position, item in enumerate(self):
            if value == item:
                return position
        raise ValueError("ShareableList.index(x): x not in list")

    __class_getitem__ = classmethod(types.GenericAlias)


def _attached(cls, name):
    return cls(name=name)
