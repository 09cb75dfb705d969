"""Cursors: one statement at a time, with its rows."""

from _sqlite3 import ProgrammingError
from _statics import fix, stand_for
from _thread import allocate_lock
from collections import deque
from operator import index
from sqlite3._adapters import adapt, converters as _converters, plain, PrepareProtocol

PARSE_DECLTYPES = 1
PARSE_COLNAMES = 2


class Prepared:
    """A statement, with what is asked of it again and again."""

    __slots__ = ("statement", "sql", "parameters", "is_change", "step", "row")

    def __init__(self, statement, sql):
        self.statement = statement
        self.sql = sql
        self.parameters = statement.parameters()
        self.is_change = statement.is_change
        self.step = statement.step
        self.row = statement.row

    def bind(self, given):
        """Give the parameters their values, from a sequence or by name."""
        names = self.parameters
        if type(given) is tuple or type(given) is list or _is_sequence(given):
            if len(given) != len(names):
                raise ProgrammingError("Incorrect number of bindings supplied. "
                                       f"The current statement uses {len(names)}, and there are {len(given)} supplied.")
            for at, name in enumerate(names):
                if name is not None and not name.startswith("?"):
                    raise ProgrammingError(f"Binding {at + 1} ('{name}') is a named parameter, but you supplied a "
                                           "sequence which requires nameless (qmark) placeholders.")
                self._bind_one(at + 1, given[at])
        elif hasattr(type(given), "__getitem__"):
            for at, name in enumerate(names):
                if name is None:
                    raise ProgrammingError(f"Binding {at + 1} has no name, "
                                           "but you supplied a dictionary (which has only names).")
                try:
                    value = given[name[1:]]
                except LookupError:
                    raise ProgrammingError(f"You did not supply a value for binding parameter :{name[1:]}.") from None
                self._bind_one(at + 1, value)
        else:
            raise ProgrammingError("parameters are of unsupported type")

    def _bind_one(self, at, value):
        if type(value) not in plain:
            value = adapt(value, PrepareProtocol, value)
        if not self.statement.bind(at, value):
            raise ProgrammingError(f"Error binding parameter {at}: type '{type(value).__name__}' is not supported")


def _is_sequence(given):
    # What the C interface takes for one: anything with items but dicts.
    return not isinstance(given, dict) and hasattr(type(given), "__getitem__") and hasattr(type(given), "__len__") \
        and not hasattr(type(given), "keys")


class _ReadOnly:
    """An attribute that only the class itself sets."""

    def __init__(self, doc=None):
        self.__doc__ = doc

    def __set_name__(self, owner, name):
        self._name = "_" + name

    def __get__(self, cursor, owner=None):
        return self if cursor is None else getattr(cursor, self._name)

    def __set__(self, cursor, value):
        raise AttributeError("readonly attribute")

    def __delete__(self, cursor):
        raise AttributeError("readonly attribute")


def kept(name, doc=None, what="cannot delete {} attribute", check=None):
    """An attribute that lies under another name and cannot be deleted."""
    slot = "_" + name

    def get(self):
        return getattr(self, slot)

    def set(self, value):
        setattr(self, slot, value if check is None else check(value))

    def delete(self):
        raise AttributeError(what.format(name))

    return property(get, set, delete, doc)


