# stdin: zero
# stdin: another
# stdin: third
# stdin: fourth
# stdin: fifth
# stdin: typed one
# stdin: typed two
# stdin: typed three
"""input() with streams that are lost, replaced or broken."""
import io
import sys
class Out:
    def __init__(self): self.text = ""; self.flushed = 0
    def write(self, s): self.text += s; return len(s)
    def flush(self): self.flushed += 1
old = sys.stdin, sys.stdout, sys.stderr
def swap(**kw):
    def run(f):
        saved = {k: getattr(sys, k) for k in kw}
        for k, v in kw.items():
            if v is del_: delattr(sys, k)
            else: setattr(sys, k, v)
        try: r = f()
        except BaseException as e: r = (type(e).__name__, str(e))
        finally:
            for k, v in saved.items(): setattr(sys, k, v)
        return r
    return run
del_ = object()
for k in ("stdin", "stdout", "stderr"):
    for v in (None, del_, Out(), 3):
        print(k, type(v).__name__, swap(**{k: v})(lambda: input("? ")))
o = Out(); e = Out()
print(swap(stdin=io.StringIO("one\ntwo"), stdout=o, stderr=e)(lambda: (input("a>"), input(5), )), repr(o.text), o.flushed, repr(e.text), e.flushed)
print(swap(stdin=io.StringIO(""))(lambda: input()))
print(repr(swap(stdin=io.StringIO("x\r\n"))(input)))
class L:
    def __init__(self, v): self.v = v
    def readline(self): 
        if isinstance(self.v, Exception): raise self.v
        return self.v
for v in ("abc", "abc\n", "", b"x\n", 3, None, "a\nb\n", ValueError("bad")):
    print(repr(v), swap(stdin=L(v))(lambda: input("p")))
class NF:
    def write(self, s): raise OSError("no write")
print(swap(stdout=NF(), stdin=L("x"))(lambda: input("p")))
print(swap(stdout=NF(), stdin=L("x"))(lambda: input()))
class Fl(Out):
    def flush(self): raise OSError("no flush")
print(swap(stderr=Fl(), stdin=L("x"))(lambda: input()))
print(swap(stdout=Fl(), stdin=L("x"))(lambda: input()))
class B:
    def __str__(self): raise KeyError("str")
print(swap(stdin=L("x"))(lambda: input(B())))
print(input("real> "))
print(input())
try:
    input("last> ")
except EOFError as e:
    print(repr(e))
sys.stdin.close()
try:
    input("closed> ")
except Exception as e:
    print(repr(e))
class T(io.StringIO):
    def fileno(self): return 0
print(swap(stdin=T("tee\n"))(lambda: input("q")))
try:
    input(1, 2)
except TypeError as e:
    print(e)
try:
    input(prompt="x")
except TypeError as e:
    print(e)
