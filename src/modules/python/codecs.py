"""Encodings by name, the handlers of what cannot be encoded or decoded, and decoding piece by piece."""

import _io
from _codec_streams import Codec, StreamReader, StreamReaderWriter, StreamWriter, functions_of, streams_of

__all__ = [
    "BOM", "BOM_BE", "BOM_LE", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_BE", "BOM_UTF16_LE", "BOM_UTF32", "BOM_UTF32_BE",
    "BOM_UTF32_LE", "Codec", "CodecInfo", "IncrementalDecoder", "IncrementalEncoder", "StreamReader",
    "StreamReaderWriter", "StreamWriter", "backslashreplace_errors", "decode",
    "encode", "getdecoder", "getencoder", "getincrementaldecoder", "getincrementalencoder", "getreader", "getwriter", "ignore_errors",
    "iterdecode", "iterencode", "lookup", "lookup_error", "namereplace_errors", "open", "register", "register_error", "replace_errors", "strict_errors",
    "unregister", "xmlcharrefreplace_errors",
]

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


for _function in (strict_errors, ignore_errors, replace_errors, xmlcharrefreplace_errors, backslashreplace_errors,
                  namereplace_errors):
    _handlers[_function.__name__.removesuffix("_errors")] = _function
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

    def __repr__(self):
        return f"<codecs.CodecInfo object for encoding {self.name} at {id(self):#x}>"


class IncrementalEncoder:
    """Encodes text piece by piece; a byte order mark comes once."""

    encoding = "utf-8"

    def __init__(self, errors="strict"):
        self.errors = errors
        self.started = False

    def encode(self, input, final=False):
        encoding = self.encoding
        if self.started:
            encoding = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}.get(encoding, encoding)
        self.started = self.started or bool(input)
        return input.encode(encoding, self.errors)

    def reset(self):
        self.started = False

    def getstate(self):
        return int(self.started)

    def setstate(self, state):
        self.started = bool(state)


class IncrementalDecoder:
    """Decodes bytes piece by piece; what may be the beginning of a character waits for the rest."""

    encoding = "utf-8"

    def __init__(self, errors="strict"):
        self.errors = errors
        self.reset()

    def reset(self):
        self.buffer = b""
        self.order = None

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]

    def decode(self, input, final=False):
        data = self.buffer + bytes(input)
        self.buffer = b""
        encoding = self.order or self.encoding
        if not final:
            data, self.buffer = data[: self._whole(data)], data[self._whole(data) :]
        if encoding in ("utf-16", "utf-32", "utf-8-sig") and data:
            wide = encoding != "utf-8-sig"
            big = wide and data.startswith(BOM_UTF16_BE if encoding == "utf-16" else BOM_UTF32_BE)
            self.order = f"{encoding}-{'be' if big else 'le'}" if wide else "utf-8"
        return data.decode(encoding, self.errors)

    def _whole(self, data):
        """How many of the bytes can be decoded before more have come."""
        unit = 4 if "32" in self.encoding else 2 if "16" in self.encoding else 1
        if unit > 1:
            whole = len(data) // unit * unit
            if unit == 2 and whole >= 2:
                big = (self.order or self.encoding).endswith("be")
                if 0xD8 <= data[whole - (2 if big else 1)] < 0xDC:
                    whole -= 2
            return whole
        if not self.encoding.startswith("utf-8"):
            return len(data)
        if self.encoding == "utf-8-sig" and self.order is None and BOM_UTF8.startswith(data) and len(data) < 3:
            return 0
        for back in range(1, min(3, len(data)) + 1):
            byte = data[-back]
            if byte >= 0xC0:
                length = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2
                try:
                    data[len(data) - back :].decode("utf-8")
                except UnicodeDecodeError as error:
                    if back < length and error.reason == "unexpected end of data":
                        return len(data) - back
                break
            if byte < 0x80:
                break
        return len(data)


# ---- what is not text: encodings of bytes as bytes, of text as text

def _rot13(text, errors="strict"):
    small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = str.maketrans(small + large, small[13:] + small[:13] + large[13:] + large[:13])
    return str(text).translate(table), len(text)


def _to_hex(data, errors="strict"):
    return bytes(data).hex().encode("ascii"), len(data)


def _from_hex(data, errors="strict"):
    return bytes.fromhex(bytes(data).decode("ascii")), len(data)


def _to_base64(data, errors="strict"):
    from base64 import encodebytes
    return encodebytes(bytes(data)), len(data)


def _from_base64(data, errors="strict"):
    from base64 import decodebytes
    return decodebytes(bytes(data)), len(data)


def _to_quoted(data, errors="strict"):
    from binascii import b2a_qp
    return b2a_qp(bytes(data), quotetabs=True), len(data)


def _from_quoted(data, errors="strict"):
    from binascii import a2b_qp
    return a2b_qp(bytes(data)), len(data)


