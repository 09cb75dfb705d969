"""How values become SQLite's, and the text of columns becomes values."""

import datetime
import warnings

from _sqlite3 import ProgrammingError
from _statics import stand_for

_MISSING = object()
# What is told of is the program's line, however many calls lie between.
_LIBRARY = ("<frozen sqlite3",)


class PrepareProtocol:
    """PEP 246 style object adaption protocol type."""

    def __new__(cls, /, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, /, *args, **kwargs):
        pass


PrepareProtocol.__module__ = "sqlite3"

# By type and protocol.
adapters = {}
# By name, in capitals.
converters = {}

# Types that need no adapter unless a program has registered one.
plain = {int, float, str, bytearray}


def register_adapter(type, adapter, /):
    """Register a function to adapt Python objects to SQLite values."""
    plain.discard(type)
    adapters[(type, PrepareProtocol)] = adapter


def register_converter(typename, converter, /):
    """Register a function to convert SQLite values to Python objects."""
    if not isinstance(typename, str):
        raise TypeError(f"register_converter() argument 1 must be str, not {typename.__class__.__name__}")
    converters[typename.upper()] = converter


def adapt(obj, proto=PrepareProtocol, alt=_MISSING, /):
    """Adapt given object to given protocol."""
    adapter = adapters.get((type(obj), proto))
    if adapter is not None:
        return adapter(obj)
    for offers, wanted, name in ((proto, obj, "__adapt__"), (obj, proto, "__conform__")):
        method = getattr(offers, name, None)
        if method is not None:
            try:
                adapted = method(wanted)
            except TypeError:
                continue
            if adapted is not None:
                return adapted
    if alt is _MISSING:
        raise ProgrammingError("can't adapt")
    return alt


def _outdated(what):
    warnings.warn(f"The default {what} is deprecated as of Python 3.12; "
                  "see the sqlite3 documentation for suggested replacement recipes",
                  DeprecationWarning, skip_file_prefixes=_LIBRARY)


def _adapt_date(value):
    _outdated("date adapter")
    return value.isoformat()


def _adapt_datetime(value):
    _outdated("datetime adapter")
    return value.isoformat(" ")


def _convert_date(text):
    _outdated("date converter")
    return datetime.date(*map(int, text.split(b"-")))


def _convert_timestamp(text):
    _outdated("timestamp converter")
    day, clock = text.split(b" ")
    seconds, _, fraction = clock.partition(b".")
    # As many digits as there are, of microseconds.
    fraction = int((fraction + b"000000")[:6])
    return datetime.datetime(*map(int, day.split(b"-")), *map(int, seconds.split(b":")), fraction)


def _register_usual():
    register_adapter(datetime.date, _adapt_date)
    register_adapter(datetime.datetime, _adapt_datetime)
    register_converter("date", _convert_date)
    register_converter("timestamp", _convert_timestamp)


stand_for("_sqlite3", adapt, register_adapter, register_converter)
