import sys


class Thing:
    value = 1
    _private = 2
    other_long_name = 3

    def method(self):
        return self.valeu

    def uses_global(self):
        return value

    def call(self):
        return method()


class Slots:
    __slots__ = ("alpha", "beta")


class Deep:
    inner = Thing()


counter = 1
my_list = []
thing, slots, deep = Thing(), Slots(), Deep()


def scope():
    local_variable = 1
    return locl_variable


def closure():
    captured = 1

    def inner():
        return capturde
    inner_use = captured
    return inner()


def unbound():
    if False:
        late = 1
    return lat


import math

for text in ["thing.valu", "thing.vlaue", "thing.Value", "thing.private", "thing._privat", "thing.othr_long_name", "thing.x", "thing.nothing_alike", "thing.method()", "thing.uses_global()", "thing.call()", "slots.alpa", "slots.alpha", "Thing.valeu", "deep.valu", "deep.value", "couter", "my_lst", "mylist", "pritn(1)", "prnt", "Lenn", "ragne(3)", "Tru", "nul", "none", "true", "false", "null", "self.x", "scope()", "closure()", "unbound()", "math.sqt", "math.Pi", "math.squareroot", "sys.pth", "[].apend", "[].push(1)", "{}.add", "''.uper", "''.contains", "().append", "set().append", "(1).foo", "None.foo", "int.foo", "[].lenght", "{}.has_key", "'a'.length", "b''.encode", "''.decode", "print.foo", "thing.method.foo", "lambda_", "x" * 100, "a", "ab", "_", "__nam__", "__name", "str.jion", "dict.itmes", "thing.__clas__", "iter([]).nxt", "(i for i in []).snd", "import_module", "ValueErorr", "KeyErr", "object().x", "type(thing).methd", "from_math"]:
    try:
        eval(text)
    except Exception as error:
        sys.excepthook(type(error), error, None)
        print(text[:30], "|", str(error)[:200])
import warnings
warnings.simplefilter("ignore")
for text in ["from math import sqt", "from math import Pi, sin", "import mth", "import maths", "import os.pth", "import jsn", "import numpy_x", "from . import x", "from .x import y", "import collections.abd", "import pathlb", "import randm", "import tkniter"]:
    try:
        exec(text)
    except Exception as error:
        sys.excepthook(type(error), error, None)
        print(text, "|", type(error).__name__, error)
for call in ["dict(a=1).get(ky=1)", "print('a', spe='b')", "sorted([1], revers=True)", "int('5', bse=2)", "(lambda alpha, beta: 1)(alpah=1, beta=2)", "(lambda *, key: 1)(kye=1)", "open('x', mod='r')", "thing.method(slef=1)", "max(1, 2, ky=len)", "enumerate([], strt=1)", "zip([], stric=True)", "Thing(valu=1)", "str(objct=1)"]:
    try:
        eval(call)
    except Exception as error:
        print(call, "|", type(error).__name__, error)
