# persistent ids, reducers of a class, the memo, extension codes, buffers beside the pickle.
import pickle, io
def show(label, f, *a, **k):
    try: r = f(*a, **k); print(label, '->', repr(r)[:300])
    except BaseException as e:
        print(label, type(e).__name__, ':', e, getattr(e,'__notes__',''), 'ctx', repr(e.__context__), 'cause', repr(e.__cause__))
class R:
    def __init__(s, r): s.r=r
    def __reduce__(s): return s.r
def g(*a): pass
show('setter', pickle.dumps, R((g,(),1,None,None,lambda:0)))
show('setterst', pickle.dumps, R((g,(),lambda:0,None,None,g)))
show('setter', pickle.dumps, R((g,(),1,None,None,g)))
show('setter', pickle.dumps, R((g,(),1,None,None,g)), 1)

r=R(None); r.r=(g,(),[r]); show('rec', pickle.dumps, r)
class M(type): pass
class C(metaclass=M): pass
show('meta', pickle.dumps, C)
class K:
    def __reduce_ex__(s,p): raise KeyError(5)
show('k', pickle.dumps, [K()])
class P(pickle.Pickler):
    def persistent_id(s,o): raise KeyError(5)
show('p', lambda: P(io.BytesIO()).dump([1]))
class P(pickle.Pickler):
    def reducer_override(s,o): return 5
show('p', lambda: P(io.BytesIO()).dump([g]))
class P(pickle.Pickler): dispatch_table={C: lambda o: 5}
show('p', lambda: P(io.BytesIO()).dump([C()]))
p=pickle.Pickler(io.BytesIO()); p.dispatch_table={C: lambda o: ('g')}
show('p', lambda: p.dump([C()]))
p.dispatch_table=5
show('p', lambda: p.dump([C()]))
p=pickle.Pickler(io.BytesIO()); 
show('attr', setattr, p, 'persistent_id', lambda o: None); show('d', p.dump, [1]); print(p.persistent_id)
show('memo=', setattr, p, 'memo', 5); show('memo=', setattr, p, 'memo', {1:2}); show('memo=', setattr, p, 'memo', {}); show('m', p.memo.copy); show('m', p.memo.clear); show('cm', p.clear_memo); show('r', p.memo.__reduce__)
show('bin', setattr, p, 'bin', 5); show('fast', setattr, p, 'fast', 1); print(p.bin, p.fast)
b=io.BytesIO(); q=pickle.Pickler(b); x=[1]; q.dump(x); q.dump(x); print(b.getvalue()); u=pickle.Unpickler(io.BytesIO(b.getvalue())); y=u.load(); print(u.load() is y); print(u.memo.copy())
b=io.BytesIO(); q=pickle.Pickler(b); q.fast=True; q.dump([x,x,'a','a',R((g,()))]); print(b.getvalue()); x.append(x); show('fast', q.dump, x)
show('extra', pickle.loads, b'N.abc')
import copyreg
copyreg.add_extension('__main__','g',5); print(pickle.dumps([g,g]), pickle.dumps(g,1)); show('l', pickle.loads, pickle.dumps([g,g]))
copyreg.add_extension('__main__','C',500); print(pickle.dumps(C,2));copyreg.add_extension('__main__','R',70000); print(pickle.dumps(R,2))
def é(): pass
show('acc', pickle.dumps, é, 2); show('acc', pickle.dumps, é, 3);show('acc', pickle.dumps, é, 4)
é.__module__=5; show('mod', pickle.dumps, é); é.__module__=None;  show('mod', pickle.dumps, é)
buf=pickle.PickleBuffer(bytearray(b'abc')); show('pb', pickle.dumps, buf, 4); show('pb', pickle.dumps, buf); L=[]; show('pb', pickle.dumps, buf, buffer_callback=L.append); print(L); show('l', pickle.loads, pickle.dumps([buf,buf], buffer_callback=L.append), buffers=[b'xyz',bytearray(b'asd')]); show('l', pickle.loads, pickle.dumps([buf,buf], buffer_callback=L.append), buffers=[]); show('l', pickle.loads, pickle.dumps([buf,buf], buffer_callback=L.append), buffers=5)
show('pb', pickle.dumps, pickle.PickleBuffer(b'abc')); show('pb', pickle.dumps, pickle.PickleBuffer(b'abc'), buffer_callback=lambda b: True); show('pb', pickle.dumps, pickle.PickleBuffer(b'abc'), buffer_callback=lambda b: False)
show('raw', buf.raw); buf.release(); show('raw', buf.raw); show('pb', pickle.PickleBuffer, 5); show('pb', pickle.dumps, buf)
show('mv', pickle.dumps, memoryview(b'a'))
