# Every protocol, the bytes themselves.
import pickle, io
def show(label, f, *a, **k):
    try: r = f(*a, **k); print(label, '->', repr(r))
    except BaseException as e:
        print(label, type(e).__name__, ':', e, getattr(e,'__notes__',''), 'ctx', repr(e.__context__), 'cause', repr(e.__cause__))
class A:
    class B:
        class C:
            def f(s): pass
for p in range(5): show(p, pickle.dumps, A.B.C, p); show(p, pickle.dumps, (A.B.C.f, A, A.B), p)
for p in range(6):
  for o in [b'', b'ab\xff', bytearray(), bytearray(b'xy'), set(), {1}, {1,2}, frozenset(), frozenset([1]), 'a\nb\\\0\r\x1a\xff\u1234\U00012345\udc80', 1.0, float('inf'), -0.0, float('nan'), 1e100, 2**31, -2**31, -2**31-1, 2**31-1, 255,256,65535,65536,-1, 2**100, -2**63, 2**2100, True, None, (), ((),), (1,2,3,4), [1], [1,2], {1:2}, {1:2,3:4}, range(3), slice(1,2,3), 1j, ..., ValueError('x'), [[]]*2]:
    show(p, pickle.dumps, o, p)
a=[];a.append((a,)); t=(a,1,2,3); a.append(t)
d={}; d['x']=(d,)
for p in range(6): show(p, pickle.dumps, a[0], p); show(p, pickle.dumps, t, p); show(p,pickle.dumps,d['x'],p)
class H:
    def __init__(s): s.x=frozenset([s])
for p in range(6): show(p, pickle.dumps, H().x, p)
class P(pickle.Pickler):
    def persistent_id(s, o): return 'pid' if o is A else (5 if o is H else None)
for p in range(6):
    def f():
        b=io.BytesIO(); P(b,p).dump([A,H,1]); return b.getvalue()
    show(p,f)
class P(pickle.Pickler):
    def persistent_id(s, o): return 'a\nb'
show(0, lambda: P(io.BytesIO(),0).dump(1))
class P(pickle.Pickler):
    def reducer_override(s, o):
        if o is A: return 'H'
        if o is H: return (int, ('5',))
        return NotImplemented
show(0, lambda: P(io.BytesIO(),2).dump(A))
def f():
    b=io.BytesIO(); P(b,p).dump([H,1]); return b.getvalue()
show(0,f)
class S(set): pass
class D(dict): pass
class L(list): pass
s=S([1]); s.q=5; d=D(a=1); d.z=2; l=L([1,2]); l.w=3
for p in range(6):
    for o in s,d,l, D(), L([5]), L(range(1001)), list(range(1001)), dict.fromkeys(range(1001)), D.fromkeys(range(1001)):
        r = pickle.dumps(o,p); print(p, type(o), len(r), r[:40], r[-20:])
