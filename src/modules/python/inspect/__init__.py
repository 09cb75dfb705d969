"""What live objects are: their kinds, members, documentation, source, signatures and frames."""

import sys
import types
from _static_attributes import getattr_static
from annotationlib import Format, get_annotations
from collections import namedtuple
from enum import IntFlag as _IntFlag

__all__ = ["AGEN_CLOSED", "AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "ArgInfo", "Arguments", "Attribute",
           "BoundArguments", "BufferFlags", "CORO_CLOSED", "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED",
           "CO_ASYNC_GENERATOR", "CO_COROUTINE", "CO_GENERATOR", "CO_ITERABLE_COROUTINE", "CO_NESTED", "CO_NEWLOCALS",
           "CO_NOFREE", "CO_OPTIMIZED", "CO_VARARGS", "CO_VARKEYWORDS", "CO_HAS_DOCSTRING", "CO_METHOD", "ClosureVars",
           "FrameInfo", "FullArgSpec", "GEN_CLOSED", "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "Parameter",
           "Signature", "TPFLAGS_IS_ABSTRACT", "Traceback", "classify_class_attrs", "cleandoc", "currentframe",
           "findsource", "formatannotation", "formatannotationrelativeto", "formatargvalues", "get_annotations",
           "getabsfile", "getargs", "getargvalues", "getasyncgenlocals", "getasyncgenstate", "getattr_static", "getblock",
           "getcallargs", "getclasstree", "getclosurevars", "getcomments", "getcoroutinelocals", "getcoroutinestate",
           "getdoc", "getfile", "getframeinfo", "getfullargspec", "getgeneratorlocals", "getgeneratorstate",
           "getinnerframes", "getlineno", "getmembers", "getmembers_static", "getmodule", "getmodulename", "getmro",
           "getouterframes", "getsource", "getsourcefile", "getsourcelines", "indentsize", "isabstract", "isasyncgen",
           "isasyncgenfunction", "isawaitable", "isbuiltin", "isclass", "iscode", "iscoroutine", "iscoroutinefunction",
           "isdatadescriptor", "isframe", "isfunction", "isgenerator", "isgeneratorfunction", "isgetsetdescriptor",
           "ismemberdescriptor", "ismethod", "ismethoddescriptor", "ismethodwrapper", "ismodule", "ispackage",
           "isroutine", "istraceback", "markcoroutinefunction", "signature", "stack", "trace", "unwrap", "walktree"]

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_NOFREE = 1, 2, 4, 8, 16, 32, 64
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 0x80, 0x100, 0x200
CO_HAS_DOCSTRING, CO_METHOD = 0x4000000, 0x8000000
TPFLAGS_IS_ABSTRACT = 1 << 20


# ---- what an object is

def _is_kind(name, kind, what):
    def question(object):
        return isinstance(object, kind)
    question.__name__ = question.__qualname__ = name
    question.__doc__ = f"Return true if the object is {what}."
    return question


ismodule = _is_kind("ismodule", types.ModuleType, "a module")
isclass = _is_kind("isclass", type, "a class")
ismethod = _is_kind("ismethod", types.MethodType, "an instance method")
isfunction = _is_kind("isfunction", types.FunctionType, "a user-defined function")
isgenerator = _is_kind("isgenerator", types.GeneratorType, "a generator")
iscoroutine = _is_kind("iscoroutine", types.CoroutineType, "a coroutine")
isasyncgen = _is_kind("isasyncgen", types.AsyncGeneratorType, "an asynchronous generator")
istraceback = _is_kind("istraceback", types.TracebackType, "a traceback")
isframe = _is_kind("isframe", types.FrameType, "a frame object")
iscode = _is_kind("iscode", types.CodeType, "a code object")
isbuiltin = _is_kind("isbuiltin", types.BuiltinFunctionType, "a built-in function or method")
ismethodwrapper = _is_kind("ismethodwrapper", types.MethodWrapperType, "a method wrapper")
ismemberdescriptor = _is_kind("ismemberdescriptor", types.MemberDescriptorType, "a member descriptor")
isgetsetdescriptor = _is_kind("isgetsetdescriptor", types.GetSetDescriptorType, "a getset descriptor")


def ispackage(object):
    """Return true if the object is a package."""
    return ismodule(object) and hasattr(object, "__path__")


def ismethoddescriptor(object):
    """Return true if the object is a method descriptor, but not if it is a method, a function or a class."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__") and not hasattr(kind, "__delete__")


def isdatadescriptor(object):
    """Return true if the object is a data descriptor: it has a __set__ or a __delete__ method."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    return hasattr(type(object), "__set__") or hasattr(type(object), "__delete__")


def isroutine(object):
    """Return true if the object is any kind of function or method."""
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object) or ismethodwrapper(object)\
        or isinstance(object, sys.modules["functools"]._singledispatchmethod_get)


