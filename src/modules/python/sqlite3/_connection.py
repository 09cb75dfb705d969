"""Connections: statements that are kept, and transactions."""

import gc
import time
import warnings
import weakref
from _statics import fix, stand_for
from operator import index

import _sqlite3
from sqlite3._cursor import Cursor, Prepared, kept
from sqlite3._values import Blob

LEGACY_TRANSACTION_CONTROL = -1

_LEVELS = ("", "DEFERRED", "IMMEDIATE", "EXCLUSIVE")

# Whether what goes wrong in functions is shown, in every connection that there is and will be.
_shows_errors = False
_connections = weakref.WeakSet()


def enable_callback_tracebacks(enable, /):
    """Enable or disable callback functions throwing errors to stderr."""
    global _shows_errors
    _shows_errors = index(enable) != 0
    for connection in list(_connections):
        connection._database.show_errors(_shows_errors)


def free_cursors():
    """Free tables that cursors hold which have not read them to the end, and which often nobody has any more.

    Where references are counted such a cursor is gone at once. Here those that are found are collected, and others read
    on to the end and keep their rows."""
    gc.collect()
    for connection in list(_connections):
        connection._database.tidy()
        for cursor in list(connection._cursors):
            cursor._read_ahead()


def connect(database, *args, **kwargs):
    """Open a connection to the SQLite database file 'database'.

    You can use ":memory:" to open a database connection to a database that
    resides in RAM instead of on disk.

    Note: Passing more than 1 positional argument to _sqlite3.connect() is
    deprecated. Parameters 'timeout', 'detect_types', 'isolation_level',
    'check_same_thread', 'factory', 'cached_statements' and 'uri' will
    become keyword-only parameters in Python 3.15."""
    if args:
        _warn_of_positions("sqlite3.connect")
    factory = kwargs.get("factory", args[4] if len(args) > 4 else Connection)
    return factory(database, *args, **kwargs)


def _warn_of_positions(name):
    warnings.warn(f"Passing more than 1 positional argument to {name}() is deprecated. Parameters 'timeout', "
                  "'detect_types', 'isolation_level', 'check_same_thread', 'factory', 'cached_statements' and 'uri' "
                  "will become keyword-only parameters in Python 3.15.", DeprecationWarning, stacklevel=3)


def _level(level):
    if level is None:
        return None
    if not isinstance(level, str):
        raise TypeError("isolation_level must be str or None")
    # Whatever a class of the program's own makes of it.
    level = str.upper(level)
    if level not in _LEVELS:
        raise ValueError("isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'")
    return level


def _autocommit(mode):
    if mode is not True and mode is not False and mode != LEGACY_TRANSACTION_CONTROL:
        raise ValueError("autocommit must be True, False, or sqlite3.LEGACY_TRANSACTION_CONTROL")
    return mode


class _Told(property):
    """An attribute that is only read."""

    def __set__(self, connection, value):
        raise AttributeError(f"attribute '{self.fget.__name__}' of 'sqlite3.Connection' objects is not writable")

    def __delete__(self, connection):
        self.__set__(connection, None)


