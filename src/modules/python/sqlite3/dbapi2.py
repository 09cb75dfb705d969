"""The names of PEP 249, and SQLite's own."""

import collections.abc
import datetime
import time

from _sqlite3 import *
from sqlite3._adapters import PrepareProtocol, adapt, adapters, converters, register_adapter, register_converter
from sqlite3._adapters import _register_usual
from sqlite3._connection import Connection, LEGACY_TRANSACTION_CONTROL, enable_callback_tracebacks, connect
from sqlite3._cursor import Cursor, PARSE_COLNAMES, PARSE_DECLTYPES
from sqlite3._values import Blob, Row

apilevel = "2.0"
paramstyle = "qmark"
threadsafety = 3
sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))

Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
Binary = memoryview

collections.abc.Sequence.register(Row)


def DateFromTicks(ticks):
    return Date(*time.localtime(ticks)[:3])


def TimeFromTicks(ticks):
    return Time(*time.localtime(ticks)[3:6])


def TimestampFromTicks(ticks):
    return Timestamp(*time.localtime(ticks)[:6])


_register_usual()
