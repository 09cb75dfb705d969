# gilbox: -A
"""sqlite3: the default adapters and converters warn at the program's line; what classes, extensions and calls say."""

import datetime
import sqlite3
import sys
import warnings


def t(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


day, moment = datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, 3, 4, 5)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    db = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
    db.execute("create table t(a date, b timestamp)")
    db.execute("insert into t values(?, ?)", (day, moment))
    db.executemany("insert into t values(?, ?)", [(day, moment)])
    print(db.execute("select * from t").fetchall())
    for row in db.execute("select * from t"):
        print(row)
    cursor = db.execute("select * from t")
    print(cursor.fetchone(), cursor.fetchmany(1))
    for each in caught:
        print(each.category.__name__, each.message, each.filename == __file__, each.lineno)

t(db.enable_load_extension, True)
t(db.load_extension, "no_such_extension")
t(db.load_extension, "no_such_extension", entrypoint="x")
t(db.execute, "select load_extension('no_such_extension')")
t(db.enable_load_extension, False)
t(db.load_extension, "no_such_extension")
t(db.execute, "select load_extension('no_such_extension')")
t(db.load_extension, 5)
t(db.load_extension, "x", entrypoint=5)

t(db, 5)
t(type, db("select 1"))
t(db, "select 1; select 2")
t(lambda: db.nothing)
t(lambda: cursor.nothing)
t(lambda: sqlite3.Row.nothing)
t(lambda: sqlite3.Connection.nothing)
t(setattr, db, "nothing", 5)
t(setattr, cursor, "nothing", 5)
t(setattr, sqlite3.Connection, "nothing", 5)
t(sqlite3.Row, 5, 6)
t(db.execute, 5)
t(db.executescript, 5)
t(repr, sqlite3.connect)


class Own(sqlite3.Connection):
    pass


own = sqlite3.connect(":memory:", factory=Own)
own.nothing = 5
print(own.nothing, sqlite3.Connection.__name__, sqlite3.Connection, isinstance(own, sqlite3.Connection))
own.close()
db.close()
