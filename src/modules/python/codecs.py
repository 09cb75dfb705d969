"""Encodings by name, the handlers of what cannot be encoded or decoded, and decoding piece by piece."""

import _codec_functions
import _encodings
from _codec_functions import FUNCTIONS as _FUNCTIONS
from _codec_streams import Codec, StreamReader, StreamReaderWriter, StreamRecoder, StreamWriter

__all__ = [
    "BOM", "BOM32_BE", "BOM32_LE", "BOM64_BE", "BOM64_LE", "BOM_BE", "BOM_LE", "BOM_UTF16", "BOM_UTF16_BE", "BOM_UTF16_LE",
    "BOM_UTF32", "BOM_UTF32_BE", "BOM_UTF32_LE", "BOM_UTF8", "Codec", "CodecInfo", "EncodedFile", "IncrementalDecoder",
    "IncrementalEncoder", "StreamReader", "StreamReaderWriter", "StreamRecoder", "StreamWriter", "backslashreplace_errors",
    "decode", "encode", "getdecoder", "getencoder", "getincrementaldecoder", "getincrementalencoder", "getreader", "getwriter",
    "ignore_errors", "iterdecode", "iterencode", "lookup", "lookup_error", "namereplace_errors", "open", "register",
    "register_error", "replace_errors", "strict_errors", "xmlcharrefreplace_errors"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM_UTF32 = BOM_UTF32_LE
# Names from before there were four bytes to a character.
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE

# What the interpreter asks for a handler that it does not have itself.
_handlers = {}


def register_error(errors, handler):
    """Makes a handler known by a name: it gets the exception, and gives what to put in and where to go on."""
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name):
    """The handler of that name."""
    handler = _handlers.get(name)
    if handler is None:
        raise LookupError(f"unknown error handler name '{name}'")
    return handler


def _check(error):
    if not isinstance(error, UnicodeError):
        raise TypeError("codec must pass exception instance")


def strict_errors(error):
    if not isinstance(error, BaseException):
        raise TypeError("codec must pass exception instance")
    raise error


def ignore_errors(error):
    _check(error)
    return "", error.end


def replace_errors(error):
    _check(error)
    if isinstance(error, UnicodeEncodeError):
        return "?" * (error.end - error.start), error.end
    return "\ufffd", error.end


def xmlcharrefreplace_errors(error):
    _check(error)
    return "".join(f"&#{ord(c)};" for c in error.object[error.start : error.end]), error.end


def backslashreplace_errors(error):
    _check(error)
    part = error.object[error.start : error.end]
    if isinstance(part, bytes):
        return "".join(f"\\x{byte:02x}" for byte in part), error.end
    return part.encode("ascii", "backslashreplace").decode("ascii"), error.end


def namereplace_errors(error):
    if not isinstance(error, UnicodeEncodeError):
        _check(error)
        raise TypeError(f"don't know how to handle {type(error).__name__} in error callback")
    part = error.object[error.start : error.end]
    return part.encode("ascii", "namereplace").decode("ascii"), error.end


def _surrogateescape(error):
    _check(error)
    part = error.object[error.start : error.end]
    if isinstance(error, UnicodeDecodeError):
        made = part.decode("ascii", "surrogateescape")
        count = next((at for at, character in enumerate(made) if character < "\udc80"), len(made))
        if count:
            return made[:count], error.start + count
    elif all("\udc80" <= character <= "\udcff" for character in part):
        return part.encode("ascii", "surrogateescape"), error.end
    raise error


def _surrogatepass(error):
    _check(error)
    name = error.encoding.lower().replace("_", "-")
    width = 4 if "32" in name else 2 if "16" in name else 3
    if name.startswith(("utf-8", "utf-16", "utf-32", "utf8", "utf16", "utf32")):
        if not isinstance(error, UnicodeDecodeError):
            part = error.object[error.start : error.end]
            if all("\ud800" <= character <= "\udfff" for character in part):
                order = name if name.endswith(("le", "be")) or width == 3 else name + "-le"
                return part.encode(order, "surrogatepass"), error.end
        else:
            try:
                made = error.object[error.start : error.start + width].decode(name, "surrogatepass")
            except UnicodeDecodeError:
                raise error from None
            if len(made) == 1 and "\ud800" <= made <= "\udfff":
                return made, error.start + width
    raise error


