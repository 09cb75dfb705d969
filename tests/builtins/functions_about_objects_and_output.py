# Built-in functions about objects and output: attributes, print, input, vars, dir, format, slices, types.
import sys, io
def t(what, f):
    try: print(what, "->", repr(f()))
    except BaseException as e: print(what, "->", type(e).__name__, e)
class A:
    x = 1
    def __init__(s): s.y = 2
    def __getattr__(s, n):
        if n == "magic": return "m"
        if n == "boom": raise ValueError("boom")
        raise AttributeError("no " + n)
class S: __slots__ = ("p", "q")
a = A(); s = S()
t("getattr", lambda: getattr(a, "x")); t("getattr", lambda: getattr(a, "magic")); t("getattr", lambda: getattr(a, "nope")); t("getattr", lambda: getattr(a, "nope", 5)); t("getattr", lambda: getattr(a, "boom", 5)); t("getattr", lambda: getattr(a, 5)); t("getattr", lambda: getattr(a)); t("getattr", lambda: getattr(a, "x", 1, 2)); t("getattr", lambda: getattr(5, "real")); t("getattr", lambda: getattr(a, "\udc80", 1)); t("getattr", lambda: getattr(1, "nope")); t("getattr", lambda: getattr(int, "nope")); t("getattr", lambda: getattr(None, "x")); t("getattr", lambda: getattr(sys, "nope")); t("getattr", lambda: getattr(s, "p")); t("getattr", lambda: getattr(s, "zz"))
t("hasattr", lambda: hasattr(a, "x")); t("hasattr", lambda: hasattr(a, "nope")); t("hasattr", lambda: hasattr(a, "boom")); t("hasattr", lambda: hasattr(a, 5)); t("hasattr", lambda: hasattr(a)); t("hasattr", lambda: hasattr(s, "p"))
t("setattr", lambda: setattr(a, "z", 3)); t("setattr", lambda: a.z); t("setattr", lambda: setattr(5, "z", 3)); t("setattr", lambda: setattr(s, "r", 3)); t("setattr", lambda: setattr(a, 5, 3)); t("setattr", lambda: setattr(a, "x")); t("setattr", lambda: setattr(int, "x", 1)); t("setattr", lambda: setattr(s, "p", 1)); t("setattr", lambda: setattr(len, "x", 1)); t("setattr", lambda: setattr(a, "not an identifier", 1)); t("setattr", lambda: setattr(object(), "x", 1)); t("setattr", lambda: setattr(A, "x", 9) or A.x); t("setattr", lambda: setattr(1, "real", 3)); t("setattr", lambda: setattr("", "foo", 3))
t("delattr", lambda: delattr(a, "z")); t("delattr", lambda: delattr(a, "z")); t("delattr", lambda: delattr(a, "x")); t("delattr", lambda: delattr(5, "real")); t("delattr", lambda: delattr(a, 5)); t("delattr", lambda: delattr(s, "p")); t("delattr", lambda: delattr(s, "p")); t("delattr", lambda: delattr(a)); t("delattr", lambda: delattr(int, "real"))
t("vars", lambda: vars(a)); t("vars", lambda: vars(5)); t("vars", lambda: vars(s)); t("vars", lambda: type(vars(A)).__name__); t("vars", lambda: vars() is locals()); t("vars", lambda: vars(a, 1)); t("vars", lambda: vars(sys) is sys.__dict__); t("vars", lambda: sorted((lambda q: vars())(1)))
t("dir", lambda: [n for n in dir(a) if n[0] != "_"]); t("dir", lambda: [n for n in dir() if n == "zzz"]); t("dir", lambda: dir(1, 2)); t("dir", lambda: [n for n in dir(s) if n[0] != "_"]); t("dir", lambda: [n for n in dir(A) if n[0] != "_"]); t("dir", lambda: (lambda q, p: dir())(1, 2)); t("dir", lambda: len(dir(5)) > 50)
t("callable", lambda: [callable(x) for x in (len, A, a, lambda: 1, 5, "x", A.__init__)])
t("id", lambda: id(a) == id(a)); t("id", lambda: id()); t("id", lambda: type(id(5)).__name__)
t("format", lambda: format(5, "x")); t("format", lambda: format(5, 5)); t("format", lambda: format(a, "x")[:10]); t("format", lambda: format(3.14159, ".2f")); t("format", lambda: format("a", ">5")); t("format", lambda: format(5, "zz")); t("format", lambda: format()); t("format", lambda: format(None, "")); t("format", lambda: format([], "5")); t("format", lambda: format("s", "d"))
t("slice", lambda: slice(1)); t("slice", lambda: slice(1, 2, 3)); t("slice", lambda: slice()); t("slice", lambda: slice(1, 2, 3, 4)); t("slice", lambda: slice(1, 2) == slice(1, 2)); t("slice", lambda: slice(1, 10, 2).indices(5)); t("slice", lambda: slice(None).indices(-1)); t("slice", lambda: slice("a").indices(5)); t("slice", lambda: slice(1, 2, 0).indices(5)); t("slice", lambda: slice(1) < slice(2)); t("slice", lambda: slice(stop=1)); t("slice", lambda: slice(5).start); t("slice", lambda: hash(slice(1)) == hash(slice(1)))
t("type", lambda: type(5)); t("type", lambda: type()); t("type", lambda: type(1, 2)); t("type", lambda: type("X", (), {})().__class__.__name__); t("type", lambda: type("X", (A,), {"k": 1}).k); t("type", lambda: type(5, (), {})); t("type", lambda: type("X", [], {})); t("type", lambda: type("X", (), [])); t("type", lambda: type("X", (5,), {})); t("type", lambda: type("X\0", (), {})); t("type", lambda: type("X", (bool,), {})); t("type", lambda: type("X", (int, str), {})); t("type", lambda: type("X", (A, A), {})); t("type", lambda: type("X", (), {}, foo=1)); t("type", lambda: type("X", (object, A), {})); t("type", lambda: type(x=1))
t("object", lambda: object(1)); t("object", lambda: object(x=1)); t("object", lambda: type(object()).__name__); t("A", lambda: A(1)); t("new", lambda: object.__new__(5)); t("new", lambda: object.__new__(int)); t("init", lambda: object.__init__(a, 1)); t("new", lambda: object.__new__(A, 1).__class__.__name__)
class P:
    def who(self): return "P"
    @classmethod
    def cm(cls): return cls.__name__
