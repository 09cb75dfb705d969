"""The functions of single encodings, `utf_8_encode` and its like, and the codecs that are made of them."""

from _encodings import decode_part, escape_decode as _escape_decode

# Encodings whose characters are several bytes: what is given to them may end within one.
_STATEFUL = ("utf", "unicode-escape", "raw-unicode-escape")
# Encodings that begin with a mark, which comes once: in which one they go on, and what their encoders say before that.
_MARKED = {"utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 2), "utf-8-sig": ("utf-8", 1)}
_MARKS = {"utf-16": (b"\xff\xfe", b"\xfe\xff"), "utf-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff")}


def _text(function, text):
    if not isinstance(text, str):
        raise TypeError(f"{function}() argument 1 must be str, not {type(text).__name__}")
    return text


def _bytes(data):
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None


def encoder_of(encoding, name):
    def encode(str, errors=None, /):
        return _text(encode.__name__, str).encode(encoding, errors or "strict"), len(str)
    encode.__name__ = encode.__qualname__ = f"{name}_encode"
    encode.__module__ = "_codecs"
    return encode


def decoder_of(encoding, name):
    if encoding in ("unicode-escape", "raw-unicode-escape"):
        def decode(data, errors=None, final=True, /):
            data = data.encode("utf-8") if isinstance(data, str) else data
            return decode_part(data, encoding, errors, final)
    elif encoding.startswith("utf"):
        def decode(data, errors=None, final=False, /):
            return decode_part(data, encoding, errors, final)
    else:
        def decode(data, errors=None, /):
            return decode_part(data, encoding, errors, True)
    decode.__name__ = decode.__qualname__ = f"{name}_decode"
    decode.__module__ = "_codecs"
    return decode


FUNCTIONS = {}
for _name in ("utf_8", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be", "ascii", "latin_1",
              "unicode_escape", "raw_unicode_escape"):
    for _function in (encoder_of(_name.replace("_", "-"), _name), decoder_of(_name.replace("_", "-"), _name)):
        FUNCTIONS[_function.__name__] = _function


def _published(function):
    function.__module__ = "_codecs"
    FUNCTIONS[function.__name__] = function
    return function


def _ex_decode(name, data, errors, byteorder, final):
    """As decoding, and the byte order as well: -1 for little, 1 for big, 0 where nothing says."""
    if byteorder:
        return *decode_part(data, f"{name}-{'le' if byteorder < 0 else 'be'}", errors, final), byteorder
    text, taken = decode_part(data, name, errors, final)
    little, big = _MARKS[name]
    start = bytes(data[:len(little)])
    return text, taken, -1 if start == little else 1 if start == big else 0


@_published
def utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /):
    return _ex_decode("utf-16", data, errors, byteorder, final)


@_published
def utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /):
    return _ex_decode("utf-32", data, errors, byteorder, final)


@_published
def readbuffer_encode(data, errors=None, /):
    if isinstance(data, str):
        data = data.encode()
    data = _bytes(data)
    return data, len(data)


@_published
def escape_encode(data, errors=None, /):
    if not isinstance(data, bytes):
        raise TypeError(f"escape_encode() argument 1 must be bytes, not {type(data).__name__}")
    # Only single quotes are escaped, whatever `repr` would choose.
    shown = "".join("\\'" if byte == 39 else repr(bytes([byte]))[2:-1] for byte in data)
    return shown.encode("ascii"), len(data)


@_published
def escape_decode(data, errors=None, /):
    made, odd, taken = _escape_decode(data.encode() if isinstance(data, str) else data, errors)
    if odd is not None:
        import warnings
        octal = "octal " if odd[1:2] in b"01234567" else ""
        shown = odd.decode("latin-1")
        warnings.warn(f'b"{shown}" is an invalid {octal}escape sequence. Such sequences will not work in the future. ',
                      DeprecationWarning, stacklevel=2)
    return made, taken


@_published
def utf_7_encode(str, errors=None, /):
    from _codec_utf7 import encode
    return encode(str, errors)


@_published
def utf_7_decode(data, errors=None, final=False, /):
    from _codec_utf7 import decode_part
    return decode_part(data, errors, final)


# ---- encodings by a table

def _handled(error, errors):
    """What the handler puts in, and where it goes on."""
    from codecs import lookup_error
    made, place = lookup_error(errors or "strict")(error)
    return made, place + len(error.object) if place < 0 else place


@_published
def charmap_build(map, /):
    return {ord(character): byte for byte, character in enumerate(map)}


@_published
def charmap_decode(data, errors=None, mapping=None, /):
    data = _bytes(data)
    if mapping is None:
        return data.decode("latin-1"), len(data)
    out, at = [], 0
    while at < len(data):
        made = _character(mapping, data[at])
        if made is None:
            error = UnicodeDecodeError("charmap", data, at, at + 1, "character maps to <undefined>")
            made, at = _handled(error, errors)
        else:
            at += 1
        out.append(made)
    return "".join(out), len(data)


def _character(mapping, byte):
    """What a byte means in a table, None for nothing."""
    try:
        made = mapping[byte]
    except LookupError:
        return None
    if isinstance(made, int):
        if not 0 <= made <= 0x10FFFF:
            raise TypeError("character mapping must be in range(0x110000)")
        made = chr(made)
    elif made is not None and not isinstance(made, str):
        raise TypeError("character mapping must return integer, None or str")
    return None if made == "\ufffe" else made


