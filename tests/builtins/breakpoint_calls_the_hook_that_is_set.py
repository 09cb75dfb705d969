import os, sys, warnings
warnings.simplefilter('always')
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
calls = []
real = sys.breakpointhook
print(real, sys.__breakpointhook__ is real, breakpoint)
sys.breakpointhook = lambda *a, **k: (a, k)
t(lambda: breakpoint()); t(lambda: breakpoint(1, x=2))
def bad(*a, **k): raise ZeroDivisionError('q')
sys.breakpointhook = bad; t(lambda: breakpoint())
sys.breakpointhook = 3; t(lambda: breakpoint())
del sys.breakpointhook; t(lambda: breakpoint())
sys.breakpointhook = sys.__breakpointhook__
import io
for v in ('0', 'len', 'builtins.len', 'os.path.join', 'nosuch.thing', '.', '..', '.foo', 'foo.', 'os.nosuch', 'x y', 'sys.exit', '123'):
    os.environ['PYTHONBREAKPOINT'] = v
    sys.stderr = io.StringIO()
    print(repr(v), end=' '); t(lambda: breakpoint('ab'))
    print(sys.stderr.getvalue().split(': ', 1)[-1].splitlines()[:1])
    sys.stderr = sys.__stderr__
warnings.simplefilter('error'); os.environ['PYTHONBREAKPOINT'] = 'nosuch.thing'
t(lambda: breakpoint())
print(type(sys._jit).__name__, sys._jit.__name__, sys._jit.is_enabled(), sys._jit.is_active())
t(lambda: sys._jit.is_active(1))
