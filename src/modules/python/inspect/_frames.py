"""Frames and the arguments of calls."""

import builtins
import linecache
import sys
import types
from collections import namedtuple

from . import isframe, isfunction, ismethod, istraceback
from ._finder import Finder, parse
from ._signature import KEYWORD_ONLY, POSITIONAL_ONLY, VAR_KEYWORD, VAR_POSITIONAL, _empty, Signature
from ._source import findsource, getfile, getsourcefile

# The classes and functions say that they are from the package.
__name__ = "inspect"

Arguments = namedtuple("Arguments", "args, varargs, varkw")
ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")
ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")
_Positions = namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)


def _with_positions(name, fields):
    """A named tuple that has one attribute more than it has items."""
    base = namedtuple(name, fields)

    class WithPositions(base):
        def __new__(cls, *args, positions=None, **kwargs):
            made = super().__new__(cls, *args, **kwargs)
            made.positions = positions
            return made

        def __repr__(self):
            shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in (*self._fields, "positions"))
            return f"{name}({shown})"
    WithPositions.__name__ = WithPositions.__qualname__ = name
    return WithPositions


Traceback = _with_positions("Traceback", "filename lineno function code_context index")
FrameInfo = _with_positions("FrameInfo", "frame filename lineno function code_context index")


# ---- frames

def currentframe():
    """Return the frame of the caller or None if this is not possible."""
    return sys._getframe(1)


def getlineno(frame):
    """Get the line number from a frame object, allowing for optimization."""
    return frame.f_lineno


def _positions(code, lasti):
    for at, found in enumerate(code.co_positions()):
        if at == lasti // 2:
            line, end_line, column, end_column = found
            return _Positions(line, end_line, column, end_column)
    return _Positions()


def getframeinfo(frame, context=1):
    """Get information about a frame or traceback object: (filename, lineno, function, code_context, index)."""
    if istraceback(frame):
        positions, lineno = _positions(frame.tb_frame.f_code, frame.tb_lasti), frame.tb_lineno
        frame = frame.tb_frame
    else:
        lineno = frame.f_lineno
        if not isframe(frame):
            raise TypeError(f"{frame!r} is not a frame or traceback object")
        positions = _positions(frame.f_code, frame.f_lasti)
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        try:
            source, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(lineno - 1 - context // 2, len(source) - context))
            lines, index = source[start:start + context], lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index, positions=positions)


def _frame_info(frame, about, context):
    info = getframeinfo(about, context)
    return FrameInfo(frame, *info, positions=info.positions)


def getouterframes(frame, context=1):
    """Get a list of records for a frame and all higher (calling) frames."""
    found = []
    while frame:
        found.append(_frame_info(frame, frame, context))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """Get a list of records for a traceback's frame and all lower frames."""
    found = []
    while tb:
        found.append(_frame_info(tb.tb_frame, tb, context))
        tb = tb.tb_next
    return found


def stack(context=1):
    """Return a list of records for the stack above the caller's frame."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """Return a list of records for the stack below the current exception."""
    exception = sys.exception()
    return getinnerframes(None if exception is None else exception.__traceback__, context)


# ---- arguments

def getargs(co):
    """Get information about the arguments accepted by a code object."""
    if not isinstance(co, types.CodeType):
        raise TypeError(f"{co!r} is not a code object")
    count = co.co_argcount + co.co_kwonlyargcount
    rest = list(co.co_varnames[count:])
    varargs = rest.pop(0) if co.co_flags & 0x04 else None
    varkw = rest.pop(0) if co.co_flags & 0x08 else None
    return Arguments(list(co.co_varnames[:count]), varargs, varkw)


def getargvalues(frame):
    """Get information about arguments passed into a particular frame."""
    args, varargs, varkw = getargs(frame.f_code)
    return ArgInfo(args, varargs, varkw, frame.f_locals)


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: "*" + name,
                    formatvarkw=lambda name: "**" + name, formatvalue=lambda value: "=" + repr(value)):
    """Format an argument spec from the 4 values returned by getargvalues."""
    parts = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        parts.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        parts.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f"({', '.join(parts)})"


class _WithBound(Finder):
    """Finds signatures in which the first argument of methods is not left out."""

    def bound(self, function):
        return self.of(function)

    def of(self, obj):
        return super().of(obj.__func__ if ismethod(obj) else obj)

    def parsed(self, obj, text):
        found = parse(text)
        return self.cls(found[1:] if text.startswith("($module") else found)


def getfullargspec(func):
    """Get the names and default values of a callable object's parameters."""
    from annotationlib import Format
    try:
        found = _WithBound(Signature, False, {"eval_str": False, "format": Format.VALUE}).of(func)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    args, kwonly, defaults, kwdefaults, annotations = [], [], (), {}, {}
    varargs = varkw = None
    if found.return_annotation is not _empty:
        annotations["return"] = found.return_annotation
    for name, parameter in found.parameters.items():
        if parameter.kind is VAR_POSITIONAL:
            varargs = name
        elif parameter.kind is VAR_KEYWORD:
            varkw = name
        elif parameter.kind is KEYWORD_ONLY:
            kwonly.append(name)
            if parameter.default is not _empty:
                kwdefaults[name] = parameter.default
        else:
            args.append(name)
            if parameter.default is not _empty:
                defaults += (parameter.default,)
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    return FullArgSpec(args, varargs, varkw, defaults or None, kwonly, kwdefaults or None, annotations)


