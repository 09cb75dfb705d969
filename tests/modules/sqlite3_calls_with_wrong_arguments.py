"""What sqlite3 says of wrong arguments."""

import sqlite3


def attempt(function, *args, **keywords):
    try:
        function(*args, **keywords)
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print(f"{function.__name__}: nothing is wrong")


connection = sqlite3.connect(":memory:")
cursor = connection.cursor()
for owner in (connection, cursor):
    for name in ("execute", "executemany", "executescript", "close"):
        function = getattr(owner, name)
        if name != "close":
            attempt(function)
            attempt(function, 1, ())
        attempt(function, "", (), 3)
        attempt(function, x=1)
for name in ("commit", "rollback", "interrupt"):
    attempt(getattr(connection, name), 1)
    attempt(getattr(connection, name), x=1)
for name in ("fetchone", "fetchall"):
    attempt(getattr(cursor, name), 1)
attempt(cursor.fetchmany, 1, 2)
attempt(cursor.fetchmany, "x")
attempt(cursor.fetchmany, x=1)
attempt(connection.iterdump, 1)
attempt(connection.create_aggregate, "a")
attempt(connection.serialize, 1)
attempt(connection.blobopen)
attempt(connection.blobopen, "t", "c", 1, 2)
attempt(sqlite3.Cursor)
attempt(sqlite3.Cursor, 1)
attempt(sqlite3.Cursor, 1, 2)
attempt(sqlite3.Row)
attempt(sqlite3.Row, 1, 2)
attempt(sqlite3.Blob)
attempt(sqlite3.adapt)
attempt(sqlite3.adapt, 1, 2, 3, 4)
attempt(sqlite3.register_adapter)
attempt(sqlite3.register_adapter, 1)
attempt(sqlite3.register_converter, 1, 2)
attempt(sqlite3.register_converter, "x")
attempt(sqlite3.enable_callback_tracebacks)
attempt(sqlite3.enable_callback_tracebacks, "x")
attempt(sqlite3.PrepareProtocol, 1, 2)
connection.close()
