# Hooks: sys.excepthook, threading.excepthook, sys.unraisablehook, in their own words and replaced.
import sys, threading, gc
sys.stderr = sys.stdout
def boom(): raise ValueError("boom")
def run(target=boom, **k):
    t = threading.Thread(target=target, name="Worker", **k); t.start(); t.join()
run()
old = threading.excepthook
def hook(args): print("HOOK", args.exc_type.__name__, args.exc_value, args.exc_traceback is not None, args.thread.name, len(args), type(args).__name__)
threading.excepthook = hook
run()
threading.excepthook = lambda args: 1 / 0
run()
threading.excepthook = old
print(threading.__excepthook__ is old)
run(lambda: sys.exit(5))
def chained():
    try: boom()
    except ValueError: raise TypeError("second")
run(chained)
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
t(lambda: threading.excepthook(5)); t(lambda: threading.ExceptHookArgs([1])); t(lambda: repr(threading.ExceptHookArgs([1,2,3,4])))
t(lambda: sys.unraisablehook(5)); t(lambda: sys.excepthook()); t(lambda: sys.excepthook(1, 2, 3)); t(lambda: sys.excepthook(ValueError, ValueError("x"), None)); t(lambda: sys.excepthook(ValueError, None, None))
sys.tracebacklimit = 1
def a(): b()
def b(): boom()
try: a()
except ValueError as e: sys.excepthook(type(e), e, e.__traceback__)
sys.tracebacklimit = 0
try: a()
except ValueError as e: sys.excepthook(type(e), e, e.__traceback__)
del sys.tracebacklimit
def myhook(tp, v, tb): print("MY", tp.__name__, v, tb.tb_lineno, tb.tb_next.tb_frame.f_code.co_name)
sys.excepthook = myhook
a()
