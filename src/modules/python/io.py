"""The io module: streams of bytes and of text, in memory and over files."""

__all__ = ["BlockingIOError", "open", "open_code", "IOBase", "RawIOBase", "FileIO", "BytesIO", "StringIO",
           "BufferedIOBase", "BufferedReader", "BufferedWriter", "BufferedRWPair", "BufferedRandom", "TextIOBase",
           "TextIOWrapper", "UnsupportedOperation", "SEEK_SET", "SEEK_CUR", "SEEK_END", "DEFAULT_BUFFER_SIZE",
           "text_encoding", "IncrementalNewlineDecoder", "Reader", "Writer"]

import _io
from _statics import stand_for as _stand_for
from abc import ABCMeta as _ABCMeta, abstractmethod as _abstractmethod
from _io import (BlockingIOError, BufferedRandom, BufferedReader, BufferedWriter, BytesIO, DEFAULT_BUFFER_SIZE, FileIO,
                 StringIO, TextIOWrapper, UnsupportedOperation, open, open_code, text_encoding)
from _typing import GenericAlias as _GenericAlias

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class _StreamMeta(type):
    """A class of streams: those written natively belong to it as well, and classes that were registered."""

    def __new__(meta, name, bases, namespace, **keywords):
        cls = super().__new__(meta, name, bases, namespace, **keywords)
        cls._registered = []
        return cls

    def register(cls, subclass):
        cls._registered.append(subclass)
        return subclass

    def __subclasscheck__(cls, subclass):
        if super().__subclasscheck__(subclass):
            return True
        if any(issubclass(subclass, known) for known in cls._registered):
            return True
        return any(issubclass(subclass, child) for child in cls.__subclasses__())

    def __instancecheck__(cls, instance):
        return super().__instancecheck__(instance) or cls.__subclasscheck__(type(instance))


class IOBase(_io._IOBase, metaclass=_StreamMeta):
    """The abstract base class for all I/O classes."""


class RawIOBase(_io._RawIOBase, IOBase):
    """Base class for raw binary I/O."""


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    """Base class for buffered IO objects."""


class TextIOBase(_io._TextIOBase, IOBase):
    """Base class for text I/O."""


RawIOBase.register(FileIO)
for _class in (BytesIO, BufferedReader, BufferedWriter, BufferedRandom):
    BufferedIOBase.register(_class)
for _class in (StringIO, TextIOWrapper):
    TextIOBase.register(_class)
del _class


class BufferedRWPair(_io._BufferedIOBase):
    """A buffered reader and writer object together: a stream that is read and another that is written."""

    __module__ = "_io"

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE, /):
        self._reader = BufferedReader(reader, buffer_size)
        self._writer = BufferedWriter(writer, buffer_size)

    def read(self, size=-1, /):
        return self._reader.read(size)

    def read1(self, size=-1, /):
        return self._reader.read1(size)

    def readinto(self, buffer, /):
        return self._reader.readinto(buffer)

    def readinto1(self, buffer, /):
        return self._reader.readinto1(buffer)

    def peek(self, size=0, /):
        return self._reader.peek(size)

    def write(self, buffer, /):
        return self._writer.write(buffer)

    def flush(self, /):
        return self._writer.flush()

    def readable(self, /):
        return self._reader.readable()

    def writable(self, /):
        return self._writer.writable()

    def isatty(self, /):
        return self._writer.isatty() or self._reader.isatty()

    @property
    def closed(self):
        return self._writer.closed

    def close(self, /):
        try:
            self._writer.close()
        finally:
            self._reader.close()


BufferedIOBase.register(BufferedRWPair)


class IncrementalNewlineDecoder:
    """Translates the ends of lines, and notes which kinds there were. A final \\r waits for what follows."""

    __module__ = "_io"

    def __init__(self, /, decoder, translate, errors="strict"):
        self.decoder = decoder
        self.translate = translate
        self.errors = errors
        self._waiting = False
        self._seen = []

    def decode(self, /, input, final=False):
        text = input if self.decoder is None else self.decoder.decode(input, final)
        if self._waiting and (text or final):
            text = "\r" + text
            self._waiting = False
        if text.endswith("\r") and not final:
            text = text[:-1]
            self._waiting = True
        crlf = text.count("\r\n")
        for kind, count in (("\r", text.count("\r") - crlf), ("\n", text.count("\n") - crlf), ("\r\n", crlf)):
            if count and kind not in self._seen:
                self._seen.append(kind)
        if self.translate:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def getstate(self, /):
        buffer, flag = (b"", 0) if self.decoder is None else self.decoder.getstate()
        return buffer, flag << 1 | self._waiting

    def setstate(self, state, /):
        buffer, flag = state
        self._waiting = bool(flag & 1)
        if self.decoder is not None:
            self.decoder.setstate((buffer, flag >> 1))

    def reset(self, /):
        self._seen = []
        self._waiting = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        kinds = tuple(kind for kind in ("\r", "\n", "\r\n") if kind in self._seen)
        return kinds if len(kinds) > 1 else kinds[0] if kinds else None


_stand_for("_io", *vars(BufferedRWPair).values(), *vars(IncrementalNewlineDecoder).values())


class Reader(metaclass=_ABCMeta):
    """Protocol for simple I/O reader instances."""

    __slots__ = ()

    @_abstractmethod
    def read(self, size=..., /):
        """Read data from the input stream and return it."""

    @classmethod
    def __subclasshook__(cls, subclass):
        from _collections_abc import _has
        return _has(subclass, "read") if cls is Reader else NotImplemented

    __class_getitem__ = classmethod(_GenericAlias)


class Writer(metaclass=_ABCMeta):
    """Protocol for simple I/O writer instances."""

    __slots__ = ()

    @_abstractmethod
    def write(self, data, /):
        """Write data to the output stream and return the number of items written."""

    @classmethod
    def __subclasshook__(cls, subclass):
        from _collections_abc import _has
        return _has(subclass, "write") if cls is Writer else NotImplemented

    __class_getitem__ = classmethod(_GenericAlias)