class Cursor:
    """SQLite database cursor class."""

    __module__ = "sqlite3"

    connection = _ReadOnly()
    description = _ReadOnly()
    lastrowid = _ReadOnly()
    rowcount = _ReadOnly()

    __slots__ = ("_connection", "_description", "_lastrowid", "_rowcount", "_prepared", "_busy", "_closed", "_lock", "_ahead",
                 "_converters", "_arraysize", "_row_factory", "__weakref__")

    arraysize = kept("arraysize", what="attribute '{}' of 'sqlite3.Cursor' objects cannot be deleted", check=index)
    row_factory = kept("row_factory")

    def __new__(cls, /, *args, **kwargs):
        self = object.__new__(cls)
        # Until `__init__` has run.
        self._connection = self._description = self._lastrowid = self._prepared = self._row_factory = None
        self._busy = self._closed = False
        self._rowcount = -1
        self._arraysize = 1
        return self

    def __init__(self, connection, /):
        from sqlite3._connection import Connection
        if not isinstance(connection, Connection):
            raise TypeError(f"Cursor() argument 1 must be sqlite3.Connection, not {type(connection).__name__}")
        connection._check()
        if self._busy:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self._lock = allocate_lock()
        # Rows that were read before they were asked for.
        self._ahead = deque()
        self._connection = connection
        connection._cursors.add(self)
        self._converters = None
        self._arraysize = 1
        self._row_factory = None

    def _check(self, /):
        connection = self._connection
        if connection is None:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        if self._busy:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        connection._check()
        return connection

    def _let_go(self, /):
        """Give the statement back; it can be run again."""
        self._ahead.clear()
        prepared = self._prepared
        if prepared is not None:
            self._prepared = None
            prepared.statement.reset()
            self._connection._keep(prepared)

    def _read_ahead(self, /):
        """Read on to the end, from whatever thread, unless the cursor is in use or its rows are more than plain."""
        if not self._lock.acquire(False):
            return
        try:
            prepared, factory = self._prepared, self._connection._text_factory
            if prepared is None or prepared.is_change or self._converters is not None or factory not in (str, bytes):
                return
            rows = prepared.statement.read_ahead(factory)
            if rows is not None:
                self._ahead.extend(rows)
                self._prepared = None
                self._connection._keep(prepared)
        finally:
            self._lock.release()

    def _take(self, /):
        """Begin to use the cursor; nobody else reads it meanwhile."""
        self._lock.acquire()
        self._busy = True

    def _give(self, /):
        self._busy = False
        self._lock.release()

    def execute(self, sql, parameters=(), /):
        """Executes an SQL statement."""
        _check_sql("execute() argument 1", sql)
        return self._run(sql, parameters, False)

    def executemany(self, sql, seq_of_parameters, /):
        """Repeatedly executes an SQL statement."""
        _check_sql("executemany() argument 1", sql)
        return self._run(sql, iter(seq_of_parameters), True)

    def _run(self, sql, parameters, is_many):
        connection = self._check()
        database = connection._database
        self._take()
        prepared = None
        try:
            self._let_go()
            self._description = None
            self._rowcount = -1
            prepared = connection._prepare(sql)
            if prepared is None:
                return self
            if is_many and not prepared.is_change:
                raise ProgrammingError("executemany() can only execute DML statements.")
            if prepared.is_change:
                self._rowcount = 0
                connection._before_change()
            if is_many:
                for each in parameters:
                    prepared.bind(each)
                    while prepared.step():
                        pass
                    self._rowcount += database.changes
            else:
                prepared.bind(parameters)
                found = connection._step(prepared)
                self._describe(prepared)
                if found:
                    self._prepared, prepared = prepared, None
                elif prepared.is_change:
                    self._rowcount = database.changes
                self._lastrowid = database.last_row
        except BaseException:
            self._rowcount = -1
            raise
        finally:
            self._give()
            if prepared is not None:
                connection._keep(prepared)
        return self

    def _describe(self, prepared):
        statement = prepared.statement
        names = statement.names()
        if not names:
            return
        detects = self._connection._detects
        self._converters = None
        if detects:
            self._converters = tuple(map(self._converter, names, statement.kinds()))
            if detects & PARSE_COLNAMES:
                names = [name.partition("[")[0].removesuffix(" ") if "[" in name else name for name in names]
        self._description = tuple([(name, None, None, None, None, None, None) for name in names])

    def _converter(self, name, kind):
        """The converter of a column, by what its name says in brackets, or by the type that it was declared with."""
        detects = self._connection._detects
        if detects & PARSE_COLNAMES and "[" in name:
            said, closing, _ = name.partition("[")[2].partition("]")
            converter = _converters.get(said.upper()) if closing else None
            if converter is not None:
                return converter
        if detects & PARSE_DECLTYPES and kind is not None:
            return _converters.get(kind.partition(" ")[0].partition("(")[0].upper())
        return None

    def executescript(self, sql_script, /):
        """Executes multiple SQL statements at once."""
        _check_sql("executescript() argument", sql_script)
        if "\0" in sql_script:
            raise ValueError("embedded null character")
        connection = self._check()
        connection._before_script()
        connection._database.run_all(sql_script)
        return self

    def __iter__(self, /):
        return self

    def __next__(self, /):
        self._check()
        self._take()
        try:
            if self._ahead:
                row = self._ahead.popleft()
                if isinstance(row, BaseException):
                    raise row
            elif self._prepared is None:
                raise StopIteration
            else:
                row = self._next_row(self._prepared)
        finally:
            self._give()
        factory = self._row_factory
        return row if factory is None else factory(self, row)

    def _next_row(self, prepared):
        row = prepared.row(self._connection._text_factory, self._converters)
        found = False
        try:
            found = prepared.step()
        finally:
            if not found:
                if prepared.is_change:
                    self._rowcount = self._connection._database.changes
                self._let_go()
        return row

    def fetchone(self, /):
        """Fetches one row from the resultset."""
        return next(self, None)

    def fetchmany(self, /, size=None):
        """Fetches several rows from the resultset."""
        if size is None:
            size = self._arraysize
        size = size.__index__() if hasattr(type(size), "__index__") else _no_index(size)
        if size < 0:
            raise ValueError("Cannot convert negative int")
        rows = []
        for row in self:
            rows.append(row)
            if len(rows) == size:
                break
        return rows

    def fetchall(self, /):
        """Fetches all rows from the resultset."""
        return list(self)

    def setinputsizes(self, sizes, /):
        """Required by DB-API. Does nothing in sqlite3."""

    def setoutputsize(self, size, column=None, /):
        """Required by DB-API. Does nothing in sqlite3."""

    def close(self, /):
        """Closes the cursor."""
        if self._connection is None:
            raise ProgrammingError("Base Cursor.__init__ not called.")
        if self._busy:
            raise ProgrammingError("Recursive use of cursors not allowed.")
        self._connection._check()
        self._let_go()
        self._closed = True


def _no_index(value):
    raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")


def _check_sql(what, sql):
    if not isinstance(sql, str):
        raise TypeError(f"{what} must be str, not {type(sql).__name__}")


stand_for("sqlite3", *vars(Cursor).values())
fix(Cursor)
