import traceback


def run(text, **names):
    names = {"__name__": "snippet", **names}
    try:
        exec(compile(text, "<snippet>", "exec"), names)
    except BaseException:
        lines = traceback.format_exc().splitlines()
        print("\n".join(line for line in lines if "tracebacks_of_calls" not in line and "exec(compile" not in line and "~~~~^^^^" not in line[:8]))


def fail(*args, **kwargs):
    raise ValueError("failed")


class O:
    @property
    def p(self):
        raise KeyError("p")

    def m(self):
        return fail()

    def __getitem__(self, at):
        raise IndexError(at)

    def __add__(self, other):
        raise TypeError("no add")

    def __enter__(self):
        raise OSError("enter")

    def __exit__(self, *a):
        pass

    def __iter__(self):
        raise RuntimeError("iter")

    def __call__(self):
        raise NotImplementedError

    def __bool__(self):
        raise ArithmeticError("bool")

    def __format__(self, spec):
        raise LookupError(spec)

    def __len__(self):
        raise EOFError


o = O()
for text in ["fail()", "x = fail(1, 2)", "fail(\n  1,\n  2,\n)", "1 + fail() * 2", "o.p", "o.m()", "o[1:2]", "o + 1", "1 / 0", "(1 +\n 2) / 0", "[1, 2][5]", "{}['k']", "None.x", "None()", "undefined", "o.missing", "del o.missing", "del undefined", "import no_such_module", "from math import (\n  nothing_here)", "with o:\n  pass", "for i in o: pass", "[i for i in o]", "[1 / i for i in (1, 0)]", "(lambda: 1 / 0)()", "o()", "if o: pass", "while o: pass", "x = 1 if o else 2", "not o", "o and 1", "f'{o:spec}'", "f'{1 / 0}'", "f'{o.missing!r:>{10}}'", "len(o)", "a, b = 1, 2, 3", "a, b = 1", "a, *b = ()", "assert 1 == 2", "assert o", "assert 0, f'{1/0}'", "raise ValueError('x') from KeyError('y')", "int('x')", "print(1, 2, key=fail())", "fail(**{'a': 1})", "fail(*5)", "x = y = z = undefined", "x: int = undefined", "x += 1", "o.x.y.z", "o.m().n()", "'%d' % 'x'", "'a' + 1", "-'a'", "1 < 'a'", "'a' in 5", "5[0]", "5[0] = 1", "del 5 .x", "'abc'.foo()", "[].append(1, 2)", "int.from_bytes()", "class C(undefined): pass", "class C:\n  x = 1 / 0", "@fail\ndef f(): pass", "def f(a=1/0): pass", "def f(): return 1/0\nf()", "def f(x):\n  return g(x)\ndef g(y):\n  return y.z\nf(5)", "def f(n):\n  return f(n - 1) if n else 1/0\nf(5)", "try:\n  1/0\nexcept ZeroDivisionError:\n  undefined", "try:\n  1/0\nfinally:\n  undefined", "match 1:\n  case int() if 1/0: pass", "lambda: undefined\n(lambda: undefined)()", "return_value = (yield_ := 1 / 0)", "x = (\n  1\n  + undefined\n  + 2\n)", "fail(a :=\n  1)", "x = [\n  1,\n  1 / 0,\n]", "x = {'a': 1,\n  'b': o.p}", "exec('1/0')", "eval('1 +')", "compile('x x', 'f', 'exec')", "sum(1 / x for x in [0])", "sorted([1, 'a'])", "max([])", "next(iter([]))", "list(map(fail, [1]))", "dict([1])", "getattr(o, 'nope')", "type('X', (int, str), {})", "é = ü", "'é' + ü + 1", "x = '日本' + undefined_日本", "print(end=5)"]:
    print("#", text.replace("\n", " | "))
    run(text, o=o, fail=fail)
