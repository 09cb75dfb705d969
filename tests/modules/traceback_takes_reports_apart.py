# The module traceback: reports as lists, as objects, printed.
import traceback, sys
def f():
    return 1 / 0
def g():
    try: f()
    except ZeroDivisionError as e:
        raise ValueError("bad") from e
try: g()
except Exception as e:
    print(traceback.format_exc())
    print(traceback.format_exception(e))
    print(traceback.format_exception_only(e), traceback.format_exception_only(ValueError, ValueError("x\ny")))
    print(traceback.format_tb(e.__traceback__), traceback.format_tb(e.__traceback__, limit=1), traceback.format_tb(e.__traceback__, limit=-1))
    print(traceback.extract_tb(e.__traceback__))
    for fs in traceback.extract_tb(e.__traceback__):
        print(fs, fs.filename, fs.lineno, fs.name, fs.line, fs.locals, fs.colno, fs.end_colno, fs.end_lineno, tuple(fs), len(fs), fs[0], fs == ("a",))
    te = traceback.TracebackException.from_exception(e)
    print(te, repr(te)[:20], te.exc_type, te.exc_type_str, te.__cause__, te.__context__, te.__suppress_context__, te.stack)
    print("".join(te.format()), end="")
    print("".join(te.format(chain=False)), end="")
    print(list(te.format_exception_only()))
    traceback.print_exc(file=sys.stdout)
    traceback.print_exception(e, file=sys.stdout, chain=False)
    traceback.print_exception(type(e), e, e.__traceback__, limit=1, file=sys.stdout)
    traceback.print_tb(e.__traceback__, file=sys.stdout)
    e.add_note("a note")
    print(traceback.format_exception_only(e))
    def cl():
        a = 5; b = "x"; raise KeyError(a)
    try: cl()
    except KeyError as k: te = traceback.TracebackException.from_exception(k, capture_locals=True, limit=-1)
    print("".join(te.format(chain=False)))
def h():
    traceback.print_stack(file=sys.stdout)
    print(traceback.format_stack(limit=1))
    print(traceback.extract_stack()[-1].name, type(traceback.extract_stack()))
h()
print(traceback.format_exc(), sys.exc_info())
fs = traceback.FrameSummary("a.py", 3, "func", line="x = 1")
print(fs, traceback.format_list([fs, ("b.py", 4, "g", "y")]), traceback.StackSummary.from_list([fs]).format())
def rec(n):
    if n: rec(n-1)
    else: raise KeyError("deep")
try: rec(10)
except KeyError as e:
    print("".join(traceback.format_exception(e)))
    print("".join(traceback.extract_tb(e.__traceback__).format()))
try: raise ExceptionGroup("eg", [ValueError(1), TypeError("t")])
except ExceptionGroup as e:
    traceback.print_exc(file=sys.stdout)
    print(list(traceback.format_exception_only(e)), list(traceback.format_exception_only(e, show_group=True)))
try: compile("a b", "<s>", "exec")
except SyntaxError as e:
    print(traceback.format_exception_only(e))
    te = traceback.TracebackException.from_exception(e); print(te.text, te.offset, te.msg, te.filename, te.lineno, te.end_offset)
for lineno, frame in [(f.f_lineno, 1) for f, l in traceback.walk_stack(None)][:1]: print(lineno>0)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: traceback.format_exception(5)); t(lambda: traceback.print_exception(ValueError)); t(lambda: traceback.format_exception(None)); t(lambda:traceback.format_exception(ValueError,None,None)); t(lambda: traceback.format_exception_only(None))
print(traceback.__all__)
