# gilbox: -A
# Binary files: buffered and raw, positions, reading ahead, reading into.
import io
import os

PATH = "/tmp/gilbox-bytes-%d" % os.getpid()


def attempt(what, action):
    try:
        print(what, "->", repr(action()).replace(PATH, "FILE"))
    except Exception as error:
        print(what, "->", type(error).__name__, str(error).replace(PATH, "FILE"))


with open(PATH, "wb") as file:
    print(file.write(b"hello "), file.write(bytearray(b"big ")), file.write(memoryview(b"world!")), file.tell())
    file.writelines([b"1\n", b"2\n"])
    print(file.seek(0), file.write(b"J"), file.seek(0, 2), file.seek(-3, 1), file.tell())
with open(PATH, "rb") as file:
    print(file.read(), file.read(), file.seek(-4, 2), file.read(2), file.peek(1), file.read1(), file.tell())
    print(file.seek(2), file.readline(3), file.readline(), file.readlines(), file.seek(0))
    array = bytearray(4)
    print(file.readinto(array), array, file.readinto(memoryview(array)[1:3]), array, file.tell())
    print(file.readinto1(array), array, file.read(0), file.read1(0), file.read(None))
    print([line for line in open(PATH, "rb")])
with open(PATH, "r+b") as file:
    print(type(file), file.read(3), file.write(b"XYZ"), file.tell(), file.read(2), file.seek(0), file.read())
    print(file.truncate(4), file.seek(0), file.read(), file.tell())
    file.seek(6)
    file.write(b"!")
    file.flush()
    file.seek(0)
    print(file.read())
with open(PATH, "a+b") as file:
    print(file.tell(), file.write(b"end"), file.seek(1), file.write(b"END"), file.seek(0), file.read())
with open(PATH, "rb", buffering=0) as file:
    print(type(file), file.read(2), file.tell(), file.readall(), file.read(), file.readline(), file.mode, file.closefd)
    print(file.seek(0), file.readline(), file.seek(0), list(file), file.seekable(), file.isatty())
with open(PATH, "wb", buffering=0) as file:
    print(file.write(b"raw"), open(PATH, "rb").read())
    attempt("read", file.read)
with open(PATH, "wb", buffering=4) as file:
    print(file.write(b"ab"), open(PATH, "rb").read(), file.write(b"cd"), open(PATH, "rb").read())
    print(file.write(b"e"), open(PATH, "rb").read(), file.write(b"0123456789"), open(PATH, "rb").read())
print(open(PATH, "rb").read())

# Descriptors.
number = os.open(PATH, os.O_RDWR | os.O_CREAT)
file = open(number, "rb", closefd=False)
print(file.name == number, file.read(3), file.fileno() == number)
file.close()
print(os.read(number, 3), os.lseek(number, 0, 0), os.read(number, 2))
file = open(number, "wb")
file.close()
attempt("closed descriptor", lambda: os.read(number, 1))
attempt("closed descriptor", lambda: open(number))


def opener(path, flags):
    print("opener", path == PATH, flags == os.O_RDONLY | os.O_CLOEXEC)
    return os.open(path, flags)


with open(PATH, "rb", opener=opener) as file:
    print(file.read(4))

# Pipes.
reader, writer = os.pipe()
with open(reader, "rb") as incoming, open(writer, "wb", buffering=0) as outgoing:
    print(outgoing.write(b"line one\nline two\n"), incoming.readline(), incoming.peek(3)[:3], incoming.read1(100))
    print(incoming.seekable(), outgoing.seekable())
    attempt("seek in a pipe", lambda: incoming.seek(0))
    attempt("tell in a pipe", incoming.tell)
    outgoing.close()
    print(incoming.read(), incoming.readline())
reader, writer = os.pipe()
os.close(reader)
attempt("broken pipe", lambda: os.write(writer, b"x"))
os.close(writer)


# Streams of one's own below the buffers.
class Slow(io.RawIOBase):
    def __init__(self, content):
        self.content, self.at, self.written = content, 0, []

    def readable(self):
        return True

    def writable(self):
        return True

    def readinto(self, buffer):
        piece = self.content[self.at:self.at + min(3, len(buffer))]
        buffer[:len(piece)] = piece
        self.at += len(piece)
        return len(piece)

    def write(self, piece):
        self.written.append(bytes(piece))
        return len(piece)


slow = io.BufferedReader(Slow(b"abc\ndefgh\nij"), 4)
print(slow.readline(), slow.peek(), slow.read(4), slow.read1(10), slow.read(), slow.read())
raw = Slow(b"")
fast = io.BufferedWriter(raw, 4)
for piece in (b"a", b"bc", b"d", b"e", b"fghijklmn", b"o"):
    fast.write(piece)
    print(raw.written)
fast.close()
print(raw.written, raw.closed)
print(Slow(b"xyz123").read(2), Slow(b"xyz123").readall(), Slow(b"a\nb\n").readlines(), list(Slow(b"1\n2")))
text = io.TextIOWrapper(io.BufferedReader(Slow("añb\r\nc€\n".encode())), encoding="utf-8")
print(text.readlines())
print(isinstance(raw, io.IOBase), isinstance(fast, io.BufferedIOBase), isinstance(text, io.TextIOBase),
      isinstance(text, io.RawIOBase), isinstance(open(PATH, "rb", 0), io.RawIOBase), issubclass(io.StringIO, io.TextIOBase))
pair = io.BufferedRWPair(Slow(b"in"), raw2 := Slow(b""))
print(pair.read(), pair.write(b"out"), pair.flush(), raw2.written, pair.readable(), pair.writable())


class Bad(io.RawIOBase):
    def readable(self):
        return True

    def readinto(self, buffer):
        return len(buffer) + 5


attempt("too much", lambda: io.BufferedReader(Bad(), 8).read(3))
os.remove(PATH)
