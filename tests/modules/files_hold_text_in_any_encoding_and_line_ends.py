# gilbox: -A
# Text files: encodings, line ends, positions, what is read and written.
import io
import os

PATH = "/tmp/gilbox-text-%d" % os.getpid()


def attempt(what, action):
    try:
        print(what, "->", repr(action()).replace(PATH, "FILE"))
    except Exception as error:
        print(what, "->", type(error).__name__, str(error).replace(PATH, "FILE"))


def raw():
    with open(PATH, "rb") as file:
        return file.read()


# Every encoding writes what it reads, also piece by piece.
for encoding in ("utf-8", "utf-8-sig", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"):
    text = "abc\ndef\n" if encoding == "ascii" else "grün\nçé\n" if encoding == "latin-1" else "grün\n€\n😀 end"
    with open(PATH, "w", encoding=encoding) as file:
        for c in text:
            file.write(c)
    print(encoding, raw())
    with open(PATH, encoding=encoding) as file:
        print(file.read() == text, end=" ")
    with open(PATH, encoding=encoding) as file:
        print(file.readlines(), end=" ")
    with open(PATH, encoding=encoding) as file:
        file._CHUNK_SIZE = 3
        pieces = []
        while piece := file.read(2):
            pieces.append(piece)
        print(pieces, "".join(pieces) == text)
    with open(PATH, "a", encoding=encoding) as file:
        file.write("+")
    with open(PATH, encoding=encoding) as file:
        print(file.read() == text + "+")
    with open(PATH, encoding=encoding) as file:
        file._CHUNK_SIZE = 5
        places = [file.tell()]
        lines = []
        while line := file.readline():
            lines.append(line)
            places.append(file.tell())
        print(places)
        for place, line in zip(places, lines):
            file.seek(place)
            assert file.readline() == line, (place, line)

# Errors: what cannot be encoded, what cannot be decoded.
for errors in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape"):
    def write():
        with open(PATH, "w", encoding="ascii", errors=errors) as file:
            file.write("a€b")
        return raw()

    attempt(errors, write)
with open(PATH, "wb") as file:
    file.write(b"ok\n\xff\xfe bad\nend \xe2\x82")
for errors in ("strict", "ignore", "replace", "backslashreplace", "surrogateescape"):
    def read():
        with open(PATH, encoding="utf-8", errors=errors) as file:
            return file.read()

    def lines():
        with open(PATH, encoding="utf-8", errors=errors) as file:
            file._CHUNK_SIZE = 4
            return [(line, file.tell()) for line in iter(file.readline, "")]

    attempt(errors, read)
    attempt(errors, lines)
attempt("unknown", lambda: open(PATH, encoding="no-such"))
attempt("utf-16 without a mark", lambda: open(PATH, encoding="utf-16").read())

# Line ends.
with open(PATH, "wb") as file:
    file.write(b"one\ntwo\r\nthree\rfour\r\n\r\n\rlast")
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(PATH, newline=newline) as file:
        print(repr(newline), repr(file.read()), repr(file.newlines))
    with open(PATH, newline=newline) as file:
        print(file.readlines(), file.newlines)
    for size in (1, 2, 3, 5):
        with open(PATH, newline=newline) as file:
            file._CHUNK_SIZE = size
            assert file.readlines() == open(PATH, newline=newline).readlines(), size
    with open(PATH, newline=newline) as file:
        file._CHUNK_SIZE = 1
        pieces = []
        while piece := file.read(3):
            pieces.append(piece)
        print(pieces)
    with open(PATH, newline=newline) as file:
        print([file.readline(2) for _ in range(6)], repr(file.readline(0)), repr(file.readline(-1)))
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(PATH, "w", newline=newline) as file:
        print(file.write("a\nb\r\nc\r"), end=" ")
    print(repr(newline), raw())

# Reading, writing and positions in one file.
with open(PATH, "w+") as file:
    file.write("hello\nworld\n")
    print(file.tell(), file.seek(0), file.readline(), file.tell(), file.read(), file.tell())
    print(file.seek(6), file.write("W"), file.seek(0), file.read())
    print(file.truncate(5), file.tell(), file.seek(0, 2), file.tell())
    file.seek(0)
    print(file.read())
with open(PATH, "r+") as file:
    print(next(file), file.seek(0, 1) if False else "")
    attempt("tell while iterating", lambda: (open(PATH).__next__, file.tell()))
with open(PATH, "w") as file:
    file.write("1\n2\n3\n")
with open(PATH) as file:
    for line in file:
        attempt("tell in a loop", file.tell)
        break
    attempt("readline after", file.readline)
    for line in file:
        pass
    attempt("tell after the loop", file.tell)
with open(PATH, "a+") as file:
    print(file.tell(), file.read(), file.write("4"), file.tell(), file.seek(0), file.read())
attempt("x", lambda: open(PATH, "x"))
os.remove(PATH)
with open(PATH, "x") as file:
    file.write("new")
print(open(PATH).read(), open(PATH, "rt").mode, open(PATH, "r+t").mode)

# Attributes.
with open(PATH, "w", encoding="latin-1", errors="replace", newline="\r\n", buffering=1) as file:
    print(file.encoding, file.errors, file.newlines, file.line_buffering, file.write_through, file.mode, file.closed)
    print(type(file), type(file.buffer), type(file.buffer.raw), file.name == PATH, file.buffer.name == PATH)
    print(file.readable(), file.writable(), file.seekable(), file.isatty(), file.fileno() == file.buffer.raw.fileno())
    file.write("x\n")
    print(raw())
    file.reconfigure(line_buffering=False, errors="strict", newline="\n")
    file.write("y\n")
    print(raw(), file.errors)
    file.flush()
    print(raw())
print(file.closed, file.buffer.closed)
attempt("closed", lambda: file.write("x"))
file.close()

# Writing and reading what comes from iterables.
with open(PATH, "w") as file:
    file.writelines(line + "\n" for line in "abc")
    print("to", "a", "file", sep="-", end="!\n", file=file, flush=True)
with open(PATH) as file:
    print(file.readlines(3), list(file), file.readlines(), next(file, "none"))

# A large text passes through all buffers unharmed.
text = "".join(f"line {i} ÄÖ€😀\n" for i in range(20000))
with open(PATH, "w") as file:
    file.write(text)
with open(PATH) as file:
    print(file.read() == text, len(text))
with open(PATH) as file:
    print(sum(1 for _ in file))
with open(PATH) as file:
    print("".join(iter(lambda: file.read(777), "")) == text)

# Over bytes in memory.
below = io.BytesIO()
text = io.TextIOWrapper(below, encoding="utf-8", write_through=True)
text.write("hé")
print(below.getvalue(), text.tell())
text.seek(0)
print(text.read(1), text.read(), text.detach() is below)
attempt("detached", lambda: text.read())
os.remove(PATH)
