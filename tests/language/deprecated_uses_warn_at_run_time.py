import warnings
warnings.simplefilter("always")
def t(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try: r = f()
        except Exception as e: r = (type(e).__name__, str(e))
    print(r, [(x.category.__name__, str(x.message)) for x in w])
class I:
    def __index__(self): return True
    def __int__(self): return True
class S(int): pass
class J:
    def __index__(self): return S(3)
    def __int__(self): return S(3)
class F:
    def __float__(self): return type("FF",(float,),{})(2.0)
class C:
    def __complex__(self): return type("CC",(complex,),{})(2.0)
t(lambda: ~True); t(lambda: ~False)
t(lambda: [1,2,3][I()]); t(lambda: int(I())); t(lambda: int(J())); t(lambda: float(F())); t(lambda: complex(C())); t(lambda: [1,2,3,4][J()])
t(lambda: range(J())); t(lambda: float(J())); t(lambda: hex(J()))
def g():
    try: yield 1
    except ValueError as e: yield repr(e)
def th():
    x = g(); next(x); return x.throw(ValueError, "a", None)
t(th)
def th():
    x = g(); next(x); return x.throw(ValueError("q"))
t(th)
async def co(): pass
def th():
    x = co().__await__()
    try: return x.throw(ValueError, "a", None)
    except ValueError as e: return repr(e)
t(th)
t(lambda: bool(NotImplemented))
t(lambda: int("1_0"))
t(lambda: "%d" % I())
t(lambda: complex("1", ) )
t(lambda: complex(1j, 2))
t(lambda: complex(1, 2j))
t(lambda: round(2.5, True))
t(lambda: eval(r"'\d'"))
t(lambda: eval(r"'\777'"))
t(lambda: eval("1is 2"))
t(lambda: eval("0x1for x in [1]"))
t(lambda: eval("() is 1"))
t(lambda: eval("(1)(2)"))
t(lambda: eval("[1][1,2]"))
t(lambda: exec("assert (1,'x')"))
t(lambda: exec("def f():\n  for x in y:\n    try: pass\n    finally: continue"))
t(lambda: exec("def f():\n    try: pass\n    finally: return 1"))
t(lambda: b"abc".__class__ is bytes)
import sys
t(lambda: eval("lambda: x", {}))
