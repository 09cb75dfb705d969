"""Objects as bytes and back, in the format of CPython's protocols 0 to 5; the codec itself is `_pickle`.

A pickle says which classes and functions make its objects. Of those that come with the interpreter it may not use the
ones that would let bytes run code or reach files, processes and the network (`UnpicklingError`: "a pickle may not use
'os.system'"); what the program's own modules define it may. Importing a module is all that loading does by itself. A
program that wants other rules overrides `Unpickler.find_class`.
"""

import _pickle
from _pickle import PickleError, Pickler, PicklingError, Unpickler, UnpicklingError, dump, dumps, load, loads
from copyreg import _extension_cache, _extension_registry, _inverted_registry, dispatch_table

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler", "dump", "dumps", "load", "loads",
           "PickleBuffer"]

format_version = "5.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 5

# The opcodes by their names, as bytes; True and False have spelled-out ones in protocol 0.
globals().update(_pickle.opcodes())
TRUE = b"I01\n"
FALSE = b"I00\n"
__all__ += sorted([*_pickle.opcodes(), "TRUE", "FALSE", "HIGHEST_PROTOCOL", "DEFAULT_PROTOCOL"])

bytes_types = (bytes, bytearray)
_Pickler, _Unpickler = Pickler, Unpickler
_dump, _dumps, _load, _loads = dump, dumps, load, loads


class PickleBuffer:
    """Wrapper for potentially out-of-band buffers"""

    __slots__ = ("_view", "__weakref__")

    def __init__(self, buffer, /):
        if isinstance(buffer, PickleBuffer):
            buffer = buffer._open()
        try:
            self._view = memoryview(buffer)
        except TypeError:
            self._view = None
        if self._view is None:
            raise TypeError(f"a bytes-like object is required, not '{type(buffer).__name__}'")

    def _open(self):
        if self._view is None:
            raise ValueError("operation forbidden on released PickleBuffer object")
        return self._view

    def __buffer__(self, flags, /):
        return memoryview(self._open())

    def raw(self):
        """Return a memoryview of the raw memory underlying this buffer."""
        view = self._open()
        if not view.contiguous:
            raise BufferError("cannot extract raw buffer from non-contiguous buffer")
        return view.cast("B") if view.ndim != 1 or view.format != "B" else memoryview(view)

    def release(self):
        """Release the underlying buffer held by the PickleBuffer object."""
        self._view = None


def encode_long(x):
    """An integer in two's complement, least significant byte first; 0 is no bytes at all."""
    if x == 0:
        return b""
    length = (x.bit_length() >> 3) + 1
    encoded = x.to_bytes(length, "little", signed=True)
    if x < 0 and length > 1 and encoded[-1] == 0xFF and encoded[-2] & 0x80:
        encoded = encoded[:-1]
    return encoded


def decode_long(data):
    """The integer of bytes in two's complement, least significant byte first."""
    return int.from_bytes(data, "little", signed=True)


def _getattribute(obj, dotted_path):
    for name in dotted_path:
        obj = getattr(obj, name)
    return obj


def _main():
    import argparse
    import pprint
    import sys
    parser = argparse.ArgumentParser(description="display contents of the pickle files")
    parser.add_argument("pickle_file", nargs="+", help="the pickle file")
    for name in parser.parse_args().pickle_file:
        if name == "-":
            found = load(sys.stdin.buffer)
        else:
            with open(name, "rb") as file:
                found = load(file)
        pprint.pprint(found)


if __name__ == "__main__":
    _main()
