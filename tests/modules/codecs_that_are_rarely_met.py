# UTF-7, punycode, idna, tables, escapes, recoders, and what is said of codecs that fail.
import codecs
import copy
import io
import pickle
import warnings

warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *rest: print("warned", category.__name__, message)


def shown(function, *args, **options):
    try:
        print(ascii(function(*args, **options)))
    except Exception as error:
        print(type(error).__name__, ascii(str(error)), getattr(error, "__notes__", ""))


def encoded(text, *how):
    shown(text.encode, *how)


def decoded(data, *how):
    shown(data.decode, *how)


# Notes of what failed.
encoded("\u1234", "cp1252")
encoded("\u1234", "ascii")
decoded(b"\xff", "utf8")
decoded(b"\xff", "utf-8-sig")
decoded(b"\xff", "utf-16-le")
decoded(b"\\x", "unicode_escape")
shown(codecs.decode, b"\xff", "utf-8")
shown(codecs.decode, b"zz", "hex")
shown(codecs.decode, b"abc", "zlib")
encoded("x", "undefined")
encoded("x", "hex")
decoded(b"x", "rot13")

# UTF-7.
for text in ("a+b", "\xfc\u20ac", "\u20acb", "\u20ac-", "Hi Mom -\u263a-!", "\U00012345", "\ud800x", "", "a\n", "~\\"):
    encoded(text, "utf-7")
    print(ascii(text.encode("utf-7").decode("utf-7")) == ascii(text))
for data in b"+", b"+-", b"a+@b", b"\xff", b"a+IKw", b"a+IKx", b"+IK", b"+AG8A", b"+ZeVnLIqe", b"+AGE-b", b"a+IKz!", b"+2AA-":
    for errors in "strict", "replace", "ignore":
        decoded(data, "utf-7", errors)
decoder = codecs.getincrementaldecoder("utf-7")()
print([decoder.decode(bytes([byte])) for byte in b"a+IKw-b"], decoder.getstate())
shown(codecs.utf_7_decode, b"a+IK")
shown(codecs.utf_7_encode, "\xe9")

# Names.
for text in ("b\xfccher", "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587", "plain", "", "a-\xe9-b", "\U0001f600"):
    encoded(text, "punycode")
    print(text.encode("punycode").decode("punycode") == text)
for data in b"a\xff", b"bcher-kva", b"bcher-kv", b"\xff-a", b"99999999":
    for errors in "strict", "ignore":
        decoded(data, "punycode", errors)
for name in ("b\xfccher.de", "B\xdcCHER.example.", "python.org", "\u3002", "a..b", "a" * 64, "stra\xdfe.de", "\uff41.\uff0ecom", ""):
    encoded(name, "idna")
for data in b"xn--bcher-kva.de", b"python.org.", b"xn--", b"XN--bcher-KVA.de", b"xn--a\xff":
    decoded(data, "idna")
encoded("a", "idna", "replace")

# Tables.
shown(codecs.charmap_decode, b"\0\1\2", "strict", "ab")
shown(codecs.charmap_decode, b"\0\1\2", "replace", "ab\ufffe")
shown(codecs.charmap_decode, b"\0\1", "strict", {0: "xx", 1: None})
shown(codecs.charmap_decode, b"\0\1", "backslashreplace", {0: 70000})
shown(codecs.charmap_decode, b"\0", "strict", {0: b"x"})
shown(codecs.charmap_decode, b"\0", "strict", {0: -1})
shown(codecs.charmap_encode, "abc", "strict", {97: b"xy", 98: 65})
shown(codecs.charmap_encode, "abc", "xmlcharrefreplace", {97: 65, 38: 1, 35: 2, 59: 3, 57: 4, 56: 5})
shown(codecs.charmap_encode, "abc", "replace", {97: 65})
shown(codecs.charmap_encode, "a", "strict", {97: "x"})
shown(codecs.charmap_encode, "a", "strict", {97: 300})
shown(codecs.charmap_encode, "a\u1234")
shown(codecs.charmap_build, "abc")
print(codecs.make_identity_dict(range(3)), codecs.make_encoding_map({1: 2, 3: 2}))

# Escapes.
for data in rb"a\x41\n\101\q", r"\u0041", b"\\x4", b"\\", b"\\400", b"\\\n\\'", b"\\8":
    shown(codecs.escape_decode, data)
    shown(codecs.unicode_escape_decode, data)
    shown(codecs.unicode_escape_decode, data, "strict", False)
    shown(codecs.raw_unicode_escape_decode, data, "strict", False)
shown(codecs.escape_decode, b"\\x4z", "replace")
shown(codecs.escape_decode, b"\\x4z", "ignore")
shown(codecs.escape_decode, b"\\x4z", "other")
shown(codecs.escape_encode, b"a\n'\"\\\xff\0")
shown(codecs.escape_encode, "x")
decoded(rb"\d", "unicode_escape")
shown(codecs.unicode_escape_encode, "a\xe9\u1234\n")
shown(codecs.raw_unicode_escape_encode, "a\xe9\u1234\n")

