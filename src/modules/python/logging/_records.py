"""What is logged, and how it becomes text: records, filters, the three styles of formats, formatters."""

import sys
import threading
import time
from os import getpid
from os.path import basename, splitext

# These classes are known as the package's own.
__name__ = "logging"

BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"

# When logging was loaded: relativeCreated counts from here.
_startTime = time.time_ns()


def _logging(name):
    """A switch of the package, which the program may have turned."""
    return getattr(sys.modules["logging"], name)


def _is_mapping(value):
    if isinstance(value, dict):
        return True
    from _collections_abc import Mapping
    return isinstance(value, Mapping)


class LogRecord:
    """One event: what was said, where, when, and by which thread, task and process."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        now = time.time_ns()
        self.name = name
        self.msg = msg
        # A single mapping serves formats such as "%(key)s".
        if args and len(args) == 1 and _is_mapping(args[0]) and args[0]:
            args = args[0]
        self.args = args
        self.levelname = _logging("getLevelName")(level)
        self.levelno = level
        self.pathname = pathname
        try:
            self.filename = basename(pathname)
            self.module = splitext(self.filename)[0]
        except (TypeError, ValueError, AttributeError):
            self.filename = pathname
            self.module = "Unknown module"
        self.exc_info = exc_info
        self.exc_text = None
        self.stack_info = sinfo
        self.lineno = lineno
        self.funcName = func
        self.created = now / 1e9
        self.msecs = now % 1_000_000_000 // 1_000_000 + 0.0
        if self.msecs == 999.0 and int(self.created) != now // 1_000_000_000:
            # The seconds were rounded up.
            self.msecs = 0.0
        self.relativeCreated = (now - _startTime) / 1e6
        self._note_who()

    def _note_who(self):
        self.thread = self.threadName = self.processName = self.process = self.taskName = None
        if _logging("logThreads"):
            self.thread = threading.get_ident()
            self.threadName = threading.current_thread().name
        if _logging("logMultiprocessing"):
            self.processName = "MainProcess"
            processes = sys.modules.get("multiprocessing")
            if processes is not None:
                try:
                    self.processName = processes.current_process().name
                except Exception:
                    pass
        if _logging("logProcesses"):
            self.process = getpid()
        if _logging("logAsyncioTasks"):
            asyncio = sys.modules.get("asyncio")
            if asyncio is not None:
                try:
                    self.taskName = asyncio.current_task().get_name()
                except Exception:
                    pass

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'

    def getMessage(self):
        """The message with its arguments put in."""
        text = str(self.msg)
        return text % self.args if self.args else text


class PercentStyle:
    """Formats such as "%(message)s"."""

    default_format = "%(message)s"
    asctime_format = "%(asctime)s"
    asctime_search = "%(asctime)"

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults

    def usesTime(self):
        return self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        """Refuse a format that names no field."""
        if not _names_a_field(self._fmt):
            raise ValueError(f"Invalid format '{self._fmt}' for '{self.default_format[0]}' style")

    def _fields(self, record):
        return {**self._defaults, **record.__dict__} if self._defaults else record.__dict__

    def _format(self, record):
        return self._fmt % self._fields(record)

    def format(self, record):
        try:
            return self._format(record)
        except KeyError as missing:
            raise ValueError(f"Formatting field not found in record: {missing}") from None


def _names_a_field(fmt):
    """Whether there is a "%(name)s" in a format, in any of the ways of writing it."""
    if not isinstance(fmt, str):
        raise TypeError(f"expected string or bytes-like object, got {type(fmt).__name__!r}")
    at = fmt.find("%(")
    while at >= 0:
        end = at + 2
        while end < len(fmt) and (fmt[end].isalnum() or fmt[end] == "_"):
            end += 1
        if end > at + 2 and fmt[end:end + 1] == ")":
            rest = _skip_number(fmt[end + 1:].lstrip("#0+ -"))
            if rest[:1] == ".":
                rest = _skip_number(rest[1:]) if rest[1:2] == "*" or rest[1:2].isdigit() else "."
            if rest[:1].lower() in tuple("diouxefgcrsa%"):
                return True
        at = fmt.find("%(", at + 1)
    return False


def _skip_number(text):
    return text[1:] if text[:1] == "*" else text.lstrip("0123456789")


class StrFormatStyle(PercentStyle):
    """Formats such as "{message}"."""

    default_format = "{message}"
    asctime_format = "{asctime}"
    asctime_search = "{asctime"

    def _format(self, record):
        return self._fmt.format(**self._fields(record))

    def validate(self):
        """Refuse a format that names no field, or one in a way that no record can answer."""
        from string import Formatter
        found = False
        try:
            for _, name, spec, conversion in Formatter().parse(self._fmt):
                if name:
                    if not _is_field(name):
                        raise ValueError(f"invalid field name/expression: {name!r}")
                    found = True
                if conversion and conversion not in "rsa":
                    raise ValueError(f"invalid conversion: {conversion!r}")
                if spec and not _is_spec(spec):
                    raise ValueError(f"bad specifier: {spec!r}")
        except ValueError as problem:
            raise ValueError(f"invalid format: {problem}")
        if not found:
            raise ValueError("invalid format: no fields")


def _is_word(text):
    return text != "" and all(char.isalnum() or char == "_" for char in text)


def _is_field(name):
    """Whether this is a name, with attributes and items at will."""
    end = 0
    while end < len(name) and (name[end].isalnum() or name[end] == "_"):
        end += 1
    first, rest = name[:end], name[end:]
    while first and rest:
        if rest[0] == "[":
            inner, bracket, rest = rest[1:].partition("]")
            if not inner or not bracket:
                return False
        elif rest[0] == ".":
            end = 1
            while end < len(rest) and (rest[end].isalnum() or rest[end] == "_"):
                end += 1
            if end == 1:
                return False
            rest = rest[end:]
        else:
            return False
    return first != ""


def _skip_size(text):
    """A text without the number or the {field} that it begins with, and whether there was one."""
    if text[:1] == "{":
        inner, bracket, rest = text[1:].partition("}")
        return (rest, True) if bracket and _is_word(inner) else (text, False)
    rest = text.lstrip("0123456789")
    return rest, rest != text


def _is_spec(spec):
    """Whether this is of the format mini-language: [[fill]align][sign][#][0][width][,_][.precision][type]."""
    if spec[1:2] in ("<", ">", "=", "^"):
        spec = spec[2:]
    elif spec[:1] in ("<", ">", "=", "^"):
        spec = spec[1:]
    for optional in ("+ -", "#", "0"):
        if spec and spec[0] in optional:
            spec = spec[1:]
    spec, _ = _skip_size(spec)
    if spec[:1] in (",", "_"):
        spec = spec[1:]
    if spec[:1] == ".":
        spec, sized = _skip_size(spec[1:])
        if not sized:
            return False
    return spec == "" or len(spec) == 1 and spec.lower() in "bcdefgnosx%"


class StringTemplateStyle(PercentStyle):
    """Formats such as "${message}"."""

    default_format = "${message}"
    asctime_format = "${asctime}"
    asctime_search = "${asctime}"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        from string import Template
        self._tpl = Template(self._fmt)

    def usesTime(self):
        return self._fmt.find("$asctime") >= 0 or self._fmt.find(self.asctime_search) >= 0

    def validate(self):
        """Refuse a format that names no field, or has a lone dollar sign."""
        rest, found = self._fmt, False
        while True:
            _, dollar, rest = rest.partition("$")
            if not dollar:
                break
            if rest[:1] == "$":
                rest = rest[1:]
            elif rest[:1] == "{" and "}" in rest and rest[1:rest.index("}")].isidentifier() or \
                    rest[:1].isidentifier():
                found = True
            else:
                raise ValueError("invalid format: bare '$' not allowed")
        if not found:
            raise ValueError("invalid format: no fields")

    def _format(self, record):
        return self._tpl.substitute(**self._fields(record))


_STYLES = {
    "%": (PercentStyle, BASIC_FORMAT),
    "{": (StrFormatStyle, "{levelname}:{name}:{message}"),
    "$": (StringTemplateStyle, "${levelname}:${name}:${message}"),
}


def _check_style(style):
    if style not in _STYLES:
        raise ValueError(f"Style must be one of: {','.join(_STYLES)}")


class Formatter:
    """Makes text of records."""

    converter = time.localtime
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s,%03d"

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        _check_style(style)
        self._style = _STYLES[style][0](fmt, defaults=defaults)
        if validate:
            self._style.validate()
        self._fmt = self._style._fmt
        self.datefmt = datefmt

    def formatTime(self, record, datefmt=None):
        """When the record was made: by datefmt, else as in ISO 8601 with milliseconds."""
        moment = self.converter(record.created)
        if datefmt:
            return time.strftime(datefmt, moment)
        text = time.strftime(self.default_time_format, moment)
        if self.default_msec_format:
            text = self.default_msec_format % (text, record.msecs)
        return text

    def formatException(self, ei):
        """The report of an exception, without its last newline."""
        from io import StringIO
        from traceback import print_exception
        report = StringIO()
        print_exception(ei[0], ei[1], ei[2], limit=None, file=report)
        text = report.getvalue()
        return text[:-1] if text[-1:] == "\n" else text

    def usesTime(self):
        return self._style.usesTime()

    def formatMessage(self, record):
        return self._style.format(record)

    def formatStack(self, stack_info):
        return stack_info

    def format(self, record):
        """The record as text: its line, then the exception and the stack if it has them."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        # The report is kept with the record: other handlers need not make it again.
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            text = _on_its_own_line(text) + record.exc_text
        if record.stack_info:
            text = _on_its_own_line(text) + self.formatStack(record.stack_info)
        return text


def _on_its_own_line(text):
    return text if text[-1:] == "\n" else text + "\n"


_defaultFormatter = Formatter()


class BufferingFormatter:
    """Makes one text of many records."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _defaultFormatter

    def formatHeader(self, records):
        return ""

    def formatFooter(self, records):
        return ""

    def format(self, records):
        if not records:
            return ""
        lines = "".join([self.linefmt.format(record) for record in records])
        return self.formatHeader(records) + lines + self.formatFooter(records)


class Filter:
    """Lets through what loggers of one name, and those below it, say."""

    def __init__(self, name=""):
        self.name = name
        self.nlen = len(name)

    def filter(self, record):
        return self.nlen == 0 or record.name == self.name or record.name.startswith(self.name + ".")


class Filterer:
    """What loggers and handlers share: a list of filters."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        if filter not in self.filters:
            self.filters.append(filter)

    def removeFilter(self, filter):
        if filter in self.filters:
            self.filters.remove(filter)

    def filter(self, record):
        """The record, or another that a filter gave in its place; False or None if one refused it."""
        for filter in self.filters:
            answer = filter.filter(record) if hasattr(filter, "filter") else filter(record)
            if not answer:
                return False
            if isinstance(answer, LogRecord):
                record = answer
        return record
