"""The classes of the built-in exceptions, their parents and arguments."""


def line(cls):
    return " < ".join(c.__name__ for c in cls.__mro__[:-1])


for cls in (
    SystemExit, KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration, ZeroDivisionError, OverflowError, FloatingPointError,
    AssertionError, AttributeError, BufferError, EOFError, ImportError, ModuleNotFoundError, IndexError, KeyError, MemoryError, NameError, UnboundLocalError,
    FileNotFoundError, PermissionError, FileExistsError, IsADirectoryError, NotADirectoryError, InterruptedError, BlockingIOError, ChildProcessError,
    BrokenPipeError, ConnectionRefusedError, TimeoutError, ProcessLookupError, ReferenceError, NotImplementedError, RecursionError,
    SyntaxError, IndentationError, TabError, SystemError, TypeError, UnicodeDecodeError, UnicodeEncodeError, ValueError, DeprecationWarning, UserWarning,
    RuntimeWarning, SyntaxWarning, ExceptionGroup, BaseExceptionGroup,
):
    print(line(cls))
print(IOError is OSError, EnvironmentError is OSError)
e = ValueError("a", 1)
print(e.args, str(e), repr(e), str(ValueError()), repr(ValueError("x")), str(ValueError(5)), repr(ValueError(1, 2)))
print(str(KeyError("k")), str(KeyError("a", "b")), str(KeyError()), repr(KeyError("k")))
k = KeyError("k")
k.extra = 1
print(k.extra, k.__cause__, k.__context__, k.__traceback__, k.args)
o = OSError(2, "No such file", "name.txt")
print(o.errno, o.strerror, o.filename, str(o), type(o).__name__, type(OSError(13, "x")).__name__, str(OSError("only text")))
s = StopIteration(5)
print(s.value, SystemExit(3).code, SystemExit().code, SystemExit("text").code)
try:
    (1).missing
except AttributeError as a:
    print(a.name, a.obj)
try:
    undefined
except NameError as n:
    print(n.name)
try:
    import nothing_like_this
except ModuleNotFoundError as m:
    print(m.name, m.path, m)
try:
    exec("x = (1,\n  2 3)")
except SyntaxError as s:
    print(s.msg, s.lineno, s.offset, s.end_lineno, s.end_offset, repr(s.text), s.filename)
try:
    b"\xff".decode()
except UnicodeDecodeError as u:
    print(u.encoding, u.object, u.start, u.end, u.reason)
