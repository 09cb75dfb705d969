"""Rows, text factories, adapters and converters, dumps, backups, blobs, limits."""

import sqlite3


def t(function, *args, **kwargs):
    try:
        print("ok", function(*args, **kwargs))
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error, getattr(error, "sqlite_errorcode", None),
              getattr(error, "sqlite_errorname", None))


con = sqlite3.connect(":memory:")
ex=lambda s,p=(): con.execute(s,p).fetchall()
t(ex, "select cast(x'ff' as text) as c")
con.text_factory=bytes; t(ex, "select 'x', 1")
con.text_factory=lambda b: b.decode().upper(); t(ex, "select 'x', 1"); con.text_factory=str
con.row_factory=sqlite3.Row
r=con.execute("select 1 as a, 2 as B").fetchone()
print(r.keys(), r['b'], r[0], r[-1], len(r), tuple(r), r==con.execute("select 1 as a, 2 as B").fetchone(), hash(r)==hash(con.execute("select 1 as a, 2 as B").fetchone()), r[0:1], dict(r))
t(lambda: r['zz']); t(lambda: r[5]); t(lambda: r[1.5]); t(sqlite3.Row); t(lambda: sqlite3.Row(1,2)); t(lambda: sqlite3.Row(con.cursor(),2)); print(repr(r).split(' at')[0]);
con.row_factory=None
import datetime, warnings
warnings.simplefilter("ignore")
con=sqlite3.connect(":memory:",detect_types=sqlite3.PARSE_DECLTYPES|sqlite3.PARSE_COLNAMES)
con.execute("create table t(a date, b timestamp, c mine(5))")
class M:
    def __init__(s,x): s.x=x
    def __repr__(s): return "M(%r)"%s.x
sqlite3.register_adapter(M, lambda m: m.x); sqlite3.register_converter("mine", M)
con.execute("insert into t values(?,?,?)",(datetime.date(2020,1,2),datetime.datetime(2020,1,2,3,4,5,678),M("q")))
t(ex,"select * from t"); t(ex,"select c as 'c [mine]', 1 as \"x [foo]\" from t"); print(con.execute("select c as 'c [mine]' from t").description)
class C:
    def __conform__(s,p): return "conf" if p is sqlite3.PrepareProtocol else None
t(ex,"select ?",(C(),))
t(sqlite3.adapt, C()); t(sqlite3.adapt, object()); t(sqlite3.adapt,object(),sqlite3.PrepareProtocol,5)
print("\n".join(con.iterdump()))
con.commit(); b=sqlite3.connect(":memory:"); con.backup(b, pages=1, progress=lambda *a: print(a)); print(list(b.iterdump()))
t(con.backup, con); t(con.backup, 5)
t(con.getlimit, 99); t(con.getlimit, sqlite3.SQLITE_LIMIT_LENGTH); t(con.setlimit, sqlite3.SQLITE_LIMIT_SQL_LENGTH, 10); t(con.execute,"select 1234567890"); 
t(con.getconfig, sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY); t(con.getconfig, 5)
c3=sqlite3.connect(":memory:")
c3.execute("create table b(x)"); c3.execute("insert into b values(zeroblob(10))")
bl=c3.blobopen("b","x",1); print(len(bl), bl.read(3), bl.tell(), bl.seek(0,2), bl.tell()); bl.seek(0); bl.write(b"abc"); bl[5]=65; bl[6:8]=b"xy"; print(bl[0], bl[1:4], bl[-1]); 
t(lambda: bl[99]); t(bl.write, b"x"*20); t(bl.seek, 99); t(lambda: bl.__setitem__(0,300)); t(lambda: bl.__setitem__(0,"x")); t(bl.seek,0,7)
t(lambda: bl.__setitem__(slice(0,2),b"x"))
bl.close(); t(bl.read); t(c3.blobopen,"b","x",9); t(c3.blobopen,"b","nox",1)
print(c3.execute("select x from b").fetchone())
d=c3.serialize(); c4=sqlite3.connect(":memory:"); c4.deserialize(d); print(c4.execute("select * from b").fetchall()); t(c4.deserialize,b"xx"); t(c4.execute,"select * from b")
