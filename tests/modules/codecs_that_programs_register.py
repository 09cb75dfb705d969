# codecs: encodings that a program registers, and those that turn bytes into bytes or text into text.
import codecs
import datetime
import io
import time


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


asked = []


def search(name):
    asked.append(name)
    if name == "my_codec":
        return codecs.CodecInfo(lambda text, errors="strict": (text.upper().encode(), len(text)),
                                lambda data, errors="strict": (bytes(data).decode().lower() + errors, len(data)), name="mine")
    if name == "plain":
        return (lambda text, errors="strict": (b"<" + text.encode() + b">", len(text)), lambda data, errors="strict": ("?", 1), None, None)
    if name == "wrong":
        return (1, 2, 3)
    if name == "odd":
        return (lambda text: "not a pair", lambda data: 5, None, None)
    if name == "numbers":
        return (lambda text: (len(text), 1), lambda data: (data[0], 1), None, None)
    return None


print(attempt("a".encode, "my codec"), attempt(b"A".decode, "my-codec"), attempt(codecs.lookup, "My_Codec"))
print(attempt(codecs.register, 5), codecs.register(search))
for name in ("my codec", "MY-codec", "My_Codec", "plain", "wrong", "odd", "numbers", "nothing", "m\xfc", "--a.b- c--"):
    print(name, attempt("aBc".encode, name), attempt(b"aBc".decode, name), attempt(str, b"xY", name), attempt(bytes, "xY", name),
          attempt(codecs.encode, "z", name), attempt(codecs.decode, b"Z", name))
print(asked)
print(codecs.lookup("my codec").name, attempt(b"A".decode, "my codec", "ignore"), attempt("".encode, "nothing"), attempt(b"".decode, "nothing"))
codecs.unregister(search)
codecs.unregister(search)
print(attempt("a".encode, "plain"), attempt(codecs.lookup, "my codec"))

for name, data in (("base64", b"some bytes" * 8), ("base64_codec", b""), ("hex", b"\x00\xff"), ("hex_codec", b"a"), ("quopri", b"a=b \t\xff\n c"),
                   ("quopri-codec", b"plain"), ("uu", b"some bytes" * 8), ("uu_codec", b""), ("rot13", "Hello, 1"), ("rot-13", "\xe9a")):
    made = codecs.encode(data, name)
    print(name, made, codecs.decode(made, name) == data)
for name in ("zlib", "zip", "zlib_codec"):
    print(codecs.decode(codecs.encode(b"many " * 40, name), name) == b"many " * 40, len(codecs.encode(b"many " * 40, name)) < 40)
for name in ("base64", "hex", "rot13", "zlib", "uu_codec", "quopri_codec"):
    print(attempt("text".encode, name), attempt(b"data".decode, name))
print(codecs.decode("begin 644 f\n#86)C\n \nend\n".encode(), "uu"), attempt(codecs.getencoder("hex"), b"ab"))

# Days of a week that begins in the year before.
for text, form in (("2015 0 0", "%Y %U %w"), ("2015 0 0", "%Y %W %w"), ("2015 0 1", "%Y %U %w"), ("2015 0 1", "%Y %W %w"), ("2013 0 1", "%Y %W %w"),
                   ("2009 0 0", "%Y %U %w"), ("2016 53 6", "%Y %U %w"), ("2015 1 1", "%G %V %u")):
    print(text, form, tuple(time.strptime(text, form)), datetime.datetime.strptime(text, form))