class Q(P):
    def who(self): return "Q" + super().who() + super(Q, self).who()
    @classmethod
    def cm(cls): return "Q" + super().cm()
    def bad(self): return super().nope
t("super", lambda: Q().who()); t("super", lambda: Q.cm()); t("super", lambda: Q().bad()); t("super", lambda: super()); t("super", lambda: super(Q, 5).who()); t("super", lambda: super(5)); t("super", lambda: super(Q, Q()).who()); t("super", lambda: repr(super(Q, Q()))[:35]); t("super", lambda: super(P)); t("super", lambda: super(Q, P()))
t("import", lambda: __import__("sys") is sys); t("import", lambda: __import__("os.path").__name__); t("import", lambda: __import__("os.path", fromlist=["join"]).__name__); t("import", lambda: __import__("no_such_module_x")); t("import", lambda: __import__(5)); t("import", lambda: __import__("")); t("import", lambda: __import__("sys", level=-1)); t("import", lambda: __import__("x", level=1)); t("import", lambda: __import__("sys", globals=5) is sys); t("import", lambda: __import__()); t("import", lambda: __import__("os.nope")); t("import", lambda: __import__("sys.nope"))
t("memoryview", lambda: memoryview(b"abc")[1]); t("memoryview", lambda: memoryview("abc")); t("memoryview", lambda: memoryview()); t("memoryview", lambda: memoryview(b"abc").tolist()); t("memoryview", lambda: memoryview(object=b"x").nbytes); t("memoryview", lambda: memoryview(b"a", 1))
print(1, "a", None, sep="-", end="|\n"); print(sep="x"); print(); print(1, 2, sep=None, end=None); print("a", "b", sep=""); print(*range(3), sep="\n")
t("print", lambda: print(1, sep=5)); t("print", lambda: print(1, end=5)); t("print", lambda: print(1, file=5)); t("print", lambda: print(1, foo=5)); t("print", lambda: print(1, flush=True)); t("print", lambda: print(1, file=None)); t("print", lambda: print(1, 2, sep=b"x"))
class F:
    def __init__(self): self.w = []; self.f = 0
    def write(self, x): self.w.append(x)
    def flush(self): self.f += 1
