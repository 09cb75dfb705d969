"""Separated values: readers and writers of records, in many dialects."""

import sys

from _statics import stand_for as _stand_for

from _csv import join as _join, parse as _parse

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL", "Error",
           "Dialect", "excel", "excel_tab", "field_size_limit", "reader", "writer", "register_dialect", "get_dialect",
           "list_dialects", "Sniffer", "unregister_dialect", "DictReader", "DictWriter", "unix_dialect"]
__version__ = "1.0"

QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)
_DEFAULTS = {"delimiter": ",", "doublequote": True, "escapechar": None, "lineterminator": "\r\n", "quotechar": '"',
             "quoting": QUOTE_MINIMAL, "skipinitialspace": False, "strict": False}
_MISSING = object()


class Error(Exception):
    pass


# ---- dialects

def _character(name, value, or_none=" or None"):
    if value is None and or_none:
        return
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be a unicode character{or_none}, not {type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a unicode character{or_none}, not a string of length {len(value)}')


class _Dialect:
    """What a reader or a writer goes by; it never changes."""

    __slots__ = (*_DEFAULTS, "_parts")

    def __new__(cls, dialect=None, **given):
        for name in given:
            if name not in _DEFAULTS:
                raise TypeError(f"this function got an unexpected keyword argument {name!r}")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        if isinstance(dialect, _Dialect) and not given:
            return dialect
        values = {name: given.get(name, getattr(dialect, name, _MISSING)) for name in _DEFAULTS}
        if values["quotechar"] is None and values["quoting"] is _MISSING:
            values["quoting"] = QUOTE_NONE
        values = {name: _DEFAULTS[name] if value is _MISSING else value for name, value in values.items()}
        for name in ("doublequote", "skipinitialspace", "strict"):
            values[name] = bool(values[name])
        _check(**values)
        made = super().__new__(cls)
        for name, value in values.items():
            object.__setattr__(made, name, value)
        object.__setattr__(made, "_parts", tuple(values[name] for name in (
            "delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict")))
        return made

    def __setattr__(self, name, value):
        raise AttributeError(f"attribute {name!r} of '_csv.Dialect' objects is not writable")

    def __delattr__(self, name):
        raise AttributeError(f"attribute {name!r} of '_csv.Dialect' objects is not writable")


def _check(delimiter, doublequote, escapechar, lineterminator, quotechar, quoting, skipinitialspace, strict):
    _character("delimiter", delimiter, "")
    _character("escapechar", escapechar)
    if not isinstance(lineterminator, str):
        raise TypeError(f'"lineterminator" must be a string, not {type(lineterminator).__name__}')
    _character("quotechar", quotechar)
    if type(quoting) is not int:
        raise TypeError(f'"quoting" must be an integer, not {type(quoting).__name__}')
    if not 0 <= quoting <= QUOTE_NOTNULL:
        raise TypeError('bad "quoting" value')
    if quoting != QUOTE_NONE and quotechar is None:
        raise TypeError("quotechar must be set if quoting enabled")
    characters = {"delimiter": delimiter, "escapechar": escapechar, "quotechar": quotechar}
    for name, value in characters.items():
        if value is not None and (value in "\r\n" or value == " " and skipinitialspace and name != "delimiter"):
            raise ValueError(f"bad {name} value")
    for a, b in (("delimiter", "escapechar"), ("delimiter", "quotechar"), ("escapechar", "quotechar")):
        if characters[a] is not None and characters[a] == characters[b]:
            raise ValueError(f"bad {a} or {b} value")
    for name, value in characters.items():
        if value is not None and value in lineterminator:
            raise ValueError(f"bad {name} or lineterminator value")


for _class, _name in ((Error, "Error"), (_Dialect, "Dialect")):
    _class.__module__, _class.__name__, _class.__qualname__ = "_csv", _name, _name


class Dialect:
    """Describe a CSV dialect.

    This must be subclassed (see csv.excel).  Valid attributes are: delimiter, quotechar, escapechar, doublequote,
    skipinitialspace, lineterminator, quoting.
    """

    _name = ""
    _valid = False
    delimiter = quotechar = escapechar = doublequote = skipinitialspace = lineterminator = quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        self._validate()

    def _validate(self):
        try:
            _Dialect(self)
        except TypeError as error:
            raise Error(str(error)) from None


class excel(Dialect):
    """Describe the usual properties of Excel-generated CSV files."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """Describe the usual properties of Excel-generated TAB-delimited files."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """Describe the usual properties of Unix-generated CSV files."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


_dialects = {}


def register_dialect(*args, **fmtparams):
    """Create a mapping from a string name to a CVS dialect."""
    _check_count("register_dialect", args)
    if not isinstance(args[0], str):
        raise TypeError("dialect name must be a string")
    _dialects[args[0]] = _Dialect(*args[1:], **fmtparams)


def unregister_dialect(name):
    """Delete the name/dialect mapping associated with a string name."""
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    """Return the dialect instance associated with name."""
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    """Return a list of all known dialect names."""
    return list(_dialects)


def _check_count(name, args, most=2):
    if not args:
        raise TypeError(f"{name} expected at least 1 argument, got 0")
    if len(args) > most:
        raise TypeError(f"{name} expected at most {most} arguments, got {len(args)}")


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)
_limit = 131072


