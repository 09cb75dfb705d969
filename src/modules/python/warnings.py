"""Warnings: what is said of them, to whom, and how often."""

import sys

from _statics import parse_by_hand as _parse_by_hand, stand_for as _stand_for

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
           "catch_warnings", "deprecated"]

# (action, message, category, module, line), the first that matches decides. Message and module are None, texts, or
# objects with a method match.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
defaultaction = "default"
onceregistry = {}
_ACTIONS = ("default", "error", "ignore", "always", "all", "module", "once")
# Counts the changes of the filters: what was said under others may be said again.
_version = 1


def _filters_mutated():
    global _version
    _version += 1


class WarningMessage:
    """A warning as showwarning gets it."""

    _WARNING_DETAILS = ("message", "category", "filename", "lineno", "file", "line", "source")

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, "
                f"lineno : {self.lineno}, line : {self.line!r}}}")

    def __repr__(self):
        return f"<{type(self).__qualname__} {self}>"


# Where CPython says that it is from.
WarningMessage.__module__ = "_py_warnings"


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, by default sys.stderr."""
    _show(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """A warning as text."""
    return _format(WarningMessage(message, category, filename, lineno, None, line))


_original_showwarning = showwarning
_original_formatwarning = formatwarning


def _format(said):
    category = said.category.__name__
    text = f"{said.filename}:{said.lineno}: {category}: {said.message}\n"
    line = said.line
    if line is None:
        try:
            import linecache
            line = linecache.getline(said.filename, said.lineno)
        except Exception:
            line = None
    if line and line.strip():
        text += f"  {line.strip()}\n"
    if said.source is not None:
        text += f"{category}: Enable tracemalloc to get the object allocation traceback\n"
    return text


def _show(said):
    file = sys.stderr if said.file is None else said.file
    if file is None:
        return
    if formatwarning is _original_formatwarning:
        text = _format(said)
    else:
        text = formatwarning(said.message, said.category, said.filename, said.lineno, said.line)
    try:
        file.write(text)
    except OSError:
        pass


def _showwarnmsg(said):
    """Through the program's own showwarning, if it has one."""
    if showwarning is _original_showwarning:
        _show(said)
    elif not callable(showwarning):
        raise TypeError("warnings.showwarning() must be set to a function or method")
    else:
        showwarning(said.message, said.category, said.filename, said.lineno, said.file, said.line)


