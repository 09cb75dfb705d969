"""Streams of text over streams of bytes, and the functions of single encodings: the rest of `codecs`."""


class Codec:
    """What encodes and decodes in one go; subclasses say how."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


def _over(cls):
    """A class of streams over another one, `stream`, whose other attributes they have as well, and which they close."""
    def __getattr__(self, name):
        return getattr(self.__dict__["stream"], name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()

    for method in (__getattr__, __enter__, __exit__):
        setattr(cls, method.__name__, method)
    return cls


@_over
class StreamWriter(Codec):
    """Writes text to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self._encoder = self._incremental(errors)

    def write(self, object):
        if not isinstance(object, str):
            name = self._name.replace("-", "_")
            raise TypeError(f"{name}_encode() argument 1 must be str, not {type(object).__name__}")
        self.stream.write(self._encoder.encode(object))

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        self._encoder.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


@_over
class StreamReader(Codec):
    """Reads text from a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self.reset()

    def reset(self):
        """Forget what was read ahead."""
        self._decoder = self._incremental(self.errors)
        self._ahead = ""
        self._is_over = False

    def _more(self, size=72):
        """Read some more bytes of the stream, all if `size` is None; false at its end."""
        data = self.stream.read() if size is None else self.stream.read(size)
        self._is_over = size is None or not data
        self._ahead += self._decoder.decode(data, not data)
        return bool(data)

    def _taken(self, count):
        text, self._ahead = self._ahead[:count], self._ahead[count:]
        return text

    def read(self, size=-1, chars=-1, firstline=False):
        """Read text: all, or so many characters."""
        if chars >= 0:
            while len(self._ahead) < chars and self._more(max(size, 72)):
                pass
            return self._taken(chars)
        if size < 0:
            self._more(None)
            size = len(self._ahead)
        while len(self._ahead) < size and self._more(size):
            pass
        return self._taken(size)

    def readline(self, size=None, keepends=True):
        """Read a line."""
        while True:
            lines = self._ahead.splitlines(keepends=True)
            # A line break at the very end may be the first half of a longer one.
            if len(lines) > 1 or lines and lines[0].endswith("\n"):
                break
            if self._is_over or not self._more(size or 72):
                break
        line = self._taken(len(lines[0])) if lines else ""
        return line if keepends or not line else line.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        """Read all lines."""
        return self.read().splitlines(keepends)

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __iter__(self):
        return self


@_over
class StreamReaderWriter:
    """Reads and writes text over one stream of bytes."""

    encoding = "unknown"

    def __init__(self, stream, Reader, Writer, errors="strict"):
        self.stream = stream
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def read(self, size=-1):
        return self.reader.read(size)

    def readline(self, size=None, keepends=True):
        return self.reader.readline(size, keepends)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def __next__(self):
        return next(self.reader)

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(data)

    def writelines(self, list):
        return self.writer.writelines(list)

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if whence == 0 and offset == 0:
            self.writer.reset()


for _class in (Codec, StreamWriter, StreamReader, StreamReaderWriter):
    _class.__module__ = "codecs"


def streams_of(name, encoder, decoder):
    """The classes of readers and writers of an encoding."""
    reader = type("StreamReader", (StreamReader,), {"_name": name, "_incremental": decoder, "__module__": "codecs"})
    writer = type("StreamWriter", (StreamWriter,), {"_name": name, "_incremental": encoder, "__module__": "codecs"})
    return reader, writer


def functions_of(lookup):
    """`utf_8_encode` and its like, by name."""
    found = {}

    def add(name, encoding):
        def encode(str, errors="strict", /):
            return str.encode(encoding, errors or "strict"), len(str)

        def decode(data, errors="strict", final=False, /):
            decoder = lookup(encoding).incrementaldecoder(errors or "strict")
            text = decoder.decode(data, final)
            return text, len(data) - len(decoder.getstate()[0])

        def decode_all(data, errors="strict", /):
            return bytes(data).decode(encoding, errors or "strict"), len(data)

        decoders = decode if encoding.startswith("utf") else decode_all
        for function, what in ((encode, "encode"), (decoders, "decode")):
            function.__name__ = function.__qualname__ = f"{name}_{what}"
            function.__module__ = "_codecs"
            found[function.__name__] = function

    for name in ("utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "ascii", "latin_1"):
        add(name, name.replace("_", "-"))
    return found