for _function in (strict_errors, ignore_errors, replace_errors, xmlcharrefreplace_errors, backslashreplace_errors,
                  namereplace_errors):
    _handlers[_function.__name__.removesuffix("_errors")] = _function
for _function in (_surrogateescape, _surrogatepass):
    _function.__name__ = _function.__qualname__ = _function.__name__[1:]
    _handlers[_function.__name__] = _function
del _function


class CodecInfo(tuple):
    """An encoding: its name, and functions that give what they made and how much they took."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=True):
        self = super().__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode = encode
        self.decode = decode
        self.incrementalencoder = incrementalencoder
        self.incrementaldecoder = incrementaldecoder
        self.streamreader = streamreader
        self.streamwriter = streamwriter
        self._is_text_encoding = _is_text_encoding
        return self

    def __getnewargs__(self):
        return tuple(self)

    def __reduce_ex__(self, protocol):
        own = _made.get(self.name) is self
        return (_another, (self.name,)) if own else super().__reduce_ex__(protocol)

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


class IncrementalEncoder:
    """Encodes text piece by piece; subclasses say how."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        """Forget what was encoded before."""

    def getstate(self):
        return 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """Encodes piece by piece by `_buffer_encode`; what that leaves waits for the next piece."""

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        made, taken = self._buffer_encode(data, self.errors, final)
        self.buffer = data[taken:]
        return made

    def reset(self):
        super().reset()
        self.buffer = ""

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ""


class IncrementalDecoder:
    """Decodes bytes piece by piece; subclasses say how."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        """Forget what was decoded before."""

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        """Go back to a state."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Decodes piece by piece by `_buffer_decode`; what may be the beginning of a character waits for the rest."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        made, taken = self._buffer_decode(data, self.errors, final)
        self.buffer = data[taken:]
        return made

    def reset(self):
        super().reset()
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


# ---- what a program has registered

_searches = []
# What was found of that, and what was made for encodings of the interpreter's own, by the names.
_found, _made = {}, {}


def register(search_function, /):
    """Register a codec search function: it gets an encoding's name and gives a CodecInfo, or None."""
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function, /):
    """Unregister a codec search function and forget what was found."""
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def _plain_name(encoding):
    """The name as searches are asked for it: in lower case, with one underscore for what is no letter, digit or dot."""
    name, apart = "", False
    for char in encoding.lower():
        if char.isalnum() or char == ".":
            name += ("_" if apart and name else "") + (char if char.isascii() else "")
            apart = False
        else:
            apart = True
    return name


def _searched(encoding):
    """The encoding of that name, by the functions that a program has registered."""
    name = _plain_name(encoding)
    if name not in _found:
        for search in _searches[:]:
            found = search(name)
            if found is None:
                continue
            if not isinstance(found, tuple) or len(found) != 4:
                raise TypeError("codec search functions must return 4-tuples")
            _found[name] = found
            break
        else:
            raise LookupError(f"unknown encoding: {encoding}")
    return _found[name]


def _converted(codec, obj, errors, which, encoding):
    """What an encoder (0) or a decoder (1) makes of an object; it is not told of errors unless the caller was."""
    try:
        made = codec[which](obj) if errors is None else codec[which](obj, errors)
    except Exception as error:
        error.add_note(f"{('encoding', 'decoding')[which]} with {encoding!r} codec failed")
        raise
    if not isinstance(made, tuple) or len(made) != 2:
        raise TypeError(("encoder must return a tuple (object, integer)", "decoder must return a tuple (object,integer)")[which])
    return made[0]


def _convert_text(obj, encoding, errors, which):
    """What str.encode() (0) and bytes.decode() (1) do with an encoding that the interpreter does not have itself."""
    codec, verb, wanted = lookup(encoding), ("encode", "decode")[which], ("bytes", "str")[which]
    if not getattr(codec, "_is_text_encoding", True):
        raise LookupError(f"{encoding!r} is not a text encoding; use codecs.{verb}() to handle arbitrary codecs")
    made = _converted(codec, obj, errors, which, encoding)
    if not isinstance(made, str if which else (bytes, bytearray)):
        raise TypeError(f"{encoding!r} {verb}r returned {type(made).__name__!r} instead of {wanted!r}; "
                        f"use codecs.{verb}() to {verb} to arbitrary types")
    return made


