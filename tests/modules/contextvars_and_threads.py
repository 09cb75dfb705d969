# contextvars: variables, tokens, contexts, and threads that start with an empty one.
import contextvars, sys, threading
from contextvars import ContextVar, Context, Token, copy_context
print(contextvars.__all__, sys.flags.thread_inherit_context)
def plain(v):
    return ''.join(part.lstrip('0123456789abcdef') if at else part for at, part in enumerate(repr(v).split(' at 0x')))
def t(f, *a, **k):
    try: print(plain(f(*a,**k)))
    except BaseException as e: print(type(e).__name__, plain(str(e)))
v=ContextVar('v'); d=ContextVar('d', default=5)
print(plain(v), plain(d), v.name, type(v), type(copy_context()))
t(v.get); t(v.get, 7); t(d.get); t(d.get, 9); t(ContextVar); t(ContextVar, 5); t(setattr, v, 'name', 'x'); t(ContextVar, 'a', defalt=1)
tok=v.set(1); print(plain(tok), tok.var is v, tok.old_value, tok.old_value is Token.MISSING, plain(Token.MISSING), v.get())
tok2=v.set(2); print(tok2.old_value, v.get()); v.reset(tok2); print(v.get()); t(v.reset, tok2); t(v.reset, 5); t(d.reset, tok); print(plain(tok2))
v.reset(tok); t(v.get); t(Token); t(lambda: tok.x)
with v.set(10) as tk: print(v.get(), tk.old_value)
t(v.get); 
def twice():
    with v.set(1) as tk:
        v.reset(tk)
t(twice)
def boom():
    with v.set(11): 1/0
t(boom); t(v.get)
c=copy_context(); print(len(c), list(c), v in c, d in c); t(lambda: c[v]); t(lambda: c['x']); t(lambda: 'x' in c); t(c.get, v); t(c.get, v, 3); t(c.get, 'x'); t(lambda: c[d])
def f(a, b=2):
    v.set(a); d.set(b); return v.get()+d.get()
t(c.run, f, 1, b=5); print(c[v], c[d], len(c), sorted(x.name for x in c), sorted(x.name for x in c.keys()), sorted(c.values()), sorted((k.name, x) for k,x in c.items())); t(v.get); t(d.get)
c2=c.copy(); print(c2==c, c2 is c, c!=c2); c2.run(v.set, 99); print(c[v], c2[v], c==c2, c==5, c=={})
t(c.run); t(c.run, c.run, f, 1); t(c.run, 5); t(Context, 1); t(Context, a=1); print(len(Context()), plain(Context()))
def enter_twice(): return c.run(lambda: 1)
t(c.run, enter_twice)
t(c.run, lambda: 1/0); t(c.run, lambda: c[v])
tok=c.run(v.set, 4); t(v.reset, tok)
t(c.run, v.reset, tok); print(c[v])
t(hash, c); t(lambda: hash(v)==hash(v)); t(lambda: ContextVar[int]); t(lambda: Token[int]); t(lambda: {v: 1}[v])
def sub(base):
    class X(base): pass
for base in (Context, ContextVar, Token): t(sub, base)
v.set('main'); d.set('main')
def in_thread():
    t(v.get); t(d.get); v.set('thread'); print(len(copy_context()), v.get())
th=threading.Thread(target=in_thread); th.start(); th.join(); print(v.get())
ctx=copy_context()
def run_in(): print(ctx.run(v.get)); ctx.run(v.set, 'changed')
th=threading.Thread(target=run_in); th.start(); th.join(); print(v.get(), ctx[v])
entered=threading.Event(); go=threading.Event()
def stay(): entered.set(); go.wait()
th=threading.Thread(target=ctx.run, args=(stay,)); th.start(); entered.wait(); t(ctx.run, print); go.set(); th.join(); ctx.run(print, 'free')
# many variables, and copies that keep what they had
many=[ContextVar(f'm{i}') for i in range(200)]
base=Context()
def fill(n):
    for i in range(n): many[i].set(i)
base.run(fill, 100); snap=base.copy(); base.run(fill, 200)
print(len(base), len(snap), all(base[many[i]]==i for i in range(200)), many[150] in snap, sum(snap.values()))
def undo():
    toks=[m.set(-1) for m in many]
    for m,tk in zip(many,toks): m.reset(tk)
    return len(copy_context())
print(base.run(undo), sum(base.values()))
def drop():
    x=Context(); 
    def g():
        tk=many[0].set(1); n=len(copy_context()); many[0].reset(tk); return n, len(copy_context()), many[0] in copy_context()
    return x.run(g)
print(drop())
def gen():
    v.set('gen'); yield v.get(); yield v.get()
g=gen(); c=copy_context(); print(c.run(next,g), v.get(), next(g))
for x in (Context(), v, tok): t(lambda: setattr(x,'foo',1))
print(copy_context() == copy_context(), Context()==Context())
import collections.abc
print(isinstance(copy_context(), collections.abc.Mapping), issubclass(Context, collections.abc.Mapping))
class NoHash(str):
    def __eq__(self, other): return False
t(lambda: ContextVar(NoHash('x')))
