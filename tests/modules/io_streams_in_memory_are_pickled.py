# StringIO and BytesIO as pickles, copies and states: contents, line ends, position and attributes.
import copy
import io
import pickle


def attempt(function, *args):
    try:
        return function(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


class Strings(io.StringIO):
    pass


class Chunks(io.BytesIO):
    pass


text = "a\nb\r\n\rc\rd"
for newline in (None, "", "\n", "\r", "\r\n"):
    for cls in (io.StringIO, Strings):
        stream = cls(text, newline=newline)
        stream.note = [1]
        stream.readline()
        print(repr(newline), stream.__getstate__(), stream.newlines)
        for other in (pickle.loads(pickle.dumps(stream)), copy.copy(stream), copy.deepcopy(stream)):
            print(type(other).__name__, other.tell(), other.note, other.note is stream.note, other.newlines, other.readlines())
            other.write("x\ny")
            print(repr(other.getvalue()))
for cls in (io.BytesIO, Chunks):
    stream = cls(b"abc")
    stream.seek(5)
    print(stream.__getstate__())
    stream.note = 1
    other = pickle.loads(pickle.dumps(stream))
    print(stream.__getstate__(), other.tell(), other.note, other.getvalue(), other.write(b"d"), other.getvalue())

stream = io.StringIO()
for state in (("x", "\n", 0, None), ("x", "", 1, {"spam": 3}), ("", "f", 0, None), ("", "", -1, None), (b"", "", 0, None),
              ("", b"", 0, None), ("", "", 0.0, None), ("", "", 0, 0), ("len", "", 0), ("long", "", True, None, 5), 5, ["x", "\n", 0, None],
              (None, None, 0, None), ("a\nb", "\r\n", 3, {}), ("x", "\n", 1 << 70, None)):
    print(state, attempt(stream.__setstate__, state), attempt(stream.getvalue), attempt(stream.tell), stream.__dict__)
stream.close()
print(attempt(stream.__getstate__), attempt(stream.__setstate__, ("x", "\n", 0, None)), attempt(stream.getvalue))
stream = io.BytesIO()
for state in ((b"x", 0, None), (bytearray(b"y"), 1, {"spam": 3}), (b"", -1, None), ("text", 0, None), (b"", 0.0, None), (b"", 0, 0),
              (b"len", 0), 5, (b"long", 1, None, 5)):
    print(state, attempt(stream.__setstate__, state), attempt(stream.getvalue), attempt(stream.tell), stream.__dict__)
view = stream.getbuffer()
print(attempt(stream.__setstate__, (b"x", 0, None)), bytes(view))
view.release()
stream.close()
print(attempt(stream.__getstate__), attempt(stream.__setstate__, (b"x", 0, None)), attempt(stream.getvalue))