def lookup(encoding):
    """The encoding of that name, in any of its spellings."""
    try:
        name = _encodings.name_of(encoding)
    except LookupError:
        plain = encoding.lower().replace("-", "").replace("_", "").removesuffix("codec")
        import _codec_transforms
        name = _codec_transforms.named(plain)
        if name is not None:
            _made[name] = _made.get(name) or _codec_transforms.make(name)
        elif _searches:
            return _searched(encoding)
        else:
            raise
    if name not in _made:
        _made[name] = _text_codec(name)
    return _made[name]


def _another(name):
    """A copy of what `lookup` gives."""
    info = lookup(name)
    return CodecInfo(*info, info.incrementalencoder, info.incrementaldecoder, info.name,
                     _is_text_encoding=info._is_text_encoding)


# What the classes of single encodings are made from.
_BASES = (IncrementalEncoder, IncrementalDecoder, BufferedIncrementalDecoder, StreamReader, StreamWriter)


def _text_codec(name):
    """The codec of an encoding that the interpreter has."""
    plain = {"iso8859-1": "latin-1"}.get(name, name).replace("-", "_")
    encode = _FUNCTIONS.get(plain + "_encode") or _codec_functions.encoder_of(name, plain)
    decode = _FUNCTIONS.get(plain + "_decode") or _codec_functions.decoder_of(name, plain)
    whole = decode
    if name.startswith("utf"):
        # All of it, where the function alone would wait for the rest of a character.
        def whole(input, errors="strict"):
            return decode(input, errors, True)
        whole.__name__, whole.__qualname__, whole.__module__ = "decode", "decode", "encodings." + plain
    encoder, decoder, reader, writer = _codec_functions.classes_of(name, _BASES, encode, decode)
    return CodecInfo(encode, whole, reader, writer, encoder, decoder, name)


def encode(obj, encoding="utf-8", errors=None):
    """Encode an object with the codec of that name."""
    return _converted(lookup(encoding), obj, errors, 0, encoding)


def decode(obj, encoding="utf-8", errors=None):
    """Decode an object with the codec of that name."""
    return _converted(lookup(encoding), obj, errors, 1, encoding)


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def _incremental(encoding, part):
    made = getattr(lookup(encoding), part)
    if made is None:
        raise LookupError(encoding)
    return made


def getincrementalencoder(encoding):
    return _incremental(encoding, "incrementalencoder")


def getincrementaldecoder(encoding):
    return _incremental(encoding, "incrementaldecoder")


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


globals().update(_FUNCTIONS)


def make_identity_dict(rng):
    """A table in which each of the numbers means itself."""
    return {number: number for number in rng}


def make_encoding_map(decoding_map):
    """A table the other way round: what two have means nothing."""
    made = {}
    for byte, character in decoding_map.items():
        made[character] = None if character in made else byte
    return made


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for piece in iterator:
        if output := encoder.encode(piece):
            yield output
    if output := encoder.encode("", True):
        yield output


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for piece in iterator:
        if output := decoder.decode(piece):
            yield output
    if output := decoder.decode(b"", True):
        yield output


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """A file that is read and written as text of an encoding, line ends as they are. Deprecated: use `open`."""
    import builtins
    import warnings
    warnings.warn("codecs.open() is deprecated. Use open() instead.", DeprecationWarning, stacklevel=2)
    if encoding is not None:
        mode = mode.replace("U", "")
        if "b" not in mode:
            mode += "b"
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        made = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
    except:
        file.close()
        raise
    made.encoding = encoding
    return made


def EncodedFile(file, data_encoding, file_encoding=None, errors="strict"):
    """A file in one encoding that is read and written as bytes of another one."""
    file_encoding = data_encoding if file_encoding is None else file_encoding
    data, inner = lookup(data_encoding), lookup(file_encoding)
    made = StreamRecoder(file, data.encode, data.decode, inner.streamreader, inner.streamwriter, errors)
    made.data_encoding, made.file_encoding = data_encoding, file_encoding
    return made
