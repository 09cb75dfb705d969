# gilbox: --switch-interval 0.005
"""Without leave a database may only be in memory, however it is named."""

import sqlite3


def t(function, *args, **kwargs):
    try:
        print("ok", function(*args, **kwargs).fetchone())
    except (OSError, sqlite3.Error) as error:
        print(type(error).__name__, error)


db = sqlite3.connect(":memory:")
t(db.execute, "SELECT 6 * 7")
t(sqlite3.connect, "/tmp/some.db")
t(sqlite3.connect, "file:/tmp/some.db?mode=ro", uri=True)
t(sqlite3.connect, "file:/tmp/some.db?vfs=unix-none", uri=True)
t(db.execute, "ATTACH DATABASE '/etc/passwd' AS other")
t(sqlite3.connect("file:memory?mode=memory&cache=shared", uri=True).execute, "SELECT 1")
# More than fits into the cache of pages is sorted in memory, too.
db.execute("CREATE TABLE t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 30000) "
           "SELECT x, hex(randomblob(100)) AS noise FROM n")
t(db.execute, "SELECT count(*) FROM (SELECT noise FROM t ORDER BY noise)")
# Native code knows no gate.
for call in (lambda: db.enable_load_extension(True), lambda: db.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION),
             lambda: db.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER), lambda: db.load_extension("some"),
             lambda: db.execute("SELECT load_extension('some')"), lambda: db.execute("SELECT fts3_tokenizer('x', x'00')")):
    t(call)