def isabstract(object):
    """Return true if the object is an abstract base class (ABC)."""
    if not isclass(object):
        return False
    methods = getattr(object, "__abstractmethods__", None)
    if methods is not None or not hasattr(type(object), "register"):
        return bool(methods)
    # While it is being made, in `__init_subclass__`, nobody has counted them yet.
    if any(getattr(value, "__isabstractmethod__", False) for value in object.__dict__.values()):
        return True
    inherited = (name for base in object.__bases__ for name in getattr(base, "__abstractmethods__", ()))
    return any(getattr(getattr(object, name, None), "__isabstractmethod__", False) for name in inherited)


def isawaitable(object):
    """Return true if object can be passed to an await expression."""
    return (iscoroutine(object) or isgenerator(object) and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or hasattr(type(object), "__await__"))


def _has_code_flag(function, flag):
    import functools
    while isinstance(function, (functools.partial, functools.partialmethod, types.MethodType)):
        function = function.__func__ if ismethod(function) else function.func
    return isfunction(function) and bool(function.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Return true if the object is a user-defined generator function."""
    return _has_code_flag(obj, CO_GENERATOR)


def isasyncgenfunction(obj):
    """Return true if the object is an asynchronous generator function."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def _marked(function):
    import functools
    while isinstance(function, (functools.partial, types.MethodType)):
        function = function.__func__ if ismethod(function) else function.func
    return getattr(function, "_is_coroutine_marker", None) is _MARK


_MARK = object()


def markcoroutinefunction(func):
    """Mark a function so that iscoroutinefunction returns true for it."""
    if hasattr(func, "__func__"):
        func = func.__func__
    func._is_coroutine_marker = _MARK
    return func


def iscoroutinefunction(obj):
    """Return true if the object is a coroutine function, or one that was marked as such."""
    return _has_code_flag(obj, CO_COROUTINE) or _marked(obj)


# ---- states

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"
AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED = "AGEN_CREATED", "AGEN_RUNNING", "AGEN_SUSPENDED", "AGEN_CLOSED"


def _state(prefix, running, suspended, frame):
    if running:
        return prefix + "_RUNNING"
    if suspended:
        return prefix + "_SUSPENDED"
    return prefix + ("_CLOSED" if frame is None else "_CREATED")


def getgeneratorstate(generator):
    """Get current state of a generator-iterator: GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return _state("GEN", generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getcoroutinestate(coroutine):
    """Get current state of a coroutine object: CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return _state("CORO", coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def getasyncgenstate(agen):
    """Get current state of an asynchronous generator object: AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED or AGEN_CLOSED."""
    return _state("AGEN", agen.ag_running, agen.ag_suspended, agen.ag_frame)


def getgeneratorlocals(generator):
    """Get the mapping of generator local variables to their current values."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinelocals(coroutine):
    """Get the mapping of coroutine local variables to their current values."""
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals


def getasyncgenlocals(agen):
    """Get the mapping of asynchronous generator local variables to their current values."""
    if not isasyncgen(agen):
        raise TypeError(f"{agen!r} is not a Python async generator")
    return {} if agen.ag_frame is None else agen.ag_frame.f_locals


# ---- members

def _members(object, predicate, get):
    names = dir(object)
    bases = getmro(object) if isclass(object) else ()
    for base in object.__bases__ if isclass(object) else ():
        names += [name for name, value in base.__dict__.items() if isinstance(value, types.DynamicClassAttribute)]
    found, seen = [], set()
    for name in names:
        try:
            value = get(object, name)
            if name in seen:
                raise AttributeError
        except AttributeError:
            for base in bases:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
        seen.add(name)
    found.sort(key=lambda pair: pair[0])
    return found


def getmembers(object, predicate=None):
    """Return all members of an object as (name, value) pairs sorted by name.  Optionally, only return members that satisfy
    a given predicate."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """As getmembers, without triggering dynamic lookup via the descriptor protocol, __getattr__ or __getattribute__."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    """Return list of attribute-descriptor tuples: name, kind ('class method', 'static method', 'property', 'method',
    'data'), defining class, object."""
    classes = (cls, *getmro(cls))
    metaclasses = tuple(one for one in getmro(type(cls)) if one not in (type, object))
    names = dir(cls) + [name for base in getmro(cls) for name, value in base.__dict__.items()
                        if isinstance(value, types.DynamicClassAttribute) and value.fget is not None]
    found, seen = [], set()
    for name in names:
        home = value = own = None
        # A name that comes again is that of an attribute which members have, and not the class.
        if name not in seen and name != "__dict__":
            value, home = _attribute_and_home(cls, name, classes, metaclasses)
        for base in classes + metaclasses:
            if name in base.__dict__:
                own = base.__dict__[name]
                home = home if home in metaclasses else base
                break
        if home is None:
            continue
        value = own if value is None else value
        if isinstance(own, (staticmethod, types.BuiltinMethodType)):
            kind, value = "static method", own
        elif isinstance(own, (classmethod, types.ClassMethodDescriptorType)):
            kind, value = "class method", own
        elif isinstance(own, property):
            kind, value = "property", own
        else:
            kind = "method" if isroutine(value) else "data"
        found.append(Attribute(name, kind, home, value))
        seen.add(name)
    return found


def _attribute_and_home(cls, name, classes, metaclasses):
    """An attribute of a class and where it comes from, as far as it can be told without looking into namespaces."""
    try:
        value = getattr(cls, name)
    except Exception:
        return None, None
    home = getattr(value, "__objclass__", None)
    if home in classes:
        return value, home
    home = None
    for base in classes:
        if getattr(base, name, None) is value:
            home = base
    for base in metaclasses:
        # Made up by a `__getattr__`.
        try:
            if base.__getattr__(cls, name) is value:
                home = base
        except AttributeError:
            pass
    return value, home


def getmro(cls):
    """Return tuple of base classes (including cls) in method resolution order."""
    return cls.__mro__


def getclasstree(classes, unique=False):
    """Arrange the given list of classes into a hierarchy of nested lists."""
    children, roots = {}, []
    for cls in classes:
        for parent in cls.__bases__:
            if cls not in children.setdefault(parent, []):
                children[parent].append(cls)
            if unique and parent in classes:
                break
        if not cls.__bases__ and cls not in roots:
            roots.append(cls)
    roots += [parent for parent in children if parent not in classes]
    return walktree(roots, children, None)


def walktree(classes, children, parent):
    """The nested lists of getclasstree for some classes."""
    found = []
    for cls in sorted(classes, key=lambda one: (one.__module__, one.__name__)):
        found.append((cls, cls.__bases__))
        if cls in children:
            found.append(walktree(children[cls], children, cls))
    return found


def unwrap(func, *, stop=None):
    """Get the object wrapped by *func*: follows the chain of __wrapped__ until `stop` says so."""
    seen, original = {id(func): func}, func
    while not isinstance(func, type) and hasattr(func, "__wrapped__"):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError(f"wrapper loop when unwrapping {original!r}")
        seen[id(func)] = func
    return func


# ---- documentation

def cleandoc(doc):
    """Clean up indentation from docstrings."""
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")), default=0)
    lines = [lines[0].lstrip(" ")] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    """Get the documentation string for an object; that of a class or a method may be inherited."""
    doc = getattr(object, "__doc__", None)
    if doc is None:
        doc = _inherited_doc(object)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(object):
    if isclass(object):
        return next((base.__doc__ for base in object.__mro__[1:] if base is not type(base).__mro__[-1]
                     and base.__doc__ is not None), None)
    name, home = getattr(object, "__name__", None), None
    if ismethod(object):
        home = object.__self__ if isclass(object.__self__) else type(object.__self__)
    elif isinstance(object, property):
        home = _class_of(object.fget)
    elif isfunction(object):
        home = _class_of(object)
    elif hasattr(object, "__objclass__"):
        home = object.__objclass__
        slots = getattr(home, "__slots__", None)
        if isinstance(slots, dict) and name in slots and ismemberdescriptor(object):
            return slots[name]
    for base in home.__mro__ if home is not None else ():
        doc = getattr(getattr(base, name), "__doc__", None) if hasattr(base, name) else None
        if doc is not None:
            return doc
    return None


def _class_of(function):
    """The class in which a function was defined, by its qualified name."""
    found = sys.modules.get(getattr(function, "__module__", None))
    for part in getattr(function, "__qualname__", "").split(".")[:-1]:
        found = getattr(found, part, None)
    return found if isclass(found) else None


class BufferFlags(_IntFlag):
    """What is asked of the buffer protocol."""

    SIMPLE = 0x0
    WRITABLE = 0x1
    FORMAT = 0x4
    ND = 0x8
    STRIDES = 0x10 | ND
    C_CONTIGUOUS = 0x20 | STRIDES
    F_CONTIGUOUS = 0x40 | STRIDES
    ANY_CONTIGUOUS = 0x80 | STRIDES
    INDIRECT = 0x100 | STRIDES
    CONTIG = ND | WRITABLE
    CONTIG_RO = ND
    STRIDED = STRIDES | WRITABLE
    STRIDED_RO = STRIDES
    RECORDS = STRIDES | WRITABLE | FORMAT
    RECORDS_RO = STRIDES | FORMAT
    FULL = INDIRECT | WRITABLE | FORMAT
    FULL_RO = INDIRECT | FORMAT
    READ = 0x100
    WRITE = 0x200


from ._signature import (BoundArguments, Parameter, Signature, _empty, _ParameterKind, formatannotation,
                         formatannotationrelativeto, signature)
from ._source import (findsource, getabsfile, getblock, getcomments, getfile, getmodule, getmodulename, getsource,
                      getsourcefile, getsourcelines, indentsize)
from ._frames import (ArgInfo, Arguments, ClosureVars, FrameInfo, FullArgSpec, Traceback, currentframe, formatargvalues,
                      getargs, getargvalues, getcallargs, getclosurevars, getframeinfo, getfullargspec, getinnerframes,
                      getlineno, getouterframes, stack, trace)
