"""Streams of text over streams of bytes: the rest of `codecs`. What encodes and decodes their subclasses say."""


class Codec:
    """What encodes and decodes in one go; subclasses say how."""

    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class _Over:
    """Over another stream, `stream`, whose other attributes they have as well, and which they close."""

    def __getattr__(self, name):
        # A copy that is being made has none yet.
        if name == "stream":
            raise AttributeError(name)
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()

    def __reduce_ex__(self, proto):
        raise TypeError(f"can't serialize {type(self).__name__}")


def _over(cls):
    """Gives a class what `_Over` has, which is none of its bases."""
    for name in ("__getattr__", "__enter__", "__exit__", "__reduce_ex__"):
        setattr(cls, name, vars(_Over)[name])
    cls.__module__ = "codecs"
    return cls


@_over
class StreamWriter(Codec):
    """Writes text to a stream of bytes."""

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        """Write the object, encoded."""
        data, _ = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        """Write the strings one after the other."""
        self.write("".join(list))

    def reset(self):
        """Forget what was written before."""

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()


@_over
class StreamReader(Codec):
    """Reads text from a stream of bytes."""

    charbuffertype = str

    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors
        self._forget()

    def _forget(self):
        # Bytes that are not decoded yet, and text that nobody has read.
        self.bytebuffer = b""
        self.charbuffer = self.charbuffertype()

    def decode(self, input, errors="strict"):
        raise NotImplementedError

    def _decoded(self, data, firstline):
        """What bytes say and how many of them that takes; up to what is wrong, if there is a whole line before it."""
        try:
            return self.decode(data, self.errors)
        except UnicodeDecodeError as error:
            if firstline:
                text, taken = self.decode(data[:error.start], self.errors)
                if len(text.splitlines()) > 1:
                    return text, taken
            raise

    def read(self, size=-1, chars=-1, firstline=False):
        """Read text: all, or so many characters, reading some `size` bytes at a time."""
        wanted = size if chars < 0 else chars
        while wanted < 0 or len(self.charbuffer) < wanted:
            new = self.stream.read() if size < 0 else self.stream.read(size)
            data = self.bytebuffer + new
            if not data:
                break
            text, taken = self._decoded(data, firstline)
            self.bytebuffer = data[taken:]
            self.charbuffer += text
            if not new:
                break
        return self._taken(len(self.charbuffer) if wanted < 0 else wanted)

    def _taken(self, count):
        text, self.charbuffer = self.charbuffer[:count], self.charbuffer[count:]
        return text

    def readline(self, size=None, keepends=True):
        """Read a line; with a size, what one read of so many bytes gives of it."""
        amount, text = size or 72, self.charbuffertype()
        while True:
            piece = self.read(amount, firstline=True)
            # The first half of a line break wants the second one.
            if piece.endswith("\r" if isinstance(piece, str) else b"\r"):
                piece += self.read(1, 1)
            text += piece
            lines = text.splitlines(True)
            if lines and (len(lines) > 1 or lines[0] != lines[0].splitlines()[0]):
                self.charbuffer = text[len(lines[0]):] + self.charbuffer
                text = lines[0]
                break
            if not piece or size is not None:
                break
            amount = min(amount * 2, 8000)
        return text if keepends or not text else text.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        """Read all lines."""
        return self.read().splitlines(keepends)

    def reset(self):
        """Forget what was read ahead."""
        self._forget()

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


@_over
class StreamRecoder:
    """Shows a stream in one encoding in another one: what is read and written is bytes."""

    data_encoding = "unknown"
    file_encoding = "unknown"

    def __init__(self, stream, encode, decode, Reader, Writer, errors="strict"):
        self.stream = stream
        self.encode = encode
        self.decode = decode
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def _shown(self, text):
        return self.encode(text, self.errors)[0]

    def read(self, size=-1):
        return self._shown(self.reader.read(size))

    def readline(self, size=None):
        return self._shown(self.reader.readline() if size is None else self.reader.readline(size))

    def readlines(self, sizehint=None):
        return self._shown(self.reader.read()).splitlines(keepends=True)

    def __next__(self):
        return self._shown(next(self.reader))

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b"".join(list))

    def reset(self):
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        # Both sides share the stream.
        self.reader.seek(offset, whence)
        self.writer.seek(offset, whence)


Codec.__module__ = "codecs"
