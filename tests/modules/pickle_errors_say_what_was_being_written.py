# Objects that cannot be pickled, and what `__reduce__` must not return.
import pickle, _pickle, io, sys, copyreg
def show(label, f, *a, **k):
    try: r = f(*a, **k); print(label, '->', repr(r)[:150])
    except BaseException as e:
        print(label, type(e).__name__, ':', e, getattr(e,'__notes__',''), 'ctx', repr(e.__context__), 'cause', repr(e.__cause__))
def loc():
    class L: pass
    return L()
class R:
    def __init__(s, r): s.r=r
    def __reduce__(s): return s.r
class RE:
    def __init__(s, r): s.r=r
    def __reduce_ex__(s, p): return s.r
show('lambda', pickle.dumps, lambda: 0)
show('local', pickle.dumps, loc())
show('list local', pickle.dumps, [1, loc()])
show('dict', pickle.dumps, {'a': {1: lambda: 0}})
show('dictkey', pickle.dumps, {(1, print, loc): 1, loc: 2, (lambda: 0): 3})
show('tuple', pickle.dumps, (1,(lambda: 0)))
show('set', pickle.dumps, {lambda: 0})
show('fset', pickle.dumps, frozenset([lambda: 0]))
show('module', pickle.dumps, sys)
show('gen', pickle.dumps, (x for x in []))
show('file', pickle.dumps, sys.stdout)
for r in [1, (), (print,), (print, 1), (1, ()), (print, (), None, 1), (print,(),None,None,1), (print,(),None,None,None,1), (print,(),1,2,3,4,5), 'nope', 'a.b', (copyreg.__newobj__, ()), (copyreg.__newobj__, (1,)), (copyreg.__newobj__, (int,)), (copyreg.__newobj_ex__, (int,)), (copyreg.__newobj_ex__, (1, (), {})), (copyreg.__newobj_ex__, (R, 1, {})), (copyreg.__newobj_ex__, (R, (), 1)), (copyreg.__newobj_ex__, (int, (), {})), (copyreg.__newobj__, (R, lambda: 0)), (print, (lambda: 0,)), (print, (), lambda:0), (print,(), {'a': lambda: 0}), (print,(),None,iter([lambda:0])), (print,(),None,None,iter([(1,lambda:0)])), (print,(),None,None,iter([1])), (lambda: 0, ()), (print,(),None,None,None,print), (copyreg.__newobj_ex__, (R, (lambda:0,), {})),(copyreg.__newobj_ex__, (R, (), {'a':lambda:0}))]:
    for p in (2, 5):
        show('R%d %r'%(p,r), pickle.dumps, R(r), p)
class O:
    def __init__(s): s.x = lambda: 0
show('state', pickle.dumps, O())
show('state2', pickle.dumps, [{1: O()}])
class S:
    __slots__='a',
s=S(); s.a=lambda:0
show('slots', pickle.dumps, s)
show('slots1', pickle.dumps, S(), 1)
import types
m = types.FunctionType((lambda:0).__code__, {}, 'gone'); m.__module__='nomodule'
show('nomod', pickle.dumps, m)
m.__module__='sys'; show('notfound', pickle.dumps, m)
m.__qualname__ = 'path.join'; show('notfound2', pickle.dumps, m)
m.__qualname__ = 'exit'; show('notsame', pickle.dumps, m)
m.__module__='__main__'; m.__qualname__='R.q.z'; show('nested', pickle.dumps, m)
for p in range(5): show('nested', pickle.dumps, m, p)
class A:
    class B: pass
    def f(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
for p in range(6):
    for n,o in [('B',A.B),('f', A.f),('bound', A().f),('c',A.c),('s',A.s),('builtin', len),('meth',[].append),('str.join',str.join),('wrapper', int.__add__),('mw', (1).__add__),('cm', dict.fromkeys),('newm', object.__new__), ('None', type(None)), ('...', ...), ('NI', NotImplemented), ('tNI', type(NotImplemented)), ('tel', type(...))]:
        # What is written twice depends on which strings are the same object.
        if p < 4 or n in ('B', 'f', 's', 'builtin', 'None', '...', 'NI'):
            show('%s %d'%(n,p), pickle.dumps, o, p)
show('proto', pickle.dumps, 1, 6)
show('proto', pickle.dumps, 1, -1)
show('proto', pickle.dumps, 1, 'a')
show('bc', pickle.dumps, 1, 4, buffer_callback=print)
show('dump', pickle.dump, 1, None)
show('dump', pickle.dump, 1, 1)
show('load', pickle.load, 1)
show('load', pickle.load, io.StringIO(''))
show('loads', pickle.loads, 1)
show('loads', pickle.loads, 'a')
show('loads', pickle.loads, b'')
show('uninit', _pickle.Pickler.__new__(_pickle.Pickler).dump, 1)
show('uninit', _pickle.Unpickler.__new__(_pickle.Unpickler).load)
show('Pickler()', pickle.Pickler)
p = pickle.Pickler(io.BytesIO())
print(p.bin, p.fast, p.memo, type(p.memo)); show('dt', lambda: p.dispatch_table); show('pid', p.persistent_id, 1)
p.dump([1,'abc',(1,2)])
print(sorted(p.memo.copy().values(), key=lambda pair: pair[0]))
u = pickle.Unpickler(io.BytesIO(pickle.dumps([1,'abc',(1,2)]))); u.load(); print(u.memo.copy()); show('pl', u.persistent_load, 1)
show('fc', u.find_class, 'os', 'nothing.here'); show('fc', u.find_class, 'nomod', 'x'); show('fc', u.find_class, 1,2)
show('fc', u.find_class, 'os', 'path.join')
# Sets of old protocols, names of modules that are none, and identifiers that a protocol cannot write.
gone = types.FunctionType((lambda: 0).__code__, {}, 'gone')
class Named:
    def __init__(self, name): self.name = name
    def __reduce_ex__(self, protocol): return self.name
    def __repr__(self): return '<named>'
class Instance:
    pass
def noted(what, function, *args):
    try: print(what, ascii(function(*args)))
    except Exception as error:
        print(what, type(error).__name__, ascii(str(error)).replace(hex(id(gone)), 'ADDRESS'), getattr(error, '__notes__', ''),
              ascii(error.__context__))
for p in range(6):
    noted('set', pickle.dumps, {1: {gone}}, p)
    noted('frozenset', pickle.dumps, [frozenset({frozenset({gone})})], p)
    for module in '', None, 'no_such_module':
        named = Named('spam'); named.__module__ = module
        noted('module', pickle.dumps, named, p)
    for name in 'n\xff', 'n\udbff':
        named = Named(name); globals()[name] = named
        noted('name', pickle.dumps, named, p)
        del globals()[name]
    noted('class', pickle.dumps, Named((copyreg.__newobj__, (types.SimpleNamespace(),))), p)