def _check_line(lineno):
    if not isinstance(lineno, int):
        raise TypeError("lineno must be an int")
    if lineno < 0:
        raise ValueError("lineno must be an int >= 0")


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Add a filter: message and module are regular expressions that must match at the start."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    if not isinstance(message, str):
        raise TypeError("message must be a string")
    if not isinstance(module, str):
        raise TypeError("module must be a string")
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError("category must be a Warning subclass")
    _check_line(lineno)
    if message or module:
        import re
    _add((action, re.compile(message, re.I) if message else None, category, re.compile(module) if module else None,
          lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Add a filter that matches all warnings of a category."""
    if action not in _ACTIONS:
        raise ValueError(f"invalid action: {action!r}")
    _check_line(lineno)
    _add((action, None, category, None, lineno), append)


def _add(item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)
    _filters_mutated()


def resetwarnings():
    """Remove all filters."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    pass


class _Literal:
    """A text of the command line, which is no regular expression."""

    def __init__(self, text, whole):
        self.text = text if whole else text.lower()
        self.whole = whole

    def match(self, text):
        return text == self.text if self.whole else text.lower().startswith(self.text)


def _processoptions(args):
    """Filters of the command line; the last comes first."""
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as problem:
            print("Invalid -W option ignored:", problem, file=sys.stderr)


def _setoption(arg):
    parts = arg.split(":")
    if len(parts) > 5:
        raise _OptionError(f"too many fields (max 5): {arg!r}")
    action, message, category, module, lineno = (part.strip() for part in parts + [""] * (5 - len(parts)))
    action = _getaction(action)
    category = _getcategory(category)
    if lineno:
        try:
            lineno = int(lineno)
            if lineno < 0:
                raise ValueError
        except (ValueError, OverflowError):
            raise _OptionError(f"invalid lineno {lineno!r}") from None
    _add((action, _Literal(message, False) if message else None, category, _Literal(module, True) if module else None,
          lineno or 0), False)


def _getaction(action):
    for known in _ACTIONS if action else ("default",):
        if known.startswith(action):
            return known
    raise _OptionError(f"invalid action: {action!r}")


def _getcategory(category):
    if not category:
        return Warning
    module, _, name = category.rpartition(".")
    try:
        found = __import__(module or "builtins", None, None, [name])
    except ImportError:
        raise _OptionError(f"invalid module name: {module!r}") from None
    try:
        found = getattr(found, name)
    except AttributeError:
        raise _OptionError(f"unknown warning category: {category!r}") from None
    if not issubclass(found, Warning):
        raise _OptionError(f"invalid warning category: {category!r}")
    return found


def _is_internal(frame):
    filename = frame.f_code.co_filename
    return filename.startswith("<frozen importlib")


def _next_frame(frame, skip_file_prefixes):
    frame = frame.f_back
    while frame is not None and (_is_internal(frame) or skip_file_prefixes and
                                 frame.f_code.co_filename.startswith(skip_file_prefixes)):
        frame = frame.f_back
    return frame


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Warn of what the caller does, or with a higher stacklevel its caller."""
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError(f"category must be a Warning subclass, not {type(category).__name__!r}")
    if not isinstance(skip_file_prefixes, tuple):
        raise TypeError(f"warn() argument 'skip_file_prefixes' must be tuple, not {type(skip_file_prefixes).__name__}")
    if not hasattr(type(stacklevel), "__index__"):
        raise TypeError(f"{type(stacklevel).__name__!r} object cannot be interpreted as an integer")
    if skip_file_prefixes:
        stacklevel = max(2, stacklevel)
    try:
        frame = sys._getframe(1)
    except ValueError:
        # Called by no Python code: a thread's target, or what is called at the end.
        frame = None
    if frame is None:
        pass
    elif stacklevel <= 1 or _is_internal(frame):
        for _ in range(stacklevel - 1):
            frame = frame and frame.f_back
    else:
        for _ in range(stacklevel - 1):
            frame = frame and _next_frame(frame, skip_file_prefixes)
    if frame is None:
        namespace, filename, lineno = sys.__dict__, "<sys>", 0
    else:
        namespace, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    module = namespace.get("__name__", "<string>")
    registry = namespace.setdefault("__warningregistry__", {})
    warn_explicit(message, category, filename, lineno, module, registry, namespace, source)


def _matches(pattern, text):
    if pattern is None:
        return True
    return pattern == text if isinstance(pattern, str) else bool(pattern.match(text))


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Warn of a place."""
    if module_globals is not None and not isinstance(module_globals, dict):
        raise TypeError(f"module_globals must be a dict, not '{type(module_globals).__name__}'")
    lineno = int(lineno)
    if module is None:
        module = filename or "<unknown>"
        if module[-3:].lower() == ".py":
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get("version", 0) != _version:
        registry.clear()
        registry["version"] = _version
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    for action, wanted, kind, place, line in filters:
        if issubclass(category, kind) and (line == 0 or line == lineno) and _matches(wanted, text) and \
                _matches(place, module):
            break
    else:
        action = defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        once = (text, category)
        if onceregistry.get(once):
            return
        onceregistry[once] = 1
    elif action == "module":
        registry[key] = 1
        everywhere = (text, category, 0)
        if registry.get(everywhere):
            return
        registry[everywhere] = 1
    elif action == "default":
        registry[key] = 1
    elif action not in ("always", "all"):
        raise RuntimeError(f"Unrecognized action ({action!r}) in warnings.filters:\n {action}")
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


class catch_warnings:
    """Keeps filters and showwarning as they are until its block ends; with record=True warnings go to a list."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules["warnings"] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append("record=True")
        if self._module is not sys.modules["warnings"]:
            args.append(f"module={self._module!r}")
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        module = self._module
        self._filters, self._showwarning = module.filters, module.showwarning
        module.filters = self._filters[:]
        module._filters_mutated()
        log = None
        if self._record:
            log = []
            self._own_show = module._showwarnmsg
            module._showwarnmsg = log.append
            module.showwarning = module._original_showwarning
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        if self._record:
            module._showwarnmsg = self._own_show


def _show_as(wrapper, wrapped):
    """What `functools.update_wrapper` does, which is not to be imported by every program."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__", "__type_params__"):
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    wrapper.__dict__.update(getattr(wrapped, "__dict__", {}))
    wrapper.__wrapped__ = wrapped


class deprecated:
    """Marks a class or function as deprecated: using it warns."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = message
            return arg
        if isinstance(arg, type):
            return self._class(arg)
        if not callable(arg):
            raise TypeError("@deprecated decorator with non-None category must be applied to "
                            f"a class or callable, not {arg!r}")

        def wrapper(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            return arg(*args, **kwargs)

        _show_as(wrapper, arg)
        if getattr(getattr(arg, "__code__", None), "co_flags", 0) & 0x80:
            from inspect import markcoroutinefunction
            markcoroutinefunction(wrapper)
        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper

    def _class(self, cls):
        message, category, stacklevel = self.message, self.category, self.stacklevel
        new, init_subclass = cls.__new__, cls.__dict__.get("__init_subclass__")

        def __new__(this, /, *args, **kwargs):
            if this is cls:
                warn(message, category=category, stacklevel=stacklevel + 1)
            if new is not object.__new__:
                return new(this, *args, **kwargs)
            if cls.__init__ is object.__init__ and (args or kwargs):
                raise TypeError(f"{cls.__name__}() takes no arguments")
            return new(this)

        def __init_subclass__(this, /, *args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            if init_subclass is None:
                return super(cls, this).__init_subclass__(*args, **kwargs)
            return init_subclass.__func__(this, *args, **kwargs)

        _show_as(__new__, new)
        cls.__new__ = staticmethod(__new__)
        cls.__init_subclass__ = classmethod(__init_subclass__)
        cls.__deprecated__ = __new__.__deprecated__ = __init_subclass__.__deprecated__ = message
        return cls


_stand_for("_warnings", warn, warn_explicit)
_parse_by_hand(warn_explicit)
_processoptions(sys.warnoptions)
