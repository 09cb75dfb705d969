"""Transactions by the older and the newer rules, row counts, subclasses, dumps."""

import sqlite3


def t(function, *args, **kwargs):
    try:
        print("ok", function(*args, **kwargs))
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error, getattr(error, "sqlite_errorcode", None),
              getattr(error, "sqlite_errorname", None))


try: sqlite3.version
except AttributeError as e: print(e)
con=sqlite3.connect(":memory:")
con.executescript("""create table "a'b"(x integer primary key autoincrement, "y""z" text); insert into "a'b"("y""z") values('it''s'),(null); create view v as select * from "a'b"; create index i on "a'b"("y""z"); create table b(x); """)
print(*con.iterdump(), sep="\n")
print(list(con.iterdump(filter="b%")))
try: con.iterdump(5)
except TypeError as e: print(e)
cur=con.execute("select * from b")
for a in ("description","rowcount","lastrowid","connection"):
    try: setattr(cur,a,1); print("set",a)
    except AttributeError as e: print(e)
t(cur.fetchmany, -1); t(cur.fetchmany, "x"); t(cur.fetchmany, size=2); t(cur.setinputsizes, []); t(cur.setoutputsize,1,2)
t(cur.executemany,"insert into b values(?)", [(1,),(2,),(3,)]); print(cur.rowcount, cur.lastrowid, cur.description)
t(cur.execute,"update b set x=x+1"); print(cur.rowcount)
t(cur.execute,"insert into b values(9) returning x"); print(cur.rowcount, cur.description); t(cur.fetchall); print(cur.rowcount)

print(con.in_transaction); con.commit(); print(con.in_transaction)
with con: con.execute("insert into b values(77)"); print(con.in_transaction)
print(con.in_transaction)
try:
    with con: con.execute("insert into b values(78)"); 1/0
except ZeroDivisionError: pass
t(con.execute("select count(*) from b").fetchone)
print(type(con("select 1")))
c=sqlite3.connect(":memory:",isolation_level=None); c.execute("create table t(x)"); c.execute("insert into t values(1)"); print(c.in_transaction); c.execute("begin"); print(c.in_transaction); c.rollback(); print(c.in_transaction)
c=sqlite3.connect(":memory:",autocommit=False); print(c.in_transaction, c.autocommit); c.execute("create table t(x)"); c.commit(); print(c.in_transaction); c.rollback(); print(c.in_transaction); c.autocommit=True; print(c.in_transaction); c.commit(); c.autocommit=False; print(c.in_transaction); 
with c: c.execute("insert into t values(1)")
print(c.in_transaction); c.close()
class MyCon(sqlite3.Connection):
    def __init__(self,*a,**k): super().__init__(*a,**k); self.tag=1
    def cursor(self): return super().cursor(MyCur)
class MyCur(sqlite3.Cursor): pass
c=sqlite3.connect(":memory:",factory=MyCon); print(type(c).__name__, c.tag, type(c.execute("select 1")).__name__)
class Bad(sqlite3.Connection):
    def __init__(self,*a,**k): pass
b=Bad(":memory:"); t(b.execute,"select 1"); t(b.cursor); t(lambda: b.in_transaction)
class BadC(sqlite3.Cursor):
    def __init__(self,c): pass
b=BadC(con); t(b.execute,"select 1"); t(b.fetchone)
t(sqlite3.Cursor, 5); t(sqlite3.Cursor)
cur=con.cursor()
def gen():
    yield (1,); cur.execute("select 1"); yield (2,)
t(cur.executemany,"insert into b values(?)",gen())
con.row_factory=lambda c,r: dict(zip([d[0] for d in c.description],r)); t(con.execute("select 1 as q").fetchall); con.row_factory=None
con.rollback()
t(con.create_function,"bad",1,5); t(con.execute,"select bad(1)")
t(sqlite3.complete_statement,"select 1;"); t(sqlite3.complete_statement,"select 1"); t(sqlite3.complete_statement,1)
print(sqlite3.Binary(b"x"), sqlite3.Date(2020,1,1), con.execute("select ?",(memoryview(b"abc"),)).fetchone(), con.execute("select typeof(?),typeof(?),typeof(?)",(True,1.0,bytearray(b"1"))).fetchone())
t(con.executemany,"select 1",[]); t(con.execute,"select ?",iter([1])); t(con.execute,"select ?","a"); t(con.execute,"select :a, :a",{"a":3})
class D(dict):
    def __missing__(s,k): return k+"!"
t(con.execute("select :a",D()).fetchone)
t(con.setconfig, sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY, False); t(con.interrupt)
cur=con.execute("select 1 union select 2 union select 3"); next(cur); con.commit(); t(cur.fetchall); 
cur=con.execute("select 1 union select 2 union select 3"); next(cur); con.rollback(); t(cur.fetchall); 
cur=con.execute("select 1 union select 2 union select 3"); cur2=iter(cur); print(cur2 is cur); con.close(); t(cur.fetchall)
import pickle
t(pickle.dumps, c)
