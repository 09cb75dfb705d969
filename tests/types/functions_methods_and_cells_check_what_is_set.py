"""The attributes of functions, bound methods and cells: read, set, deleted, and calls with wrong arguments."""

def t(f):
    try: print(str(f()).split(' at 0x')[0])
    except BaseException as e: print(type(e).__name__, e)
def f(a, b:int=2, /, c=3, *args, d, e=5, **kw) -> str:
    "doc of f"
    x = a
    def g(): return x, b
    for i in range(3): y = i
    return g
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__module__, f.__closure__, f.__type_params__, f.__dict__)
c = f.__code__
for n in ('co_name','co_qualname','co_argcount','co_posonlyargcount','co_kwonlyargcount','co_nlocals','co_varnames','co_names','co_freevars','co_cellvars','co_flags','co_firstlineno'):
    v=getattr(c,n); print(n, v)
g=f(1,d=2); print(g.__closure__[0].cell_contents, g.__code__.co_freevars, g.__qualname__, len(g.__closure__))
def h(): pass
print(h.__code__.co_flags, h.__doc__, h.__defaults__, h.__kwdefaults__, h.__annotations__)
def h2(): return 1, 2, 3, 'x', None, 1.5, b'z', ...
def h3():
    "d"
    return 300
def h4(x): return x + 1000 if x else -5
def gen(): yield 1
async def co(): await x
async def ag(): yield 1
print([k.__code__.co_flags for k in (gen,co,ag,lambda:0,lambda *a:0,lambda **k:0, lambda *a,**k:0)])
# setting
def st(o,n,v):
    def q(): setattr(o,n,v); return getattr(o,n)
    t(q)
def dl(o,n):
    def q(): delattr(o,n); return getattr(o,n)
    t(q)
st(h,'__name__','nn'); st(h,'__name__',1); st(h,'__qualname__','a.b'); st(h,'__qualname__',None); print(repr(h).split(' at')[0]); st(h,'__doc__',5); st(h,'__defaults__',(1,)); st(h,'__defaults__',[1]); st(h,'__defaults__',None); st(h,'__kwdefaults__',{'a':1}); st(h,'__kwdefaults__',1); st(h,'__annotations__',{'x':1}); st(h,'__annotations__',1); st(h,'__annotations__',None); st(h,'__code__',h2.__code__); st(h,'__code__',1); st(h,'__code__',g.__code__); st(h,'__closure__',()); st(h,'__globals__',{}); st(h,'__dict__',{'q':1}); st(h,'__dict__',1); st(h,'__module__','mmm'); st(h,'__type_params__',(1,)); st(h,'__type_params__',1); st(h,'__wrapped__',f); st(h,'custom',1); st(h,'__builtins__',{}); st(h,'__annotate__',None); st(h,'__annotate__',1)
for n in ('__name__','__qualname__','__doc__','__defaults__','__kwdefaults__','__annotations__','__code__','__closure__','__globals__','__dict__','__module__','__type_params__','custom','nope'): dl(h,n)
print(h())
def d(a,b=1,*,c=2): return a,b,c
d.__defaults__=(10,20); print(d()); d.__kwdefaults__={'c':30}; print(d()); d.__defaults__=None; t(lambda: d()); del d.__kwdefaults__; t(lambda: d(1,2))
# calls with wrong args
def k(a,b,/,c,d=1,*,e,f=2): pass
for a,kw in (((),{}),((1,),{}),((1,2),{}),((1,2,3),{}),((1,2,3,4,5),{}),((1,2,3,4,5,6),{'e':1}),((1,2,3),{'e':1,'z':1}),((1,2,3),{'e':1,'a':1}),((1,2,3),{'e':1,'c':1}),((1,2),{'e':1}),((1,2,3),{'e':1,'ff':3}),((),{'a':1,'b':2,'c':3,'e':4}),((1,2,3,4,5),{'e':1,'f':2})):
    t(lambda: k(*a,**kw))
t(lambda: (lambda: 0)(1)); t(lambda: (lambda x: 0)()); t(lambda: (lambda x,y=1: 0)(1,2,3)); t(lambda: (lambda *,a: 0)()); t(lambda: (lambda *,a,b: 0)()); t(lambda: (lambda x,*,a: 0)(1,2,a=3)); t(lambda: (lambda x,*,a: 0)(1,2,3,a=3))
class M:
    def m(self, x): return x
    def nos(): return 1
    @classmethod
    def cm(cls, x): return x
    @staticmethod
    def sm(x): return x
m=M()
t(lambda: m.m()); t(lambda: m.m(1,2)); t(lambda: m.nos()); t(lambda: M.m()); t(lambda: M.cm()); t(lambda: M.cm(1,2)); t(lambda: M.sm()); t(lambda: M.sm(1,2)); t(lambda: M(1)); t(lambda: m())
t(lambda: k(*1)); t(lambda: k(**1)); t(lambda: k(**{1:2})); t(lambda: k(*[1],**{'a':1})); t(lambda: h(*(1,2),*[3])); t(lambda: f(1,**{'d':1},**{'d':2})); t(lambda: f(1,d=1,**{'d':2})); t(lambda: len(**{'a':1},**{'a':2}))
t(lambda: print(**{'sep':1})); t(lambda: print(1,sep=1)); t(lambda: print(1,end=1)); t(lambda: print(1,foo=1)); t(lambda: print(1,file=1));   t(lambda: m.m.x); t(lambda: m.m.__func__ is M.m); t(lambda: m.m.__self__ is m); t(lambda: m.m == m.m); t(lambda: m.m is m.m); t(lambda: hash(m.m)==hash(m.m)); st(m.m,'x',1); t(lambda: m.m.__doc__); t(lambda: m.m.__name__); t(lambda: m.m.__qualname__); t(lambda: m.m.__module__); t(lambda: m.m.__defaults__); t(lambda: m.m.__code__.co_name); t(lambda: m.m.__closure__); t(lambda: m.m.__dict__); t(lambda: M.m.__get__(m)(5)); t(lambda: M.m.__get__(m,M)(5)); t(lambda: M.m.__get__(None,M)); t(lambda: M.m.__get__(None)); t(lambda: m.m.__get__(1) == m.m); t(lambda: type(m.m)(len,1)); t(lambda: type(m.m)(1,2)); t(lambda: type(m.m)(len,None)); t(lambda: type(m.m)()); t(lambda: m.m.__reduce__())
FT=type(f); t(lambda: FT(h2.__code__,{})()); t(lambda: FT(h2.__code__,{},'name').__name__); t(lambda: FT(h2.__code__,{},1)); t(lambda: FT(1,{})); t(lambda: FT(h2.__code__,1)); t(lambda: FT(g.__code__,{})); t(lambda: FT(g.__code__,{},None,None,g.__closure__)()); t(lambda: FT(g.__code__,{},None,None,())); t(lambda: FT(g.__code__,{},None,None,(1,2))); t(lambda: FT(g.__code__,{},None,None,1)); t(lambda: FT(h2.__code__,{},None,1)); t(lambda: FT(h2.__code__,{},None,None,g.__closure__))
ce=g.__closure__[0]; CT=type(ce)
t(lambda: CT().cell_contents); t(lambda: CT(5).cell_contents); t(lambda: CT(1)==CT(1)); t(lambda: CT(1)<CT(2)); t(lambda: CT()<CT(1)); t(lambda: CT()==CT()); t(lambda: CT(1)==1); t(lambda: hash(CT(1)))
def sc(): ce.cell_contents=99; return g()
t(sc)
def dc(): del ce.cell_contents; return g()
t(dc); t(lambda: repr(ce))