def _to_zlib(data, errors="strict"):
    import zlib
    return zlib.compress(data), len(data)


def _from_zlib(data, errors="strict"):
    import zlib
    return zlib.decompress(data), len(data)


def _to_uu(data, errors="strict"):
    from binascii import b2a_uu
    data = bytes(data)
    lines = [b2a_uu(data[at:at + 45]) for at in range(0, len(data), 45)]
    return b"begin 666 <data>\n" + b"".join(lines) + b" \nend\n", len(data)


def _from_uu(data, errors="strict"):
    from binascii import a2b_uu
    lines = bytes(data).splitlines(keepends=True)
    while lines and not lines[0].startswith(b"begin"):
        del lines[0]
    if not lines:
        raise ValueError('Missing "begin" line in input data')
    out = []
    for line in lines[1:]:
        if line == b"end\n":
            return b"".join(out), len(data)
        out.append(a2b_uu(line))
    raise ValueError("Truncated input data")


def _transform(name, encode, decode):
    def part(kind, convert):
        # Each piece stands alone.
        def run(self, input, final=False):
            return convert(input, self.errors)[0]
        bases = (IncrementalEncoder if kind == "encode" else IncrementalDecoder,)
        return type(bases[0].__name__, bases, {kind: run, "__module__": "codecs"})
    encoder, decoder = part("encode", encode), part("decode", decode)
    return CodecInfo(encode, decode, *streams_of(name, encoder, decoder), encoder, decoder, name,
                     _is_text_encoding=False)


_TRANSFORMS = {}
for _name, _spellings, _encode, _decode in (
        ("rot13", ("rot13",), _rot13, _rot13),
        ("hex", ("hex",), _to_hex, _from_hex),
        ("base64", ("base64",), _to_base64, _from_base64),
        ("quopri", ("quopri", "quotedprintable"), _to_quoted, _from_quoted),
        ("zlib", ("zlib", "zip"), _to_zlib, _from_zlib),
        ("uu", ("uu",), _to_uu, _from_uu)):
    for _spelling in _spellings:
        _TRANSFORMS[_spelling] = _transform(_name, _encode, _decode)
del _name, _spellings, _spelling, _encode, _decode

# ---- what a program has registered

_searches = []
# What was found of that, by the names.
_found = {}


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


def _converted(codec, obj, errors, which):
    """What an encoder (0) or a decoder (1) makes of an object; it is not told of errors unless the caller was."""
    made = codec[which](obj) if errors in (None, "strict") else codec[which](obj, errors)
    if not isinstance(made, tuple) or len(made) != 2:
        raise TypeError(("encoder must return a tuple (object, integer)", "decoder must return a tuple (object,integer)")[which])
    return made[0]


def _convert_text(obj, encoding, errors, which):
    """What str.encode() (0) and bytes.decode() (1) do with an encoding that the interpreter does not have itself."""
    codec, verb, wanted = lookup(encoding), ("encode", "decode")[which], ("bytes", "str")[which]
    if not getattr(codec, "_is_text_encoding", True):
        raise LookupError(f"{encoding!r} is not a text encoding; use codecs.{verb}() to handle arbitrary codecs")
    made = _converted(codec, obj, errors, which)
    if not isinstance(made, str if which else (bytes, bytearray)):
        raise TypeError(f"{encoding!r} {verb}r returned {type(made).__name__!r} instead of {wanted!r}; "
                        f"use codecs.{verb}() to {verb} to arbitrary types")
    return made


def lookup(encoding):
    """The encoding of that name, in any of its spellings."""
    plain = encoding.lower().replace("-", "").replace("_", "").removesuffix("codec")
    if plain in _TRANSFORMS:
        return _TRANSFORMS[plain]
    try:
        name = _io._encoding_name(encoding)
    except LookupError:
        if not _searches:
            raise
        return _searched(encoding)

    def encode(text, errors="strict"):
        return text.encode(name, errors), len(text)

    def decode(data, errors="strict"):
        return bytes(data).decode(name, errors), len(data)

    encoder = type("IncrementalEncoder", (IncrementalEncoder,), {"encoding": name})
    decoder = type("IncrementalDecoder", (IncrementalDecoder,), {"encoding": name})
    return CodecInfo(encode, decode, *streams_of(name, encoder, decoder), encoder, decoder, name)


def encode(obj, encoding="utf-8", errors="strict"):
    return _converted(lookup(encoding), obj, errors, 0)


def decode(obj, encoding="utf-8", errors="strict"):
    return _converted(lookup(encoding), obj, errors, 1)


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


globals().update(functions_of(lookup))


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
    """A file that is read and written as text of an encoding, line ends as they are."""
    import builtins

    if encoding is None:
        return builtins.open(filename, mode, buffering)
    return builtins.open(filename, mode.replace("b", ""), buffering, encoding, errors, "")
