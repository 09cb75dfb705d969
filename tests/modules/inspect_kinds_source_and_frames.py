"""inspect: questions, members, documentation, source, frames, states."""
# A comment at the top.

import abc
import collections
import functools
import inspect
import sys
import types


def tell(what, *args, **kwargs):
    try:
        print(what(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(" from ")[0])


# ---- definitions to look at; do not move them apart

# comment above
# and another
def documented(a, b=1):
    """Says what it does.

        indented
      less
    """
    # inside
    return [
        a,
# odd place
        b]  # behind
    # at the end, in the body

# not in the body


class Base:
    """Documentation of the base."""

    attribute = 1

    def method(self):
        "doc of method"

    def other(self):
        pass

    @property
    def prop(self):
        """doc of prop"""
        return 1


class Derived(Base):
    __slots__ = ("slot",)

    def method(self):
        text = """
def not_a_function(): (
        """
        return text, 'it''s', "a # b", \
            1

    @functools.lru_cache
    @staticmethod
    def decorated(x,
                  y=(1,
                     2)):
        if x:
            return x

        return y
    @classmethod
    def klass(cls): return cls

    @property
    def prop(self):
        return 2

    class Nested:
        def deep(self): pass
    last = 1


def one_liner(): return 1
after = lambda x: (x,
                   1)
async def coro(): await other
def gen():
    yield 1
    yield 2
async def agen():
    yield 1


@functools.wraps(documented)
def wrapping(*args):
    return documented(*args)


for thing in (documented, Base, Base.method, Derived, Derived.method, Derived.decorated, Derived.klass, Derived.prop.fget, Derived.Nested, Derived.Nested.deep, one_liner, after, coro, gen, wrapping,
              documented.__code__, Derived().method):
    lines, number = inspect.getsourcelines(thing)
    print(number, "".join(lines), sep="\n", end="---\n")
print(inspect.getsource(documented) == "".join(inspect.getsourcelines(documented)[0]), len(inspect.getsource(sys.modules[__name__])) > 5000)
print(repr(inspect.getcomments(documented)), inspect.getcomments(Base), repr(inspect.getcomments(sys.modules[__name__])))
for thing in (5, len, int, sys, None, "text"):
    tell(inspect.getfile, thing)
    tell(inspect.getsource, thing)
exec("def without(): pass")
tell(inspect.getsource, without)
print(inspect.getfile(documented) == __file__, inspect.getsourcefile(Base) == __file__, inspect.getabsfile(documented) == __file__, inspect.getmodule(documented).__name__,
      inspect.getmodule(Base).__name__, inspect.getmodule(5), inspect.getmodule(collections.OrderedDict).__name__, inspect.getmodule(inspect) is inspect, inspect.getmodule(len).__name__)
print(inspect.getmodulename("/a/b.py"), inspect.getmodulename("x.txt"), inspect.indentsize("\t  x"), inspect.indentsize("x"))

# ---- documentation
for thing in (documented, Base, Derived, Base.method, Derived.method, Derived.other, Derived().method, Derived.prop, Base.prop, Derived.Nested, wrapping):
    print(repr(inspect.getdoc(thing))[:80])
for text in ("one", "  one\n    two\n      three\n   four\n\n", "\n\n  a\n  b\n", "", "a\n\tb\n", "\n  first\n\n    second\n  "):
    print(repr(inspect.cleandoc(text)))


# ---- questions
class Abstract(abc.ABC):
    @abc.abstractmethod
    def must(self): ...


class Awaitable:
    def __await__(self): ...


class DataDescriptor:
    def __get__(self, i, o): ...
    def __set__(self, i, v): ...


class Descriptor:
    def __get__(self, i, o): ...


g, c, a = gen(), coro(), agen()
frame = inspect.currentframe()
try:
    1 / 0
except ZeroDivisionError as error:
    tb = error.__traceback__
things = {"module": sys, "class": Base, "function": documented, "lambda": after, "method": Base().method, "builtin": len, "builtin method": [].append, "descriptor": str.join, "wrapper": int.__add__,
          "method wrapper": (5).__add__, "slot": Derived.slot, "getset": types.FunctionType.__code__, "property": Base.prop, "generator function": gen, "generator": g, "coroutine function": coro,
          "coroutine": c, "asyncgen function": agen, "asyncgen": a, "code": documented.__code__, "frame": frame, "traceback": tb, "abstract": Abstract, "awaitable": Awaitable(), "partial": functools.partial(coro),
          "partial gen": functools.partial(gen), "int": 5, "data descriptor": DataDescriptor(), "own descriptor": Descriptor(), "staticmethod": staticmethod(len), "package": collections,
          "fromkeys": dict.__dict__["fromkeys"], "cache": Derived.decorated}
questions = [name for name in inspect.__all__ if name.startswith("is") and name != "istraceback"] + ["istraceback"]
for name, thing in things.items():
    print(name + ":", *[question[2:] for question in questions if getattr(inspect, question)(thing)])
c.close()


@inspect.markcoroutinefunction
def marked(): ...


print(inspect.iscoroutinefunction(marked), inspect.iscoroutinefunction(functools.partial(marked)), inspect.iscoroutinefunction(documented))

# ---- states
print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g), end=" ")
next(g)
print(inspect.getgeneratorstate(g), end=" ")
g.close()
print(inspect.getgeneratorstate(g), inspect.getgeneratorlocals(g))


