# What programs made by chance (tests/differential) showed to be different once.
import types


def attempt(text, **names):
    try:
        print(text, "->", eval(text, globals(), names))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


def run(text, **names):
    try:
        exec(text, globals(), names)
        print(text, "->", names.get("r"))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


class Str(str):
    pass


class Tuple(tuple):
    pass


class Float(float):
    pass


# Deleting items: types that could be sequences are refused in other words.
for value in ["text", b"b", (1,), range(3), {1: 2}.keys(), {1}, slice(None), 5, None, 2.5, OSError(), Float(1), len]:
    run("del a[0]", a=value)
    run("del a['x']", a=value)
    run("a *= [1]; r = a", a=value)

# Too many to unpack: only exact lists, tuples and dictionaries tell how many there were.
for value in [(1, 2, 3), [1, 2, 3], {1: 1, 2: 2, 3: 3}, Tuple((1, 2, 3)), {1, 2, 3}, "abc", range(3), int | None]:
    run("x, y = a", a=value)

# Iterators of strings.
for text in ["ascii", "é", Str("ascii")]:
    print(type(iter(text)).__name__)

# Built-in objects that take anything to initialise them.
for value in [iter([]), iter("a"), {}.keys(), len, (x for x in []), int | None, iter({})]:
    run("r = a.__init__(1, 2, x=3)", a=value)
run("object().__init__(1)")

# Unions take anything, a class with arguments delegates to its class.
for text in ["1 | (int | None)", "(int | str) | 'a'", "(int | str) | [1]", "iter(int | None)", "1 in (int | None)", "int | 1"]:
    attempt(text)
for name in ["__init__", "__eq__", "__doc__", "__len__", "append", "__call__"]:
    print(name, getattr(list[int], name) == getattr(list, name))

# Which attributes are plain fields.
for cls, name in [(complex, "real"), (OSError, "errno"), (KeyError, "args"), (StopIteration, "value"), (int, "real"),
                  (types.TracebackType, "tb_frame"), (types.GenericAlias, "__origin__"), (SyntaxError, "text"),
                  (type(int.__add__), "__objclass__"), (BaseException, "__suppress_context__")]:
    print(cls.__name__, name, type(getattr(cls, name) if cls is not types.TracebackType else cls.__dict__[name]).__name__)

# Constants.
for text in ["type(None).__eq__(None, 1)", "type(None).__eq__(1, None)", "None.__ne__(None)", "None.__lt__(None)", "type(None).__ge__()",
             "type(...)(1)", "type(NotImplemented)(x=1)", "None.__hash__() == hash(None)"]:
    attempt(text)

# What is called is named by its text if it has no name.
for value in [None, 5, "text", (1, 2), {}]:
    run("a(**b)", a=value, b=3)

# Memory.
view = memoryview(bytearray(b"abcdef"))
for text in ["hash(view.toreadonly())", "{view.toreadonly(): 1}", "view[::2].cast('a')", "ord(view[:1])", "int(view)", "int(bytearray(b''))",
             "b'%.99999999999999999999d' % 1", "'%.99999999999999999999d' % 1", "(complex('inf-0j')) ** (0.1+1e-5j)", "'%5 ' % 1"]:
    attempt(text)

# Counting arguments.
for text in ["int(1, 2, 3)", "int(1, 2, 3, x=4)", "str(1, 2, 3, 4)", "str(1, 2, 3, x=4)", "list.count(end=1)", "str.upper(x=1)",
             "int.__add__(x=1)", "type(5, x=1)", "iter([]).__setstate__('a')", "sum(5, 'a')", "exec('1', 5, 6)"]:
    attempt(text)

# Sizes that no object can have.
import functools
import sys

for text in ["'ab' * sys.maxsize", "'é' * sys.maxsize", "b'ab' * sys.maxsize", "bytearray(b'ab') * sys.maxsize", "[1, 2] * sys.maxsize",
             "(1, 2) * sys.maxsize", "'aa' * (sys.maxsize // 2 + 1)", "'' * sys.maxsize", "functools.reduce(max, 5)"]:
    attempt(text)

# What is named with its module and what is not.
Named = type("Named", (list,), {"__module__": "elsewhere"})
for text in ["{Named(): 1}", "{Named()}", "complex(Named())", "str(b'', Named())", "Named() + 1", "Named()['x']", "len(Named)"]:
    attempt(text)
run("with Named(): pass")
attempt("ascii(str(ExceptionGroup(chr(0xDC80), [ValueError()])))")
