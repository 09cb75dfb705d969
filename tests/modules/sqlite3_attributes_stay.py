"""sqlite3: what cannot be deleted, what has no bytes, and calls of a cursor from within its own work."""

import sqlite3


def t(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


c = sqlite3.connect(":memory:", detect_types=3)
u = c.cursor()
for owner, name in ((c, "row_factory"), (c, "text_factory"), (u, "row_factory"), (u, "arraysize"), (c, "isolation_level"),
                    (c, "autocommit"), (c, "total_changes"), (c, "in_transaction"), (u, "description"), (u, "connection")):
    t(delattr, owner, name)
    t(lambda: getattr(owner, name) is None)
    t(setattr, owner, name, "x")
u.arraysize = 1
c.row_factory = u.row_factory = None
c.text_factory = str

c.executescript("create table p(id integer primary key); create table q(p references p(id)); insert into q values(7)")
print(list(c.iterdump()))
sqlite3.register_converter("CV", lambda content: ("converted", content))
c.execute("create table r(a cv)")
c.executemany("insert into r values(?)", [(b"",), ("",), (b"x",), (None,)])
print(c.execute("select * from r").fetchall())
t(c.execute, "select ?", (memoryview(b"abcdef")[::2],))
t(lambda: c.execute("select ?", (memoryview(b"abcdef")[1:3],)).fetchall())
c.create_function("parts", 0, lambda: memoryview(b"abcdef")[::2])
t(c.execute, "select parts()")


class Level(str):
    def upper(self):
        return None


c.isolation_level = Level("deferred")
print(c.isolation_level)

x = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_COLNAMES)
cursor = x.cursor()
cursor.execute("create table t(x)")
cursor.executemany("insert into t values(?)", [("a",), ("b",)])
sqlite3.register_converter("INIT", lambda content: cursor.__init__(x))
sqlite3.register_converter("ITER", lambda content: cursor.fetchone())
sqlite3.register_converter("CLOSE", lambda content: cursor.close())
for name in ("INIT", "ITER", "CLOSE"):
    cursor.execute(f'select x as "x [{name}]" from t')
    t(cursor.fetchall)
t(x.create_function, "f", -2, print)
t(x.execute, "select f(1)")
t(x.create_collation, "a", 5)
t(x.create_collation, "\ud800", print)
x.close()
c.close()