def _listed(names):
    names = [repr(name) for name in names]
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), names[-1]])


def _refuse_missing(name, missing, kind):
    plural = "s" if len(missing) > 1 else ""
    raise TypeError(f"{name}() missing {len(missing)} required {kind} argument{plural}: {_listed(missing)}")


def _refuse_too_many(name, spec, given, values):
    least = len(spec.args) - len(spec.defaults or ())
    keywords = sum(name in values for name in spec.kwonlyargs)
    if spec.varargs:
        takes, plural = f"at least {least}", least != 1
    elif spec.defaults:
        takes, plural = f"from {least} to {len(spec.args)}", True
    else:
        takes, plural = str(len(spec.args)), len(spec.args) != 1
    extra = ""
    if keywords:
        extra = (f" positional argument{'s' if given != 1 else ''} (and {keywords} keyword-only "
                 f"argument{'s' if keywords != 1 else ''})")
    was = "was" if given == 1 and not keywords else "were"
    raise TypeError(f"{name}() takes {takes} positional argument{'s' if plural else ''} but {given}{extra} {was} given")


def getcallargs(func, /, *positional, **named):
    """Get the mapping of arguments to values."""
    spec, name = getfullargspec(func), func.__name__
    if ismethod(func) and func.__self__ is not None:
        positional = (func.__self__, *positional)
    values = dict(zip(spec.args, positional))
    if spec.varargs:
        values[spec.varargs] = positional[len(spec.args):]
    if spec.varkw:
        values[spec.varkw] = {}
    for key, value in named.items():
        if key in values and key in spec.args:
            raise TypeError(f"{name}() got multiple values for argument {key!r}")
        if key in spec.args or key in spec.kwonlyargs:
            values[key] = value
        elif spec.varkw:
            values[spec.varkw][key] = value
        else:
            raise TypeError(f"{name}() got an unexpected keyword argument {key!r}")
    if len(positional) > len(spec.args) and not spec.varargs:
        _refuse_too_many(name, spec, len(positional), values)
    defaults = dict(zip(spec.args[len(spec.args) - len(spec.defaults or ()):], spec.defaults or ()))
    missing = [arg for arg in spec.args if arg not in values and arg not in defaults]
    if missing:
        _refuse_missing(name, missing, "positional")
    for arg, value in {**defaults, **(spec.kwonlydefaults or {})}.items():
        values.setdefault(arg, value)
    missing = [arg for arg in spec.kwonlyargs if arg not in values]
    if missing:
        _refuse_missing(name, missing, "keyword-only")
    return values


def getclosurevars(func):
    """Get the mapping of free variables to their current values."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code, nonlocals = func.__code__, {}
    for name, cell in zip(code.co_freevars, func.__closure__ or ()):
        try:
            nonlocals[name] = cell.cell_contents
        except ValueError:
            pass
    namespace = func.__globals__
    known = namespace.get("__builtins__", builtins)
    known = known.__dict__ if isinstance(known, types.ModuleType) else known
    asked, unbound = _names_of(code)
    global_, builtin = {}, {}
    for name in asked:
        if name in namespace:
            global_[name] = namespace[name]
        elif name in known:
            builtin[name] = known[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, global_, builtin, unbound)


def _names_of(code):
    """The globals that a function looks up, and the attributes: those nobody can tell where to find."""
    import dis
    globals_, attributes = set(), set()
    for instruction in dis.get_instructions(code):
        if instruction.opname == "LoadGlobal":
            globals_.add(instruction.argval)
        elif instruction.opname in ("GetAttr", "LoadMethod"):
            attributes.add(instruction.argval)
    return globals_, attributes
