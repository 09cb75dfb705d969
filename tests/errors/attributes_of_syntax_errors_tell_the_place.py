# What a SyntaxError says of its place, in its attributes and its arguments.
import warnings, sys
warnings.simplefilter("ignore")
cases = ["x = (", "if x\n  pass", "if x:\npass", "  x = 1\n y = 2", "if 1:\n\tx\n        y", "def f(:\n pass", "x = 'abc", "1 +", "é = $", "a b", "f(x for x in y, 1)", "print 'a'", "return 1", "class A:\n  def f(self):\n    return\n   x", "x = 0777", "x = '''abc\ndef", "for i in range(3) print(i)", "f(a=1, 2)", "x = {1: 2, 3}", "lambda: (yield)", "break", "async def f(): yield from x", "def f(a, a): pass", "nonlocal x", "from __future__ import nope", "x = 'é' 1", "f'{a b}'", "f'{'", "\ta\n  b", "try:\n  x", "a = 1 = 2", "del f()", "None = 1", "x: int: str", "import a.b as", "@", "else: x", "with open(x) as 1: pass", "\x00", "é\u200b = 1", "x = 1__0", "b'é'", "'\\N{foo}'", "'\\x1'", "u'\\ud'", "f(**a, *b)", "match x:\n case a: pass\n case b: pass", "global x; x = 1\ndef f():\n  x=1\n  global x", "await x", "print(a,b", "x = [1,\n2,\n3\ny = 2", "(a, b) += 1", "a.b: int = ", "if True:\n    x = 1\n  y = 2", "if True:\n    x=1\n\ty=1"]
for c in cases:
    for mode in ("exec", "eval"):
        try:
            compile(c, "file.py", mode); print(repr(c), "ok")
        except SyntaxError as e:
            print(repr(c), type(e).__name__, repr(e.msg), e.args, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text), e.filename, e.print_file_and_line, str(e))
        except Exception as e: print(repr(c), type(e).__name__, e)
for a in [(), ("m",), ("m", ("f", 1, 2, "t")), ("m", ("f", 1, 2, "t", 3, 4)), ("m", ("f", 1, 2, "t", 3, 4, 5)), ("m", ("f", 1)), ("m", 5), ("m", ("f", None, None, None)), ("m", ("f", 1, 2, "t", 3)), ("m",("f",1,2,"t"),"x")]:
    for t in (SyntaxError, IndentationError, TabError):
        try:
            e = t(*a)
            print(repr(e), str(e), e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e.print_file_and_line, e.args)
        except Exception as x: print(type(x).__name__, x)
e = SyntaxError("m", ("f", 1, 2, "t")); e.text = "zz"; e.lineno = 7; e.msg = "q"; print(str(e), e.args, repr(e)); 
try: del e.text; print(e.text)
except Exception as x: print(type(x).__name__, x)
e.filename="/a/b/c.py"; print(str(e)); e.lineno=None; print(e); e.filename=None; e.lineno=5; print(e); e.lineno="x"; print(e)
import traceback
traceback.print_exception(SyntaxError("m", ("f", 1, 2, "tuvw\n", 1, 4)), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", 1, 2, "  tuvw xyz\n", 2, 4)), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", 1, 0, "  tuvw xyz\n")), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", None, 2, "  tuvw xyz\n")), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", 1, -1, "tuvw")), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", 1, 100, "tuvw")), file=sys.stdout)
traceback.print_exception(SyntaxError("m", ("f", 1, 2, "tuvw", 1, -1)), file=sys.stdout)
traceback.print_exception(SyntaxError(), file=sys.stdout)
traceback.print_exception(IndentationError("m"), file=sys.stdout)
