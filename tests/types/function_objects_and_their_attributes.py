"""Functions and methods: attributes read, set, deleted; code swapped; binding by hand."""
import types


def f(a, b=2, /, c=3, *args, d, e=5, **kwargs) -> "r":
    "doc of f"
    local = a
    return a, b, c, args, d, e, kwargs


for name in ("__name__", "__qualname__", "__doc__", "__module__", "__defaults__", "__kwdefaults__", "__annotations__", "__closure__", "__dict__", "__type_params__"):
    print(name, getattr(f, name))
for text in ["f.__name__ = 'g'", "f.__name__ = 5", "del f.__name__", "f.__qualname__ = 'x.y'", "f.__qualname__ = None", "f.__doc__ = 5", "del f.__doc__", "f.__defaults__ = (9,)", "f.__defaults__ = [1]", "f.__defaults__ = None", "del f.__defaults__", "f.__kwdefaults__ = {'d': 1}", "f.__kwdefaults__ = 5", "del f.__kwdefaults__", "f.__annotations__ = {'a': 1}", "f.__annotations__ = 5", "del f.__annotations__", "f.__closure__ = ()", "f.__code__ = 5", "f.__code__ = (lambda: 1).__code__", "f.__globals__ = {}", "f.__builtins__ = {}", "f.__dict__ = {'q': 1}", "f.__dict__ = 5", "del f.__dict__", "f.custom = 1", "del f.custom", "del f.custom", "f.__module__ = None", "f.__type_params__ = ()", "f.__type_params__ = 5", "f.__class__ = int", "f.__get__ = 1", "f.__wrapped__ = f"]:
    try:
        exec(text)
        print(text, "ok")
    except Exception as error:
        print(text, type(error).__name__, error)
print(f(), f.__name__, f.__defaults__, f.__kwdefaults__, f.__annotations__)


def closure():
    x = 1

    def inner():
        return x

    def set_x(v):
        nonlocal x
        x = v
    return inner, set_x


inner, set_x = closure()
print(inner.__closure__[0].cell_contents, inner.__code__.co_freevars, len(set_x.__closure__))
set_x(5)
print(inner.__closure__[0].cell_contents, inner())
inner.__closure__[0].cell_contents = 7
print(inner(), inner.__closure__[0] == set_x.__closure__[0], type(inner.__closure__[0]).__name__)
del inner.__closure__[0].cell_contents
for text in ["inner()", "inner.__closure__[0].cell_contents", "inner.__code__ = f.__code__", "types.FunctionType(inner.__code__, {})", "types.FunctionType(inner.__code__, {}, closure=())", "types.FunctionType(inner.__code__, {}, closure=(5,))", "types.FunctionType(5, {})", "types.FunctionType(f.__code__, 5)", "types.FunctionType(f.__code__, {}, 5)", "types.FunctionType(f.__code__, {}, None, 5)"]:
    try:
        if "=" in text and "closure=" not in text:
            exec(text)
        else:
            print(eval(text))
        print(text, "ok")
    except Exception as error:
        print(text, type(error).__name__, error)
made = types.FunctionType(inner.__code__, {}, "made", None, (types.CellType(42),))
print(made(), made.__name__, made.__qualname__, made.__module__)
made = types.FunctionType((lambda a, b: (a, b)).__code__, {}, argdefs=(1, 2), kwdefaults={})
print(made(), made.__name__)


class C:
    def m(self, x=1):
        "doc of m"
        return self, x

    @classmethod
    def c(cls):
        return cls.__name__

    @staticmethod
    def s():
        return "s"


o = C()
m = o.m
print(m.__name__, m.__qualname__, m.__doc__, m.__self__ is o, m.__func__ is C.m, m.__module__, m.__defaults__, m.__code__ is C.m.__code__)
print(m == o.m, m is o.m, m != C().m, hash(m) == hash(o.m), m()[1], C.m(o, 5)[1])
C.m.tag = "tagged"
print(m.tag)
for text in ["m.tag = 1", "m.__func__ = 1", "m.__self__ = 1", "m.__name__ = 'x'", "del m.tag", "types.MethodType(5, o)", "types.MethodType(f, None)", "types.MethodType(f)", "C.m()", "o.m(1, 2, 3)", "o.m(y=1)", "C.c.__self__", "C.c.__func__.__name__", "C.__dict__['c'].__func__.__name__, C.__dict__['c'].__wrapped__.__name__", "C.__dict__['s'].__func__()", "C.__dict__['s']()", "C.__dict__['c']()", "C.s.__self__", "C.c(), o.c(), C.s(), o.s()", "C.m.__get__(o)()[1], C.m.__get__(o, C)()[1], C.m.__get__(None, C) is C.m", "C.m.__get__(None)", "f.__call__", "f.__get__(5).__self__", "C.m.__get__()"]:
    try:
        if " = " in text or text.startswith("del"):
            exec(text)
            print(text, "ok")
        else:
            print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, str(error).split(" at 0x")[0])
print(types.MethodType(lambda self, x: (self, x), 5)(6), types.MethodType(len, [1, 2])())
lam = lambda *, k: k
print(lam.__name__, lam.__qualname__, lam.__defaults__, lam.__kwdefaults__, (lambda x=[]: x).__defaults__)
print([n for n in ("__call__", "__get__", "__code__", "__builtins__", "__annotate__") if hasattr(f, n)])
for call in ["lam()", "lam(1)", "lam(k=1, j=2)", "lam(**{'k': 1})", "(lambda a, /: a)(a=1)", "(lambda a, b: a)(1, a=2)", "(lambda a, b=1, *, c: a)()", "(lambda: 1)(1)", "(lambda a, b, c: 1)(1)", "(lambda a, b: 1)(*[1], *[2, 3])", "(lambda a: a)(**{'b': 1})", "(lambda a: a)(**{1: 1})", "(lambda a: a)(*5)", "(lambda a: a)(**5)", "(lambda *a, **k: (a, k))(*'ab', x=1, **{'y': 2})", "(lambda **k: k)(x=1, **{'x': 2})", "(lambda a, *, b=1, c: 1)(1, d=1)", "(lambda a, b, /, c: 1)(1, b=2, c=3)", "(lambda *, a, b: 1)()", "(lambda *, a, b, c: 1)()"]:
    try:
        print(call, eval(call))
    except TypeError as error:
        print(call, error)