# Byte orders, and states of what is done in pieces.
for data in b"\xff\xfea\0", b"a\0", b"\xfe\xff\0a", b"\xff":
    shown(codecs.utf_16_ex_decode, data)
    shown(codecs.utf_16_ex_decode, data, "strict", 1)
shown(codecs.utf_32_ex_decode, b"\xff\xfe\0\0a\0\0\0")
shown(codecs.readbuffer_encode, "a\xfc")
for name in "utf-16", "utf-32", "utf-8-sig", "utf-8", "cp1252", "utf-16-be", "hex", "unicode_escape":
    encoder, decoder = codecs.getincrementalencoder(name)(), codecs.getincrementaldecoder(name)()
    text = b"61" if name == "hex" else "a\xe9"
    print(name, encoder.getstate(), decoder.getstate(), encoder.encode(text), encoder.encode(text), encoder.getstate())
    if name != "hex":
        data = text.encode(name)
        pieces = []
        for byte in data:
            pieces.append(decoder.decode(bytes([byte])))
            state = decoder.getstate()
            decoder.reset()
            decoder.setstate(state)
        print(ascii(pieces), decoder.getstate(), ascii(decoder.decode(b"", True)))
shown(codecs.getincrementaldecoder("utf-16")().decode, b"abcd")
shown(codecs.getreader("utf-16")(io.BytesIO(b"abcd")).read)

# Streams of one encoding shown in another one.
file = codecs.EncodedFile(io.BytesIO(b"abc\xc3\xbc\ndef\n"), "latin-1", "utf-8")
print(file.readline(), file.read(), file.data_encoding, file.file_encoding)
file.seek(0)
print(file.readlines(), [*file])
buffer = io.BytesIO()
with codecs.EncodedFile(buffer, "utf-8", "utf-16") as file:
    file.write("a\xe9".encode())
    file.writelines([b"b", b"c"])
    print(buffer.getvalue())
recoder = codecs.StreamRecoder(io.BytesIO(), codecs.getencoder("utf-8"), codecs.getdecoder("utf-8"),
                               codecs.getreader("latin-1"), codecs.getwriter("latin-1"))
recoder.write("\xe9".encode())
recoder.seek(0)
print(recoder.read(), recoder.stream.getvalue())
for made in recoder, codecs.getreader("utf-8")(io.BytesIO()), codecs.getwriter("utf-8")(io.BytesIO()):
    shown(pickle.dumps, made)
    shown(copy.copy, made)
info = codecs.lookup("utf-8")
print(pickle.loads(pickle.dumps(info)) == info, copy.copy(info) == info, copy.copy(info).name, copy.deepcopy(info) == info)


# A stream of a program's own codec: it says only how to decode.
class Shouting(codecs.StreamReader):
    def decode(self, input, errors="strict"):
        return input.decode("ascii", errors).upper(), len(input)


class Whispering(codecs.StreamWriter):
    def encode(self, input, errors="strict"):
        return input.lower().encode("ascii", errors), len(input)


print(list(Shouting(io.BytesIO(b"one\r\ntwo\nthree"))), Shouting(io.BytesIO(b"one\ntwo")).readline(keepends=False))
both = codecs.StreamReaderWriter(io.BytesIO(b"abc\ndef"), Shouting, Whispering)
print(both.read(2), both.readline(), both.readlines(), both.write("GHI"), both.getvalue())


class Pairs(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input, errors, final):
        whole = len(input) if final else len(input) // 2 * 2
        return input[:whole].hex(), whole


pairs = Pairs()
print([pairs.decode(piece) for piece in (b"a", b"b", b"cde")], pairs.getstate(), pairs.decode(b"", True))

# Handlers by name.
shown(codecs.lookup_error("surrogateescape"), UnicodeDecodeError("ascii", b"a\xff", 1, 2, "x"))
shown(codecs.lookup_error("surrogateescape"), UnicodeEncodeError("ascii", "a\udcff", 1, 2, "x"))
shown(codecs.lookup_error("surrogatepass"), UnicodeEncodeError("utf-8", "a\ud800", 1, 2, "x"))
shown(codecs.lookup_error("surrogatepass"), UnicodeDecodeError("utf-8", b"a\xed\xa0\x80", 1, 2, "x"))
shown(codecs.lookup_error("surrogatepass"), UnicodeEncodeError("ascii", "a\ud800", 1, 2, "x"))
shown(codecs.strict_errors, 1)
decoded(b"\xed\xa0", "utf-8", "surrogatepass")
print(sorted(codecs.__all__) == sorted(set(codecs.__all__)), len(codecs.__all__))
