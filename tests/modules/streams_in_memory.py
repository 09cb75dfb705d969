# StringIO and BytesIO.
import io


def attempt(what, action):
    try:
        print(what, "->", repr(action()))
    except Exception as error:
        print(what, "->", type(error).__name__, error)


s = io.StringIO("first\nsecond\nthird")
print(s.read(2), s.readline(), s.tell(), s.readline(3), s.readlines(), s.read(), s.getvalue())
print(s.seek(0), list(s), s.seek(0, 2), s.write("!"), s.getvalue(), s.seek(0, 1))
s.seek(2)
print(s.write("RST"), s.getvalue(), s.truncate(), s.getvalue(), s.truncate(3), s.getvalue(), s.tell())
s.seek(8)
s.write("gap")
print(repr(s.getvalue()), s.closed, s.readable(), s.writable(), s.seekable(), s.encoding, s.errors, s.line_buffering)
s = io.StringIO()
print(repr(s.getvalue()), s.write("äö€😀"), s.tell(), s.seek(2), s.read(), s.seek(3), s.write("x"), s.getvalue())
for newline in (None, "", "\n", "\r", "\r\n"):
    s = io.StringIO("a\nb\r\nc\rd", newline=newline)
    print(repr(newline), repr(s.getvalue()), s.readlines(), s.newlines)
    s.write("\n")
    print(repr(s.getvalue()))
with io.StringIO() as s:
    print("hello", "world", sep=",", file=s, end=".")
    print(s.getvalue())
    s.writelines(["a", "b"])
    print(s.getvalue())
attempt("closed", s.getvalue)
attempt("closed", lambda: s.__enter__())


class Upper(io.StringIO):
    def __init__(self):
        super().__init__()
        self.count = 0

    def write(self, text):
        self.count += 1
        return super().write(text.upper())


u = Upper()
print("x", 1, file=u)
print(repr(u.getvalue()), u.count, isinstance(u, io.StringIO))
u.extra = 5
print(u.extra, u.__dict__)

b = io.BytesIO(b"first\nsecond\nthird")
print(b.read(2), b.readline(), b.tell(), b.readline(3), b.readlines(), b.read(), b.getvalue())
print(b.seek(0), list(b), b.seek(-1, 2), b.write(b"!!"), b.getvalue(), b.seek(-3, 1), b.tell())
b.seek(25)
b.write(b"gap")
print(b.getvalue(), b.truncate(4), b.getvalue(), b.tell(), b.read())
b.seek(1)
a = bytearray(2)
print(b.readinto(a), a, b.read1(1), b.read1(), b.readable(), b.isatty())
view = b.getbuffer()
view[0] = 90
print(b.getvalue(), len(view))
attempt("grow", lambda: b.seek(0, 2) and b.write(b"more"))
b.seek(0)
attempt("write", lambda: b.write(b"YY"))
print(bytes(view))
view.release()
b.seek(0, 2)
b.write(b"more")
print(b.getvalue())
attempt("int", lambda: b.write(5))
attempt("str", lambda: io.BytesIO("text"))
attempt("fileno", b.fileno)
attempt("detach", b.detach)
b.writelines([b"1", bytearray(b"2"), memoryview(b"3")])
print(b.getvalue())
print(io.BytesIO(b"a\nb").readlines(1), io.BytesIO(b"abc").read(None), io.BytesIO(memoryview(b"xyz")).read())
b.close()
attempt("closed", b.read)
print(b.closed)
print(io.StringIO.__doc__[:20], io.SEEK_SET, io.SEEK_CUR, io.SEEK_END)
