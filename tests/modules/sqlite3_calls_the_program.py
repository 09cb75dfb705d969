"""Functions, aggregates, windows, orders and questions that SQLite puts to the program."""

import sqlite3


def t(function, *args, **kwargs):
    try:
        print("ok", function(*args, **kwargs))
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error, getattr(error, "sqlite_errorcode", None),
              getattr(error, "sqlite_errorname", None))


con = sqlite3.connect(":memory:")
ex=lambda s,p=(): con.execute(s,p).fetchall()
t(con.create_function,"f",1,lambda x:1/0)
t(ex,"select f(1)")
t(con.create_function,"f",1,lambda x:object())
t(ex,"select f(1)")
t(con.create_function,"f",1,lambda x:2**70)
t(ex,"select f(1)")
t(con.create_function,"f",1,lambda x:"\ud800")
t(ex,"select f(1)")
t(con.create_function,"f",1,None)
t(ex,"select f(1)")
t(con.create_function,"f",-5, lambda:1)
t(con.create_function,"g",0, lambda:1, deterministic=True)
t(ex,"select g()")
t(con.create_function, "h",-1,lambda *a:repr(a))
t(ex,"select h(1,2.5,'x',x'00ff',null)")
t(ex, "select h(cast(x'ff' as text))")
class A:
    def __init__(self): self.t=0
    def step(self,x): self.t+=x
    def finalize(self): return self.t
t(con.create_aggregate,"s",1,A)
t(ex,"select s(column1) from (values (1),(2))")
t(ex,"select s(1) where 0")
class B:
    def __init__(self): 1/0
t(con.create_aggregate,"s",1,B); t(ex,"select s(1)")
class B: pass
t(con.create_aggregate,"s",1,B); t(ex,"select s(1)")
class B:
    def step(self,x): 1/0
    def finalize(self): return 5
t(con.create_aggregate,"s",1,B); t(ex,"select s(1)")
class B:
    def step(self,x): pass
    def finalize(self): 1/0
t(con.create_aggregate,"s",1,B); t(ex,"select s(1)")
class B:
    def step(self,x): pass
t(con.create_aggregate,"s",1,B); t(ex,"select s(1)")
class W(A):
    def inverse(self,x): self.t-=x
    def value(self): return self.t
t(con.create_window_function,"w",1,W)
t(ex,"select column1, w(column1) over (order by column1 rows between 1 preceding and current row) from (values (1),(2),(3))")
t(con.create_window_function,"w",1,A)
t(ex,"select column1, w(column1) over (order by column1 rows between 1 preceding and current row) from (values (1),(2),(3))")
t(con.create_collation,"rev",lambda a,b:(a<b)-(a>b))
t(ex,"select column1 from (values ('a'),('b')) order by column1 collate rev")
t(con.create_collation,"rev",lambda a,b:1/0)
t(ex,"select column1 from (values ('a'),('b')) order by column1 collate rev")
t(con.create_collation,"rev",lambda a,b:"x")
t(ex,"select column1 from (values ('a'),('b')) order by column1 collate rev")
t(con.create_collation,"rev",5)
t(con.create_collation,"rev",None)
t(ex,"select column1 from (values ('a'),('b')) order by column1 collate rev")
t(con.create_collation,1,None)
con.set_authorizer(lambda *a: (print(a), 0)[1])
t(ex,"select 1")
con.set_authorizer(lambda *a: 1); t(ex,"select 1")
con.set_authorizer(lambda *a: 1/0); t(ex,"select 1")
con.set_authorizer(lambda *a: "x"); t(ex,"select 1")
con.set_authorizer(None); t(ex,"select 1")
con.set_progress_handler(lambda: 1, 1); t(ex,"select 1")
con.set_progress_handler(lambda: 1/0, 1); t(ex,"select 1")
con.set_progress_handler(None, 1); t(ex,"select 1")
con.set_trace_callback(print); t(ex,"select ?", ("x",)); con.set_trace_callback(None)
