"""Connections and cursors of sqlite3, and what they raise."""

import sqlite3


def t(function, *args, **kwargs):
    try:
        print("ok", function(*args, **kwargs))
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error, getattr(error, "sqlite_errorcode", None),
              getattr(error, "sqlite_errorname", None))


con = sqlite3.connect(":memory:")
t(con.execute, 1)
t(con.execute)
t(con.execute, "select ?", 1)
t(con.execute, "select ?", ())
t(con.execute, "select ?", (1,2))
t(con.execute, "select ?", {'a':1})
t(con.execute, "select :a", (1,))
t(con.execute, "select :a", {'b':1})
t(con.execute, "select :a, ?2", {'a':1})
t(con.execute, "select ?", (object,))
t(con.execute, "select :a", {'a':object})
t(con.execute, "select ?", (2**63,))
t(con.execute, "select ?", ("\ud800",))
t(con.execute, "select 1; select 2")
t(con.execute, "select 1; -- x")
t(con.execute, "select \0 1")
t(con.execute, "selec 1")
t(con.execute, "select * from nope")
t(con.execute, "\ud800")
t(con.execute, "")
t(con.execute, "  -- nothing")
t(con.executemany, "select ?", [(1,)])
t(con.executemany, "select ?", 1)
t(con.executescript, 1)
t(con.executescript, "create table a(x unique not null); insert into a values(1); select x from a;")
t(con.execute, "insert into a values(1)")
t(con.execute, "insert into a values(null)")
t(con.executescript, "create table b(x); selec")
t(con.executescript, "a\0b")
cur=con.cursor()
t(cur.fetchone)
t(cur.execute, "select 1 as a, 2 as b")
print(cur.description, cur.rowcount, cur.lastrowid, cur.arraysize, cur.connection is con)
cur.close()
t(cur.fetchone); t(cur.execute, "select 1"); t(cur.close)
t(con.cursor, 1)
t(con.cursor, lambda c: 5)
print(con.isolation_level, con.in_transaction, con.autocommit, con.total_changes, con.row_factory, con.text_factory)
def setiso(v): con.isolation_level=v; return con.isolation_level
for v in ("deferred","IMMEDIATE","x",None,1,"",): t(setiso, v)
def seta(v): con.autocommit=v
t(seta, 5)
t(sqlite3.connect, 5)
t(sqlite3.connect, ":memory:", isolation_level="foo")
t(sqlite3.connect, ":memory:", autocommit=7)
t(sqlite3.connect, "a\0b")
print(repr(con).split(' at ')[0], repr(cur).split(' at ')[0])
con.close()
t(con.execute,"select 1"); t(con.cursor); t(con.commit); t(con.close); 
t(lambda: con.in_transaction); t(lambda: con.total_changes); t(lambda: con.isolation_level);t(lambda: con.autocommit)
t(con.__enter__)
