# gilbox: -A
"""Closing a stream flushes it first, by the method of its class; what goes wrong meanwhile is told."""

import gc
import io
import os
import tempfile

folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "x.txt")


def attempt(stream):
    try:
        stream.close()
    except Exception as error:
        print(repr(error), "context:", repr(error.__context__), "closed:", stream.closed)


class Telling(io.FileIO):
    def flush(self):
        print("flush", self.closed)
        super().flush()

    def close(self):
        print("close")
        super().close()


file = Telling(path, "w")
file.write(b"a")
file.close()
file.close()
file = Telling(path)
del file
gc.collect()
print("collected")


class Refusing(io.FileIO):
    def flush(self):
        raise OSError("no flush")


class Meddling(io.FileIO):
    def flush(self):
        os.close(self.fileno())
        raise ValueError("flush")


attempt(Refusing(path, "w"))
attempt(Meddling(path, "w"))


def bad():
    raise ValueError("bad flush")


for mode, buffering in (("wb", 0), ("wb", -1), ("w", -1)):
    file = open(path, mode, buffering)
    file.flush = bad
    attempt(file)


class Raw(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        raise OSError("no write")

    def close(self):
        super().close()
        raise OSError("no close")


for make in (io.BufferedWriter, lambda raw: io.TextIOWrapper(io.BufferedWriter(raw))):
    stream = make(Raw())
    stream.write("abc" if isinstance(stream, io.TextIOBase) else b"abc")
    attempt(stream)

folder.cleanup()