class Connection:
    """SQLite database connection object."""

    __module__ = "sqlite3"
    __slots__ = ("_database", "_level", "_mode", "_detects", "_most_kept", "_kept", "_cursors", "_row_factory", "_text_factory",
                 "__weakref__")

    row_factory = kept("row_factory")
    text_factory = kept("text_factory")

    def __new__(cls, /, *args, **kwargs):
        self = object.__new__(cls)
        # Until `__init__` has run.
        self._database = None
        self._row_factory = None
        self._text_factory = str
        return self

    def __init__(self, /, database, timeout=5.0, detect_types=0, isolation_level="", check_same_thread=True,
                 factory=None, cached_statements=128, uri=False, *, autocommit=LEGACY_TRANSACTION_CONTROL):
        level, mode = _level(isolation_level), _autocommit(autocommit)
        self._database = _sqlite3.Database(database, timeout, uri, check_same_thread)
        self._level = level
        self._mode = mode
        self._detects = detect_types
        self._most_kept = cached_statements
        self._kept = {}
        self._cursors = weakref.WeakSet()
        self._row_factory = None
        self._text_factory = str
        self._database.set_busy(free_cursors)
        if _shows_errors:
            self._database.show_errors(True)
        _connections.add(self)
        if mode is False:
            self._do("BEGIN")

    def __del__(self, /):
        if self._database is not None and not self._database.is_closed:
            warnings.warn(f"unclosed database in {self!r}", ResourceWarning, source=self)

    def __reduce__(self, /):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")

    # ---- statements

    def _check(self, /):
        if self._database is None:
            raise _sqlite3.ProgrammingError("Base Connection.__init__ not called.")
        self._database.check()

    def _prepare(self, sql):
        """A statement that is ready to be run; None if there is none in the text."""
        prepared = self._kept.pop(sql, None)
        if prepared is None:
            statement = self._database.prepare(sql)
            if statement is not None:
                prepared = Prepared(statement, sql)
        return prepared

    def _keep(self, prepared):
        """Keep a statement for the next time, and forget the one that has been idle longest."""
        kept = self._kept
        kept[prepared.sql] = prepared
        while len(kept) > self._most_kept:
            try:
                kept.pop(next(iter(kept)), None)
            except (StopIteration, RuntimeError):
                break

    def _do(self, sql):
        prepared = self._prepare(sql)
        try:
            self._step(prepared)
        finally:
            self._keep(prepared)

    def _step(self, prepared):
        """The first step; once again if the table was in use, maybe by a forgotten cursor."""
        try:
            return prepared.step()
        except _sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != _sqlite3.SQLITE_LOCKED:
                raise
        free_cursors()
        return prepared.step()

    def __call__(self, sql, /):
        self._check()
        if not isinstance(sql, str):
            raise TypeError(f"argument 1 must be str, not {type(sql).__name__}")
        return self._database.prepare(sql)

    def cursor(self, /, factory=Cursor):
        """Return a cursor for the connection."""
        self._check()
        cursor = factory(self)
        if not isinstance(cursor, Cursor):
            raise TypeError(f"factory must return a cursor, not {type(cursor).__name__}")
        if self._row_factory is not None:
            cursor.row_factory = self._row_factory
        return cursor

    def execute(self, sql, parameters=(), /):
        """Executes an SQL statement."""
        return Connection.cursor(self).execute(sql, parameters)

    def executemany(self, sql, parameters, /):
        """Repeatedly executes an SQL statement."""
        return Connection.cursor(self).executemany(sql, parameters)

    def executescript(self, sql_script, /):
        """Executes multiple SQL statements at once."""
        return Connection.cursor(self).executescript(sql_script)

    def close(self, /):
        """Close the database connection.

        Any pending transaction is not committed implicitly."""
        if self._database is None:
            raise _sqlite3.ProgrammingError("Base Connection.__init__ not called.")
        if not self._database.is_closed:
            self._database.check()
            if self._mode is False and self._database.in_transaction:
                self._do("ROLLBACK")
        self._kept.clear()
        self._database.close()

    def interrupt(self, /):
        """Abort any pending database operation."""
        if self._database is None:
            raise _sqlite3.ProgrammingError("Base Connection.__init__ not called.")
        self._database.interrupt()

    # ---- transactions

    @_Told
    def in_transaction(self):
        self._check()
        return self._database.in_transaction

    @_Told
    def total_changes(self):
        self._check()
        return self._database.total_changes

    @property
    def isolation_level(self):
        self._check()
        return self._level

    @isolation_level.setter
    def isolation_level(self, level):
        level = _level(level)
        if level is None and self.in_transaction:
            self._do("COMMIT")
        self._level = level

    @isolation_level.deleter
    def isolation_level(self):
        raise AttributeError("cannot delete attribute")

    @property
    def autocommit(self):
        self._check()
        return self._mode

    @autocommit.setter
    def autocommit(self, mode):
        self._check()
        mode = _autocommit(mode)
        if mode is True and self._database.in_transaction:
            self._do("COMMIT")
        elif mode is False and not self._database.in_transaction:
            self._do("BEGIN")
        self._mode = mode

    @autocommit.deleter
    def autocommit(self):
        raise AttributeError("cannot delete autocommit attribute")

    def _is_legacy(self, /):
        return self._mode is not True and self._mode is not False

    def _before_change(self, /):
        """By the older rules a change begins a transaction."""
        if self._is_legacy() and self._level is not None and not self._database.in_transaction:
            try:
                self._do(f"BEGIN {self._level}")
            except _sqlite3.OperationalError:
                # Another thread with the same connection may have begun it since that was asked.
                if not self._database.in_transaction:
                    raise

    def _before_script(self, /):
        """By the older rules a script begins outside of transactions."""
        if self._is_legacy() and self._database.in_transaction:
            self._do("COMMIT")

    def _end(self, how):
        self._check()
        if self._is_legacy():
            if self._database.in_transaction:
                self._do(how)
        elif self._mode is False:
            self._do(how)
            self._do("BEGIN")

    def commit(self, /):
        """Commit any pending transaction to the database.

        If there is no open transaction, this method is a no-op."""
        self._end("COMMIT")

    def rollback(self, /):
        """Roll back to the start of any pending transaction.

        If there is no open transaction, this method is a no-op."""
        self._end("ROLLBACK")

    def __enter__(self, /):
        """Called when the connection is used as a context manager.

        Returns itself as a convenience to the caller."""
        self._check()
        return self

    def __exit__(self, type, value, traceback, /):
        """Called when the connection is used as a context manager.

        If there was any exception, a rollback takes place; otherwise we commit."""
        if type is not None:
            self.rollback()
            return False
        try:
            self.commit()
        except BaseException:
            self.rollback()
            raise
        return False

    # ---- what SQLite calls

    def _check_count(self, narg):
        most = self.getlimit(_sqlite3.SQLITE_LIMIT_FUNCTION_ARG)
        if not -1 <= narg <= most:
            raise _sqlite3.ProgrammingError(f"'narg' must be between -1 and {most}, not {narg}")

    def create_function(self, /, name, narg, func, *, deterministic=False):
        """Creates a new function."""
        self._check()
        self._check_count(narg)
        self._database.create_function(name, narg, func, deterministic)

    def create_aggregate(self, /, name, n_arg, aggregate_class):
        """Creates a new aggregate."""
        self._check()
        self._check_count(n_arg)
        self._database.create_aggregate(name, n_arg, aggregate_class, False)

    def create_window_function(self, name, num_params, aggregate_class, /):
        """Creates or redefines an aggregate window function. Using None will remove the definition."""
        self._check()
        self._check_count(num_params)
        self._database.create_aggregate(name, num_params, aggregate_class, True)

    def create_collation(self, name, callback, /):
        """Creates a collation function."""
        self._check()
        if not isinstance(name, str):
            raise TypeError(f"create_collation() argument 1 must be str, not {type(name).__name__}")
        if callback is not None and not callable(callback):
            raise TypeError("parameter must be callable")
        self._database.create_collation(name, callback)

    def set_authorizer(self, /, authorizer_callback):
        """Set authorizer callback."""
        self._check()
        self._database.set_authorizer(authorizer_callback)

    def set_progress_handler(self, /, progress_handler, n):
        """Set progress handler callback: it is called every n instructions of SQLite's machine."""
        self._check()
        self._database.set_progress(progress_handler, n)

    def set_trace_callback(self, /, trace_callback):
        """Set a trace callback called for each SQL statement (passed as unicode)."""
        self._check()
        self._database.set_tracer(trace_callback)

    # ---- limits and switches

    def enable_load_extension(self, enable, /):
        """Enable dynamic loading of SQLite extension modules."""
        self._check()
        self._database.enable_load_extension(enable)

    def load_extension(self, name, /, *, entrypoint=None):
        """Load SQLite extension module."""
        if not isinstance(name, str):
            raise TypeError(f"load_extension() argument 1 must be str, not {type(name).__name__}")
        if entrypoint is not None and not isinstance(entrypoint, str):
            raise TypeError("load_extension() argument 'entrypoint' must be str or None, "
                            f"not {type(entrypoint).__name__}")
        self._check()
        self._database.load_extension(name, entrypoint)

    def getlimit(self, category, /):
        """Get connection run-time limits."""
        return self.setlimit(category, -1)

    def setlimit(self, category, limit, /):
        """Set connection run-time limits. The limit that it was is returned."""
        self._check()
        return self._database.limit(category, limit)

    def getconfig(self, op, /):
        """Query a boolean connection configuration option."""
        self._check()
        return self._database.config(op, -1)

    def setconfig(self, op, enable=True, /):
        """Set a boolean connection configuration option."""
        self._check()
        if self._database.config(op, 1 if enable else 0) != bool(enable):
            raise _sqlite3.OperationalError("Unable to set config")

    # ---- whole databases, and single values

    def iterdump(self, /, *, filter=None):
        """Returns iterator to the dump of the database in an SQL text format."""
        self._check()
        from sqlite3._dump import iterdump
        return iterdump(self, filter=filter)

    def backup(self, /, target, *, pages=-1, progress=None, name="main", sleep=0.250):
        """Makes a backup of the database."""
        if not isinstance(target, Connection):
            raise TypeError(f"backup() argument 'target' must be sqlite3.Connection, not {type(target).__name__}")
        self._check()
        target._check()
        if target is self:
            raise ValueError("target cannot be the same connection instance")
        if progress is not None and not callable(progress):
            raise TypeError("progress argument must be a callable")
        self._database.backup(target._database, pages or -1, name, progress, lambda: time.sleep(sleep))

    def serialize(self, /, *, name="main"):
        """Serialize a database into a byte string."""
        self._check()
        return self._database.serialize(name)

    def deserialize(self, data, /, *, name="main"):
        """Load a serialized database."""
        self._check()
        if isinstance(data, str):
            data = data.encode()
        self._database.deserialize(data, name)

    def blobopen(self, table, column, rowid, /, *, readonly=False, name="main"):
        """Open and return a BLOB object."""
        self._check()
        return Blob._of(self._database.open_blob(table, column, rowid, readonly, name))

    Warning = _sqlite3.Warning
    Error = _sqlite3.Error
    InterfaceError = _sqlite3.InterfaceError
    DatabaseError = _sqlite3.DatabaseError
    DataError = _sqlite3.DataError
    OperationalError = _sqlite3.OperationalError
    IntegrityError = _sqlite3.IntegrityError
    InternalError = _sqlite3.InternalError
    ProgrammingError = _sqlite3.ProgrammingError
    NotSupportedError = _sqlite3.NotSupportedError


stand_for("sqlite3", *vars(Connection).values())
fix(Connection)
stand_for("_sqlite3", enable_callback_tracebacks, connect)
