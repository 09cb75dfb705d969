"""Codecs that the interpreter does not have itself: of bytes as bytes, of text as text, and of names in ASCII."""

from codecs import (BufferedIncrementalDecoder, BufferedIncrementalEncoder, CodecInfo, IncrementalDecoder,
                    IncrementalEncoder, StreamReader, StreamWriter)


def _rot13(text, errors="strict"):
    small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    table = str.maketrans(small + large, small[13:] + small[:13] + large[13:] + large[:13])
    return str.translate(text, table), len(text)


def _to_hex(data, errors="strict"):
    from binascii import b2a_hex
    return b2a_hex(data), len(data)


def _from_hex(data, errors="strict"):
    from binascii import a2b_hex
    return a2b_hex(data), len(data)


def _to_base64(data, errors="strict"):
    from base64 import encodebytes
    return encodebytes(data), len(data)


def _from_base64(data, errors="strict"):
    from base64 import decodebytes
    return decodebytes(data), len(data)


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


def _undefined(input, errors="strict"):
    raise UnicodeError("undefined encoding")


def _from_module(module, name):
    def run(*args):
        return getattr(__import__(module), name)(*args)
    return run


# How each is called in `CodecInfo`, its spellings without dashes, its two functions, and whether it is one of text.
MADE = {name: rest for name, *rest in (
    ("rot-13", ("rot13",), _rot13, _rot13, False),
    ("hex", ("hex",), _to_hex, _from_hex, False),
    ("base64", ("base64",), _to_base64, _from_base64, False),
    ("quopri", ("quopri", "quotedprintable"), _to_quoted, _from_quoted, False),
    ("zlib", ("zlib", "zip"), _to_zlib, _from_zlib, False),
    ("uu", ("uu",), _to_uu, _from_uu, False),
    ("undefined", ("undefined",), _undefined, _undefined, True),
    ("utf-7", ("utf7", "u7", "unicode11utf7"), _from_module("_codec_utf7", "encode"), _from_module("_codec_utf7", "decode"),
     True),
    ("punycode", ("punycode",), _from_module("_codec_names", "punycode_encode"),
     _from_module("_codec_names", "punycode_decode"), True),
    ("idna", ("idna",), _from_module("_codec_names", "idna_encode"), _from_module("_codec_names", "idna_decode"), True))}


def named(plain):
    """Which of these a name in small letters and without dashes means."""
    return next((name for name, (spellings, *_) in MADE.items() if plain in spellings), None)


def make(name):
    """The codec of that name."""
    _, encode, decode, is_text = MADE[name]
    home = {"__module__": "encodings." + name.replace("-", "_") + ("" if is_text or name == "rot-13" else "_codec")}

    def part(bases, method, convert):
        # Each piece stands alone.
        def run(self, input, final=False):
            return convert(input, self.errors)[0]
        return type(bases[0].__name__, bases, {method: run, **home})
    if name == "zlib":
        encoder, decoder = _zlib_pieces(home)
    elif name in ("utf-7", "idna"):
        # What is given may end within a character or a label.
        module = __import__("_codec_utf7" if name == "utf-7" else "_codec_names")
        encoder = type("IncrementalEncoder", (BufferedIncrementalEncoder,), {
            "_buffer_encode": lambda self, *args: module.encode_part(*args), **home}) if name == "idna" else (
            part((IncrementalEncoder,), "encode", encode))
        decoder = type("IncrementalDecoder", (BufferedIncrementalDecoder,), {
            "_buffer_decode": lambda self, *args: module.decode_part(*args), **home})
    else:
        encoder = part((IncrementalEncoder,), "encode", encode)
        decoder = part((IncrementalDecoder,), "decode", decode)

    def read(self, input, errors="strict"):
        return module.decode_part(input, errors, False) if name == "utf-7" else decode(input, errors)

    both = {"encode": lambda self, input, errors="strict": encode(input, errors), "decode": read, **home}
    reader = type("StreamReader", (StreamReader,), {
        **both, "charbuffertype": str if is_text or name == "rot-13" else bytes})
    writer = type("StreamWriter", (StreamWriter,), both)
    return CodecInfo(encode, decode, reader, writer, encoder, decoder, name, _is_text_encoding=is_text)


def _zlib_pieces(home):
    """The incremental encoder and decoder of one stream."""
    import zlib

    def pieces(base, method, start, end):
        class Made(base):
            def __init__(self, errors="strict"):
                super().__init__(errors)
                self.reset()

            def reset(self):
                self._stream = start()

        def run(self, input, final=False):
            made = getattr(self._stream, method)(input)
            if final:
                made += getattr(self._stream, end)()
                self.reset()
            return made
        return type(base.__name__, (Made,), {"encode" if base is IncrementalEncoder else "decode": run, **home})
    return (pieces(IncrementalEncoder, "compress", zlib.compressobj, "flush"),
            pieces(IncrementalDecoder, "decompress", zlib.decompressobj, "flush"))
