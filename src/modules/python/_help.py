"""What `help()` prints: names, parameters and documentation."""

import sys

_START = """\
gilbox runs Python under a real global interpreter lock that can be watched and switched.

    help(gil)          the laboratory: gil.report(), gil.enable("2.7"), gil.disable(), ...
    help(object)       any module, class, function, or the class of any object
    help("threading")  a module by its name

Ctrl-C interrupts what runs, Ctrl-D ends, Tab completes names."""


def show(*objects):
    """Print help about an object, or what help there is."""
    if not objects:
        print(_START)
    for thing in objects:
        print("\n".join(_lines(_meant(thing))))


def _meant(thing):
    """A module may be given by its name."""
    if isinstance(thing, str):
        try:
            __import__(thing)
        except (ImportError, ValueError):
            return thing
        return sys.modules[thing]
    return thing


def _lines(thing):
    if isinstance(thing, type(sys)):
        yield f"Module {thing.__name__}"
        yield from _documentation(thing)
        yield from _members(thing, getattr(thing, "__all__", None), thing.__name__)
    elif isinstance(thing, type):
        bases = ", ".join(base.__name__ for base in thing.__bases__)
        yield f"Class {thing.__name__}({bases})"
        yield from _documentation(thing)
        yield from _members(thing, None, None)
    elif _is_function(thing):
        yield _heading(thing.__name__, thing)
        yield from _documentation(thing)
    else:
        kind = type(thing)
        article = "an" if kind.__name__[0] in "aeiouAEIOU" else "a"
        yield f"Help on {article} {kind.__name__} object:"
        yield ""
        yield from _lines(kind)


def _members(owner, public, module):
    """Functions and classes of a module, or methods of a class."""
    for name in sorted(vars(owner)) if public is None else public:
        member = vars(owner).get(name)
        if name.startswith("_"):
            continue
        if isinstance(member, (staticmethod, classmethod)):
            member = member.__func__
        if isinstance(member, type) or not _is_function(member):
            if not isinstance(member, type) or member.__module__ != module:
                continue
        yield ""
        yield "    " + _heading(name, member)
        for line in _documentation(member):
            yield "    " + line


def _is_function(thing):
    return callable(thing) and not isinstance(thing, type) and hasattr(thing, "__name__")


def _heading(name, thing):
    if isinstance(thing, type):
        return f"class {name}"
    return name + _signature(thing)


def _signature(function):
    text = getattr(function, "__text_signature__", None)
    if text:
        # What a function of a module, or of a class, gets before its arguments is nobody's to pass.
        for bound in ("$module", "$type"):
            if text == f"({bound}, /)":
                return "()"
            text = text.replace(f"({bound}, /, ", "(").replace(f"({bound}, ", "(")
        owner = getattr(function, "__self__", None)
        if owner is not None and not isinstance(owner, type(sys)):
            # A bound method has its first argument already.
            text = "()" if text == "($self, /)" else text.replace("($self, /, ", "(").replace("($self, ", "(")
        return text.replace("$", "")
    code = getattr(function, "__code__", None)
    if code is None:
        return "(...)"
    names = list(code.co_varnames)
    positional, keyword_only = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    first_default = positional - len(defaults)
    parts = []
    for at, name in enumerate(names[:positional]):
        parts.append(f"{name}={defaults[at - first_default]!r}" if at >= first_default else name)
        if at + 1 == code.co_posonlyargcount:
            parts.append("/")
    rest = names[positional + keyword_only :]
    if code.co_flags & 0x4:
        parts.append("*" + rest.pop(0))
    elif keyword_only:
        parts.append("*")
    given = function.__kwdefaults__ or {}
    for name in names[positional : positional + keyword_only]:
        parts.append(f"{name}={given[name]!r}" if name in given else name)
    if code.co_flags & 0x8:
        parts.append("**" + rest.pop(0))
    return "(" + ", ".join(parts) + ")"


def _documentation(thing):
    """The lines of its documentation, indented alike."""
    text = getattr(thing, "__doc__", None)
    if not isinstance(text, str) or not text.strip():
        return
    lines = text.strip("\n").split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    for at, line in enumerate(lines):
        line = line.strip() if at == 0 else line[margin:].rstrip()
        yield "    " + line if line else ""