def field_size_limit(*args):
    """Sets an upper limit on parsed fields; the old one is returned. Without an argument it is only asked for."""
    global _limit
    if len(args) > 1:
        raise TypeError(f"field_size_limit() takes at most 1 argument ({len(args)} given)")
    old = _limit
    if args:
        if type(args[0]) is not int:
            raise TypeError("limit must be an integer")
        if not -sys.maxsize - 1 <= args[0] <= sys.maxsize:
            raise OverflowError("Python int too large to convert to C ssize_t")
        _limit = args[0]
    return old


# ---- records

def _refuse(record, name):
    """Readers and writers do not change."""
    if name in type(record).__slots__:
        raise AttributeError("readonly attribute")
    raise AttributeError(f"'_csv.{type(record).__name__}' object has no attribute {name!r} and no __dict__ for setting new "
                         "attributes")


def _made(cls, **parts):
    record = object.__new__(cls)
    for name, value in parts.items():
        object.__setattr__(record, name, value)
    return record


class _Reader:
    """Records of lines."""

    __slots__ = ("dialect", "line_num", "_lines", "_parts")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_csv.reader' instances")

    def __setattr__(self, name, value):
        _refuse(self, name)

    def __delattr__(self, name):
        _refuse(self, name)

    def __iter__(self):
        return self

    def __next__(self):
        fields, state = [], None
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if state is None or not state[1] and state[0] != _IN_QUOTED:
                    raise
                if self.dialect.strict:
                    raise Error("unexpected end of data") from None
                fields.append(state[1])
                return fields
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file should be opened in "
                            "text mode)")
            _set_line_num(self, self.line_num + 1)
            state = _parse(line, fields, state, self._parts, _limit)
            if state is None:
                return fields
            if isinstance(state, str):
                raise Error(state)


_set_line_num = _Reader.line_num.__set__
# The number of the state between quotes, in what `parse` gives.
_IN_QUOTED = 4


class _Writer:
    """Writes records to anything with a `write` method."""

    __slots__ = ("dialect", "_write")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_csv.writer' instances")

    def __setattr__(self, name, value):
        _refuse(self, name)

    def __delattr__(self, name):
        _refuse(self, name)

    def writerow(self, row, /):
        """Construct and write a CSV record from an iterable of fields.  Non-string elements will be converted to string."""
        try:
            fields = iter(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        line, fault = _join(fields, self.dialect._parts)
        if fault is not None:
            raise Error(fault)
        return self._write(line)

    def writerows(self, rows, /):
        """Construct and write a series of iterables to a csv file.  Non-string elements will be converted to string."""
        for row in rows:
            self.writerow(row)


for _class, _name in ((_Reader, "reader"), (_Writer, "writer")):
    _class.__module__, _class.__name__, _class.__qualname__ = "_csv", _name, _name


def reader(*args, **fmtparams):
    """A reader of the records in the lines that an iterable gives: reader(iterable [, dialect='excel'] [optional keyword
    args])."""
    dialect = [fmtparams.pop("dialect")] if "dialect" in fmtparams else []
    _check_count("reader", args)
    lines, dialect = iter(args[0]), _Dialect(*args[1:], *dialect, **fmtparams)
    return _made(_Reader, _lines=lines, dialect=dialect, _parts=dialect._parts, line_num=0)


def writer(*args, **fmtparams):
    """A writer of records to a file: writer(fileobj [, dialect='excel'] [optional keyword args])."""
    dialect = [fmtparams.pop("dialect")] if "dialect" in fmtparams else []
    _check_count("writer", args)
    write = getattr(args[0], "write", None)
    if not callable(write):
        raise TypeError('argument 1 must have a "write" method')
    return _made(_Writer, _write=write, dialect=_Dialect(*args[1:], *dialect, **fmtparams))


_stand_for("_csv", register_dialect, unregister_dialect, get_dialect, list_dialects, field_size_limit, reader, writer)


class DictReader:
    """Records as dicts, whose keys are given or stand in the first record."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames, self.restkey, self.restval = fieldnames, restkey, restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect, self.line_num = dialect, 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            # The first record may be the names.
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        found = dict(zip(names, row))
        if len(names) < len(row):
            found[self.restkey] = row[len(names):]
        else:
            for name in names[len(row):]:
                found[name] = self.restval
        return found

    from types import GenericAlias
    __class_getitem__ = classmethod(GenericAlias)
    del GenericAlias


class DictWriter:
    """Writes dicts as records."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames, self.restval = fieldnames, restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            extra = rowdict.keys() - self.fieldnames
            if extra:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(name) for name in extra]))
        return [rowdict.get(name, self.restval) for name in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows(map(self._row, rowdicts))

    __class_getitem__ = DictReader.__dict__["__class_getitem__"]


class Sniffer:
    """Guesses the format of a CSV file (its delimiter and its quotes)."""

    def __init__(self):
        # In order of preference.
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """Returns a dialect (or None) corresponding to the sample."""
        from _csv_sniff import by_frequency, by_quotes
        quotechar, doublequote, delimiter, skipinitialspace = by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, skipinitialspace = by_frequency(sample, delimiters, self.preferred)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL
        dialect.doublequote, dialect.delimiter = doublequote, delimiter
        dialect.quotechar, dialect.skipinitialspace = quotechar or '"', skipinitialspace
        return dialect

    def has_header(self, sample):
        """Whether the first record differs from the others in what its fields look like."""
        from io import StringIO
        from _csv_sniff import looks_like_header
        return looks_like_header(reader(StringIO(sample), self.sniff(sample)))
