"""Rows that know the names of their columns, and values that are read and written in parts."""

import operator
from _statics import fix, stand_for


class Row:
    __slots__ = ("_values", "_names")
    __module__ = "sqlite3"

    def __new__(cls, cursor, values, /):
        from sqlite3._cursor import Cursor
        if not isinstance(cursor, Cursor):
            raise TypeError(f"Row() argument 1 must be sqlite3.Cursor, not {type(cursor).__name__}")
        if not isinstance(values, tuple):
            raise TypeError(f"Row() argument 2 must be tuple, not {type(values).__name__}")
        self = object.__new__(cls)
        self._values = values
        self._names = tuple(column[0] for column in cursor.description or ())
        return self

    def keys(self, /):
        """Returns the keys of the row."""
        return list(self._names)

    def __getitem__(self, key):
        if isinstance(key, str):
            for name, value in zip(self._names, self._values):
                if name == key or name.isascii() and key.isascii() and name.lower() == key.lower():
                    return value
            raise IndexError("No item with that key")
        if isinstance(key, (int, slice)):
            return self._values[key]
        raise IndexError("Index must be int or string")

    def __iter__(self, /):
        return iter(self._values)

    def __len__(self, /):
        return len(self._values)

    def __hash__(self, /):
        return hash(self._names) ^ hash(self._values)

    def __eq__(self, other):
        if not isinstance(other, Row):
            return NotImplemented
        return self._names == other._names and self._values == other._values


class Blob:
    __slots__ = ("_blob", "_size", "_at")
    __text_signature__ = "()"
    __module__ = "sqlite3"

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'sqlite3.Blob' instances")

    @classmethod
    def _of(cls, opened):
        self = object.__new__(cls)
        self._blob = opened
        self._size = opened.size
        self._at = 0
        return self

    def close(self, /):
        """Close the blob."""
        self._blob.close()

    def read(self, length=-1, /):
        """Read data at the current offset position, to the end if length is negative."""
        self._blob.size
        length = operator.index(length)
        left = self._size - self._at
        if length < 0 or length > left:
            length = left
        data = self._blob.read(self._at, length)
        self._at += length
        return data

    def write(self, data, /):
        """Write data at the current offset. The length of the blob does not change."""
        self._blob.size
        with memoryview(data) as view:
            length = view.nbytes
        if length > self._size - self._at:
            raise ValueError("data longer than blob length")
        self._blob.write(self._at, data)
        self._at += length

    def seek(self, offset, origin=0, /):
        """Set the current access position to offset."""
        self._blob.size
        if origin == 1:
            offset += self._at
        elif origin == 2:
            offset += self._size
        elif origin != 0:
            raise ValueError("'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END")
        if not 0 <= offset <= self._size:
            raise ValueError("offset out of blob range")
        self._at = offset

    def tell(self, /):
        """Return the current access position for the blob."""
        self._blob.size
        return self._at

    def __enter__(self, /):
        self._blob.size
        return self

    def __exit__(self, type, val, tb, /):
        self._blob.size
        self._blob.close()

    def __len__(self, /):
        self._blob.size
        return self._size

    def _index(self, key):
        index = operator.index(key)
        if index < 0:
            index += self._size
        if not 0 <= index < self._size:
            raise IndexError("Blob index out of range")
        return index

    def __getitem__(self, key):
        self._blob.size
        if isinstance(key, slice):
            start, stop, step = key.indices(self._size)
            if step == 1:
                return self._blob.read(start, max(stop - start, 0))
            return self._blob.read(0, self._size)[key]
        if not hasattr(type(key), "__index__"):
            raise TypeError("Blob indices must be integers")
        return self._blob.read(self._index(key), 1)[0]

    def __setitem__(self, key, value):
        self._blob.size
        if isinstance(key, slice):
            self._set_slice(key, value)
            return
        if not hasattr(type(key), "__index__"):
            raise TypeError("Blob indices must be integers")
        index = self._index(key)
        value = operator.index(value)
        if not 0 <= value < 256:
            raise ValueError("byte must be in range(0, 256)")
        self._blob.write(index, bytes((value,)))

    def _set_slice(self, key, value):
        start, stop, step = key.indices(self._size)
        count = len(range(start, stop, step))
        with memoryview(value) as view:
            data = view.tobytes()
        if len(data) != count:
            raise IndexError("Blob slice assignment is wrong size")
        if step == 1:
            self._blob.write(start, data)
        elif count:
            whole = bytearray(self._blob.read(0, self._size))
            whole[key] = data
            self._blob.write(0, whole)

    def __delitem__(self, key):
        self._blob.size
        if isinstance(key, slice):
            raise TypeError("Blob doesn't support slice deletion")
        raise TypeError("Blob doesn't support item deletion")


stand_for("sqlite3", *vars(Row).values(), *vars(Blob).values())
fix(Row)
fix(Blob)
