# The module warnings: filters, who is warned and how often, what the compiler warns of.
import warnings, sys
sys.stderr = sys.stdout
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
warnings.warn("plain")
warnings.warn("dep", DeprecationWarning)
warnings.warn("pend", PendingDeprecationWarning)
def f(): warnings.warn("inner", stacklevel=2)
for i in range(3): f()
f()
f()
def g(): warnings.warn("level 9", stacklevel=9)
g()
warnings.warn(UserWarning("as object"))
warnings.warn(RuntimeWarning("as object"), DeprecationWarning)
t(lambda: warnings.warn("x", 5)); t(lambda: warnings.warn("x", int)); t(lambda: warnings.warn("x", ValueError)); t(lambda: warnings.warn("x", skip_file_prefixes="a"))
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    warnings.warn("one"); warnings.warn("one"); warnings.warn("two", DeprecationWarning)
    print(len(log), log[0].message, log[0].category, log[0].lineno, log[0].filename == __file__, log[2].category.__name__)
    print(str(log[0]).replace(__file__, "F"), type(log[0]))
with warnings.catch_warnings():
    warnings.simplefilter("error")
    t(lambda: warnings.warn("now an error"))
    t(lambda: warnings.warn("now an error", DeprecationWarning))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("never seen")
with warnings.catch_warnings(action="ignore", category=UserWarning):
    warnings.warn("never seen")
    warnings.warn("seen", RuntimeWarning)
with warnings.catch_warnings():
    warnings.resetwarnings(); print(warnings.filters)
    warnings.simplefilter("once")
    for i in range(2): warnings.warn("once only")
    warnings.warn("once only")
    warnings.simplefilter("module")
    warnings.warn("module only", RuntimeWarning)
    warnings.warn("module only", RuntimeWarning)
    warnings.simplefilter("default")
    for i in range(2): warnings.warn("def")
    warnings.simplefilter("always")
    for i in range(2): warnings.warn("alw")
t(lambda: warnings.simplefilter("nope")); t(lambda: warnings.simplefilter("ignore", lineno=-1)); t(lambda: warnings.filterwarnings("x")); t(lambda: warnings.simplefilter("ignore", lineno="a")); t(lambda: warnings.filterwarnings("ignore", message=5));t(lambda: warnings.filterwarnings("ignore", category="a"))
print(warnings.formatwarning("msg", UserWarning, "nofile.py", 3), warnings.formatwarning("msg", UserWarning, "nofile.py", 3, "the line"))
warnings.showwarning("shown", UserWarning, "nofile.py", 7); warnings.showwarning("shown", UserWarning, "nofile.py", 7, sys.stdout, "x = 1")
def mine(message, category, filename, lineno, file=None, line=None): print("MINE", message, category.__name__, lineno)
old = warnings.showwarning; warnings.showwarning = mine
warnings.warn("custom")
warnings.showwarning = old
warnings.warn_explicit("explicit", UserWarning, "a.py", 12); warnings.warn_explicit("explicit", UserWarning, "a.py", 12, module="mod", registry={})
for line in ['"\\d"', 'x is 1', 'assert (1, "x")', '5()', '(1)[1,2]', '[1][1.5]', '"a" is x', '{} is x', 'x == 1 is ()', '1if 2else 3', '0x1for x in ()', '"abc" "\\q"', "b'\\9'", "'\\777'", 'f"{1}\\d"', 'def f():\n  try: pass\n  finally: return 1','for i in []:\n  try: pass\n  finally: break', 'for i in []:\n  try: pass\n  finally: continue', '[1](2)', '"a"[1](3)', '1 .a', '"x"(1)', 'None()', 'f"{x}"()', '{1}[0]', '(1,2)["a"]','lambda: 1 is 2', "not 1 is 2", "x is not 'a'", "x is -1", "x is ()", "x is None", "x is True", "x is ..."]:
    try: compile(line, "<c>", "exec")
    except SyntaxError as e: print("SE", e)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for line in ['"\\d"', 'x is 1', 'assert (1, "x")', 'def f():\n  try: pass\n  finally: return 1']:
        try: compile(line, "<c>", "exec")
        except SyntaxError as e: print("SE", type(e), e, e.lineno, e.offset, e.text)
@warnings.deprecated("use other")
def olde(): "doc"; return 5
print(olde(), olde.__deprecated__)
@warnings.deprecated("use newer")
class Old: pass
Old()
class Sub(Old): pass
Sub()
print(Old.__deprecated__)
t(lambda: warnings.deprecated(5))
print(warnings.filters[:1], sys.warnoptions, repr(warnings.catch_warnings(record=True)))
c = warnings.catch_warnings(); t(lambda: c.__exit__()); c.__enter__(); t(lambda: c.__enter__()); c.__exit__()
for g in (True, 5, [], None, {}): t(lambda: warnings.warn_explicit("explicit", UserWarning, "file", 3, module_globals=g))
@warnings.deprecated("by its class")
class Made:
    def __init__(self, x, y): pass
import inspect; print(inspect.signature(Made))
class Heir(Made):
    def __new__(cls, a): pass
@warnings.deprecated("empty")
class Empty: pass
print(inspect.signature(Heir), inspect.signature(Empty), Empty.__new__.__qualname__, Empty.__new__.__wrapped__ is object.__new__)