@_published
def charmap_encode(str, errors=None, mapping=None, /):
    _text("charmap_encode", str)
    if mapping is None:
        return str.encode("latin-1", errors or "strict"), len(str)
    out, at = bytearray(), 0
    while at < len(str):
        made = _coded(mapping, str[at])
        if made is not None:
            out += made
            at += 1
            continue
        end = at + 1
        while end < len(str) and _coded(mapping, str[end]) is None:
            end += 1
        error = UnicodeEncodeError("charmap", str, at, end, "character maps to <undefined>")
        made, at = _handled(error, errors)
        if not isinstance(made, bytes):
            parts = [_coded(mapping, character) for character in made]
            if None in parts:
                raise error
            made = b"".join(parts)
        out += made
    return bytes(out), len(str)


def _coded(mapping, character):
    try:
        made = mapping[ord(character)]
    except LookupError:
        return None
    if isinstance(made, int):
        if not 0 <= made <= 255:
            raise TypeError("character mapping must be in range(256)")
        return bytes([made])
    if made is not None and not isinstance(made, bytes):
        raise TypeError(f"character mapping must return integer, bytes or None, not {type(made).__name__}")
    return made


# ---- codecs of encodings that the interpreter has

def _begun(name, data, errors, final):
    """The beginning of bytes that may have a mark: the text, how many bytes it takes, and the encoding that follows."""
    if name == "utf-8-sig":
        if len(data) < 3 and b"\xef\xbb\xbf".startswith(data) and not final:
            return "", 0, None
        skip = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        text, taken = decode_part(data[skip:], "utf-8", errors, final)
        return text, taken + skip, "utf-8"
    text, taken, order = _ex_decode(name, data, errors, 0, final)
    width = len(_MARKS[name][0])
    if not order and taken >= width:
        raise UnicodeDecodeError(name, data, 0, width, "Stream does not start with BOM")
    return text, taken, f"{name}-{'le' if order < 0 else 'be'}" if order else None


def classes_of(name, bases, encode, decode):
    """The incremental encoder and decoder, the stream reader and the stream writer of an encoding."""
    Encoder, Decoder, Buffered, Reader, Writer = bases
    home = {"__module__": "encodings." + name.replace("-", "_")}
    if name in _MARKED:
        return _marked_classes(name, bases, home)

    def encode_piece(self, input, final=False):
        return encode(input, self.errors)[0]

    def decode_piece(self, input, final=False):
        return decode(input, self.errors)[0]

    stateful = name.startswith(_STATEFUL)
    decoding = {"_buffer_decode": lambda self, input, errors, final: decode_part(input, name, errors, final)} if stateful \
        else {"decode": decode_piece}
    # Streams of escapes keep the beginning of one for later.
    part = (lambda self, input, errors="strict": decode_part(input, name, errors, False)) if stateful else (
        lambda self, input, errors="strict": decode(input, errors))
    return (type("IncrementalEncoder", (Encoder,), {"encode": encode_piece, **home}),
            type("IncrementalDecoder", (Buffered if stateful else Decoder,), {**decoding, **home}),
            type("StreamReader", (Reader,), {"decode": part, **home}),
            type("StreamWriter", (Writer,), {"encode": lambda self, input, errors="strict": encode(input, errors), **home}))


def _marked_classes(name, bases, home):
    """As `classes_of`, of an encoding that begins with a mark."""
    Encoder, Decoder, Buffered, Reader, Writer = bases
    rest, at_start = _MARKED[name]
    orders = {0: rest, 1: rest.replace("-le", "-be"), at_start: None}

    class IncrementalEncoder(Encoder):
        def __init__(self, errors="strict"):
            super().__init__(errors)
            self._state = at_start

        def encode(self, input, final=False):
            encoding, self._state = name if self._state else rest, 0
            return _text(name.replace("-", "_") + "_encode", input).encode(encoding, self.errors)

        def reset(self):
            self._state = at_start

        def getstate(self):
            return self._state

        def setstate(self, state):
            self._state = state and at_start

    class IncrementalDecoder(Buffered):
        def __init__(self, errors="strict"):
            super().__init__(errors)
            self._encoding = None

        def _buffer_decode(self, input, errors, final):
            if self._encoding:
                return decode_part(input, self._encoding, errors, final)
            text, taken, self._encoding = _begun(name, input, errors, final)
            return text, taken

        def reset(self):
            super().reset()
            self._encoding = None

        def getstate(self):
            return super().getstate()[0], next(state for state, known in orders.items() if known == self._encoding)

        def setstate(self, state):
            super().setstate(state)
            self._encoding = orders.get(state[1])

    class StreamReader(Reader):
        _encoding = None

        def reset(self):
            super().reset()
            self._encoding = None

        def decode(self, input, errors="strict"):
            if self._encoding:
                return decode_part(input, self._encoding, errors, False)
            text, taken, self._encoding = _begun(name, input, errors, False)
            return text, taken

    class StreamWriter(Writer):
        _encoding = name

        def reset(self):
            super().reset()
            self._encoding = name

        def encode(self, input, errors="strict"):
            encoding, self._encoding = self._encoding, rest
            return _text(name.replace("-", "_") + "_encode", input).encode(encoding, errors), len(input)

    made = IncrementalEncoder, IncrementalDecoder, StreamReader, StreamWriter
    for cls in made:
        cls.__module__, cls.__qualname__ = home["__module__"], cls.__name__
    return made