f = F(); print("a", 1, sep="+", file=f, flush=True); print(f.w, f.f)
f = F(); print(file=f); print(f.w, f.f)
class NoFlush:
    def write(self, x): pass
t("print", lambda: print(1, file=NoFlush())); t("print", lambda: print(1, file=NoFlush(), flush=True))
class BadStr:
    def __str__(self): raise KeyError("in str")
t("print", lambda: print("before", BadStr(), "after")); print()
old = sys.stdout; sys.stdout = None; print("nothing"); sys.stdout = old
sys.stdout = buf = io.StringIO(); print("caught"); sys.stdout = old; print(repr(buf.getvalue()))
del sys.stdout
try: print("x")
except RuntimeError as e: sys.stdout = old; print("RuntimeError", e)
sys.stdin = io.StringIO("line one\nline two\n\nlast")
t("input", input); t("input", lambda: input("prompt> ")); t("input", lambda: input(5)); t("input", input); t("input", input); t("input", lambda: input(1, 2)); t("input", lambda: input(prompt="x"))
sys.stdin = None; t("input", input); sys.stdin = 5; t("input", input); del sys.stdin; t("input", input)
t("globals", lambda: globals() is sys.modules["__main__"].__dict__); t("globals", lambda: globals(1)); t("locals", lambda: locals(1)); t("locals", lambda: (lambda x: locals())(3))
t("repr", lambda: repr()); t("ascii", lambda: ascii("é€😀\n'")); t("ascii", lambda: ascii()); t("repr", lambda: repr(repr)); t("any", lambda: any([0, ""])); t("all", lambda: all([])); t("any", lambda: any(5)); t("all", lambda: all(x for x in (1, 0)))
t("exit", lambda: exit(3)); t("quit", lambda: quit()); t("exit", lambda: exit("msg")); print(exit, quit)
t("range", lambda: range(1, 2, 0)); t("range", lambda: range("a")); t("range", lambda: range()); t("range", lambda: range(1, 2, 3, 4)); t("range", lambda: range(1.0)); t("range", lambda: range(stop=1))
t("property", lambda: property(1)); t("staticmethod", lambda: staticmethod()); t("classmethod", lambda: classmethod(5)); t("complex", lambda: complex("1+2j")); t("complex", lambda: complex("a")); t("frozenset", lambda: frozenset("aa")); t("bool", lambda: bool(1, 2)); t("bool", lambda: bool(x=1)); t("dict", lambda: dict(a=1, **{"b": 2})); t("dict", lambda: dict([1])); t("dict", lambda: dict([(1, 2, 3)])); t("set", lambda: set(5)); t("list", lambda: list(x=1)); t("str", lambda: str(b"a", "utf-8")); t("str", lambda: str(b"a")); t("str", lambda: str(5, "x")); t("int", lambda: int("x")); t("int", lambda: int("10", 2)); t("int", lambda: int(10, 2)); t("int", lambda: int("1", 99)); t("float", lambda: float("x")); t("bytes", lambda: bytes("a")); t("bytes", lambda: bytes(-1)); t("bytes", lambda: bytes([256])); t("bytearray", lambda: bytearray("a", "ascii"))