def watching():
    local = 1
    yield inspect.getgeneratorstate(me)
    yield local


me = watching()
print(next(me), inspect.getgeneratorlocals(me))


async def quick():
    return inspect.getcoroutinestate(task)


task = quick()
print(inspect.getcoroutinestate(task), inspect.getcoroutinelocals(task))
try:
    task.send(None)
except StopIteration as stop:
    print(stop.value, inspect.getcoroutinestate(task))
print(inspect.getasyncgenstate(a), inspect.getasyncgenlocals(a))
tell(inspect.getgeneratorlocals, 5)
tell(inspect.getgeneratorstate, 5)


# ---- members
class Members:
    b = 1

    def __init__(self):
        self.a = 2

    def m(self): ...

    @property
    def fails(self):
        raise AttributeError("no")

    @property
    def works(self):
        return 3


public = [(name, value) for name, value in inspect.getmembers(Members()) if not name.startswith("__")]
print([name for name, _ in public], inspect.getmembers(Members, inspect.isfunction)[1][0], [n for n, _ in inspect.getmembers_static(Members()) if n[0] != "_"])
print([name for name, _ in inspect.getmembers(Members) if name[0] != "_"])
print([(at.name, at.kind, at.defining_class.__name__) for at in inspect.classify_class_attrs(Derived) if at.name[0] != "_"])
print([(at.name, at.kind, at.defining_class.__name__) for at in inspect.classify_class_attrs(int) if at.name in ("real", "from_bytes", "__add__", "__new__", "__doc__", "__class__")])
print(inspect.getmro(Derived), inspect.getclasstree([Base, Derived, int]))
print(inspect.getclasstree([Base, Derived, OSError], unique=True))


class Tricky:
    stored = 5

    def __init__(self):
        self.own = 1

    def __getattr__(self, name):
        return "made up"

    @property
    def prop(self):
        return "computed"


t = Tricky()
print(inspect.getattr_static(t, "own"), inspect.getattr_static(t, "stored"), type(inspect.getattr_static(t, "prop")).__name__, inspect.getattr_static(t, "missing", "default"), t.missing)
tell(inspect.getattr_static, t, "missing")
print(inspect.getattr_static(Tricky, "stored"), inspect.getattr_static(Tricky, "__name__") is type.__dict__["__name__"], inspect.getattr_static(sys, "path") is sys.path)

# ---- wrapping
print(inspect.unwrap(wrapping) is documented, inspect.unwrap(5), inspect.unwrap(wrapping, stop=lambda f: True) is wrapping)
documented_again = types.FunctionType(documented.__code__, {})
documented_again.__wrapped__ = documented_again
tell(inspect.unwrap, documented_again)


# ---- frames
def outer():
    x = 1
    return inner(x, 2, key=3)


def inner(a, *rest, key=None, **more):
    frame = inspect.currentframe()
    info = inspect.getframeinfo(frame)
    print(info.function, info.lineno, info.code_context, info.index, info.filename == __file__, info.positions is not None)
    print(inspect.getargvalues(frame)[:3], inspect.formatargvalues(*inspect.getargvalues(frame)))
    for record in inspect.stack():
        print(record.function, record.lineno, record.code_context, record[3], len(record), record.frame.f_code.co_name)
    print([record.function for record in inspect.getouterframes(frame.f_back)], inspect.getframeinfo(frame, context=3).code_context)
    return inspect.currentframe().f_back.f_code.co_name


print(outer())


def fail():
    raise ValueError


try:
    fail()
except ValueError:
    for record in inspect.trace():
        print(record.function, record.lineno, record.code_context, record.index)
print(inspect.trace() == [])
tell(inspect.getframeinfo, 5)


# ---- closures
def closing():
    captured, unused = 1, 2

    def inner():
        print(captured, tell, missing_name)
        len([])
        return inspect.stack
    return inner


found = inspect.getclosurevars(closing())
print(found.nonlocals, sorted(found.globals), sorted(found.builtins), sorted(found.unbound))
tell(inspect.getclosurevars, 5)
print(inspect.get_annotations(lambda: 0), inspect.CO_GENERATOR, inspect.TPFLAGS_IS_ABSTRACT, inspect.BufferFlags.RECORDS_RO)
