"""Where objects were defined, and the source of it."""

import linecache
import os
import sys

from . import isclass, iscode, isframe, isfunction, ismethod, ismodule, istraceback, unwrap

# The functions say that they are from the package.
__name__ = "inspect"


def getfile(object):
    """Work out which source or compiled file an object was defined in."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        module = sys.modules.get(getattr(object, "__module__", None))
        if getattr(module, "__file__", None):
            return module.__file__
        if getattr(object, "__module__", None) == "__main__":
            raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    code = _code_of(object)
    if code is None:
        raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got "
                        f"{type(object).__name__}")
    return code.co_filename


def _code_of(object):
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        return object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        return object.f_code
    return object if iscode(object) else None


def getmodulename(path):
    """Return the module name for a given file, or None."""
    name = os.path.basename(path)
    return name[:-3] if name.endswith(".py") else name[:-4] if name.endswith(".pyc") else None


def getsourcefile(object):
    """Return the filename that can be used to locate an object's source.  Return None if no way can be identified to get
    the source."""
    filename = getfile(object)
    if filename.endswith(".pyc"):
        filename = filename[:-1]
    # The interpreter knows the source of what it runs, and may not be allowed to look at files.
    return filename if linecache.getlines(filename) or _exists(filename) else None


def _exists(filename):
    try:
        return os.path.exists(filename)
    except PermissionError:
        return False


def getabsfile(object, _filename=None):
    """Return an absolute path to the source or compiled file for an object."""
    return os.path.normcase(os.path.abspath(_filename or getsourcefile(object) or getfile(object)))


def getmodule(object, _filename=None):
    """Return the module an object was defined in, or None if not found."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        filename = _filename or getfile(object)
    except (TypeError, FileNotFoundError):
        return None
    for module in list(sys.modules.values()):
        if ismodule(module) and getattr(module, "__file__", None) == filename:
            return module
    main = sys.modules["__main__"]
    if hasattr(object, "__name__") and getattr(main, object.__name__, None) is object:
        return main
    return None


def findsource(object):
    """Return the entire source file and starting line number for an object."""
    filename = getfile(object)
    if filename.startswith("<") and filename.endswith(">") and not linecache.getlines(filename):
        raise OSError("could not get source code")
    linecache.checkcache(filename)
    lines = linecache.getlines(filename)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        try:
            number = vars(object)["__firstlineno__"] - 1
        except (TypeError, KeyError):
            raise OSError("source code not available") from None
        if number >= len(lines):
            raise OSError("lineno is out of bounds")
        return lines, number
    number = _code_of(object).co_firstlineno - 1
    if number >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, number


def getsourcelines(object):
    """Return a list of source lines and starting line number for an object."""
    object = unwrap(object)
    lines, number = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[number:]), number + 1


def getsource(object):
    """Return the text of the source code for an object."""
    return "".join(getsourcelines(object)[0])


def indentsize(line):
    """Return the indent size, in spaces, at the start of a line of text."""
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def getcomments(object):
    """Get lines of comments immediately preceding an object's source code, or None."""
    try:
        lines, number = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        return "".join(line.expandtabs() for line in lines[start:end]) if end > start else None
    indent, start = indentsize(lines[number]), number
    while start > 0 and lines[start - 1].lstrip().startswith("#") and indentsize(lines[start - 1]) == indent:
        start -= 1
    return "".join(line.expandtabs().lstrip() for line in lines[start:number]) if start < number else None


# ---- the extent of a definition

class _Reader:
    """Follows lines of source as far as it takes to tell where statements end."""

    def __init__(self):
        self.quote = None
        self.depth = 0
        self.continued = False

    @property
    def inside(self):
        """Whether the line goes on in the next one."""
        return self.quote is not None or self.depth > 0 or self.continued

    def read(self, line):
        """Takes in a line."""
        at, self.continued = 0, False
        while at < len(line):
            if self.quote is not None:
                at = self._in_string(line, at)
                continue
            c = line[at]
            if c == "#":
                break
            if c in "\"'":
                self.quote = line[at:at + 3] if line[at:at + 3] in ('"""', "'''") else c
                at += len(self.quote)
                continue
            if c in "([{":
                self.depth += 1
            elif c in ")]}":
                self.depth -= 1
            elif c == "\\" and line[at + 1:].strip("\r\n") == "":
                self.continued = True
                break
            at += 1
        if self.quote is not None and len(self.quote) == 1 and not line.rstrip("\r\n").endswith("\\"):
            # An unfinished string ends with its line.
            self.quote = None

    def _in_string(self, line, at):
        if line[at] == "\\":
            return at + 2
        if line.startswith(self.quote, at):
            at += len(self.quote)
            self.quote = None
            return at
        return at + 1


def getblock(lines):
    """Extract the block of code at the top of the given list of lines."""
    reader, at = _Reader(), 0
    start = indentsize(lines[0]) if lines else 0
    # Decorators, and the line that begins the definition.
    while at < len(lines):
        text = lines[at].lstrip()
        is_decorator = text.startswith("@") or not text.strip() or text.startswith("#")
        at = _statement(lines, at, reader)
        if not is_decorator:
            break
    head = text.split("(")[0].split(":")[0].split()
    if not head or head[0] not in ("def", "class", "async"):
        # An expression, as a lambda.
        return lines[:at]
    if not _opens_block(lines[at - 1]):
        return lines[:at]
    end, body = at, None
    while at < len(lines):
        line = lines[at]
        text = line.strip()
        if not text:
            at += 1
            continue
        indent = indentsize(line)
        if text.startswith("#"):
            if body is not None and indent >= body:
                end = at + 1
            at += 1
            continue
        if indent <= start:
            break
        body = indent if body is None else body
        at = end = _statement(lines, at, reader)
    return lines[:end]


def _statement(lines, at, reader):
    """The line behind the statement that begins in a line."""
    while at < len(lines):
        reader.read(lines[at])
        at += 1
        if not reader.inside:
            break
    return at


def _opens_block(line):
    """Whether a line ends with the colon of a block, a comment apart."""
    reader, text = _Reader(), line.rstrip()
    for at, c in enumerate(text):
        if c == "#" and reader.quote is None:
            return text[:at].rstrip().endswith(":")
        if c in "\"'":
            reader.quote = None if reader.quote == c else reader.quote or c
    return text.endswith(":")
