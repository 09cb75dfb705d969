"""`__dict__`, `__slots__`, `__class__`, `__bases__`: what they give, and what they refuse."""

def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
# dict of classes and instances
class S:
    "doc"
    x = 1
    def m(self): pass
print(list(S.__dict__)); print(S.__dict__['__dict__'], S.__dict__['__weakref__'])
class Sl: __slots__=('a','b')
print(list(Sl.__dict__)); print(Sl.a, Sl.a.__name__, Sl.a.__objclass__, Sl.a.__qualname__)
class Sub(S): pass
print(list(Sub.__dict__))
class SlD(Sl): __slots__=('__dict__','c')
print(list(SlD.__dict__))
class SlW(Sl): __slots__=('__weakref__',)
print(list(SlW.__dict__))
class SlN(Sl): pass
print(list(SlN.__dict__))
class L(list): pass
print(list(L.__dict__)); 
class E(Exception): pass
print(list(E.__dict__))
for x in (1,'a',(),[],{},None,object(),Sl(),len,S.m,type,S(),L(),E(),print,int.__add__,property(),classmethod(len),iter([]),(x for x in ()),memoryview(b''),range(3),slice(1),...,S().m):
    print(type(x).__name__, hasattr(x,'__dict__'), '__dict__' in dir(x))
t(lambda: (1).__dict__); t(lambda: object().__dict__); t(lambda: vars(1)); t(lambda: vars(Sl()))
s=S(); s.a=1; print(s.__dict__, vars(s)); s.__dict__={'b':2}; print(s.b, s.__dict__)
def f(): s.__dict__=1
t(f)
def f(): del s.__dict__
t(f); print(s.__dict__)
t(lambda: setattr(Sl(),'z',1)); t(lambda: Sl().a); t(lambda: delattr(Sl(),'a'))
d=S.__dict__['__dict__']; print(d.__get__(s), type(d)); t(lambda: d.__get__(1)); t(lambda: d.__set__(s,3)); 
t(lambda: S.__dict__['__weakref__'].__get__(s))
# slots errors
def mk(ns, bases=()):
    def g(): return type('X',bases,ns).__name__
    t(g)
mk({'__slots__':('a','a')}); mk({'__slots__':'a b'}); mk({'__slots__':('1a',)}); mk({'__slots__':1}); mk({'__slots__':(1,)}); mk({'__slots__':('a',),'a':1}); mk({'__slots__':('__dict__','__dict__')}); mk({'__slots__':('__weakref__','__weakref__')})
mk({'__slots__':('__dict__',)},(S,)); mk({'__slots__':('__weakref__',)},(S,)); mk({'__slots__':('a',)},(int,)); mk({'__slots__':('a',)},(tuple,)); mk({'__slots__':('a',)},(bytes,)); mk({'__slots__':('a',)},(str,)); mk({'__slots__':()},(int,)); mk({'__slots__':{'a':'doc of a'}}); mk({'__slots__':('__a',)})
class A1: __slots__=('a',)
class B1: __slots__=('b',)
class C1: __slots__=()
mk({},(A1,B1)); mk({},(A1,C1)); mk({'__slots__':()},(A1,C1)); mk({},(int,str)); mk({},(int,A1)); mk({},(list,dict)); mk({},(Exception,int)); mk({},(Exception,A1)); mk({},(type,int)); mk({},(bool,)); mk({},(type(None),)); mk({},(range,)); mk({},(slice,)); mk({},(memoryview,)); mk({},(type(len),)); mk({},(type(mk),)); mk({},(type(...),)); mk({},(type((x for x in ())),)); mk({},(1,)); mk({},('a',)); mk({},(S,S)); mk({},(object,S)); mk({},(S,object)); mk({},(Sub,S)); mk({},(S,Sub)); mk({},[S]); 
class D1:
    __slots__ = {'a':'the a','b':'the b'}
print(D1.a.__doc__ if False else 'x', D1.__slots__)
# __class__ assignment
class P: pass
class Q: pass
class R: __slots__=('a',)
class R2: __slots__=('a',)
class R3: __slots__=('b',)
def sc(o,c):
    def g(): o.__class__=c; return type(o).__name__
    t(g)
p=P(); p.x=1; sc(p,Q); print(p.x, isinstance(p,Q)); sc(p,int); sc(p,1); sc(p,R); r=R(); r.a=5; sc(r,R2); t(lambda: r.a); sc(r,R3); sc(r,P); sc(1,P); sc([],P); sc(L(),list); sc(L(),type('L2',(list,),{})); sc(object(),P); sc(P(),object); sc(E(),type('E2',(Exception,),{})); sc(E(), Exception); 
class I1(int): pass
class I2(int): pass
sc(I1(3),I2); sc(I1(3),int); sc(lambda:0, P)
import sys
def dc():
    p=P(); del p.__class__
t(dc)
# bases assignment
class BA: 
    def who(self): return 'BA'
class BB:
    def who(self): return 'BB'
class BC(BA): pass
o=BC(); print(o.who()); BC.__bases__=(BB,); print(o.who(), BC.__mro__, BA.__subclasses__(), BB.__subclasses__())
def ba(c,b):
    def g(): c.__bases__=b; return c.__bases__
    t(g)
ba(BC,()); ba(BC,1); ba(BC,(1,)); ba(BC,(BC,)); ba(BC,(int,)); ba(int,(BA,)); ba(BB,(BC,)); ba(BC,(BA,BB)); ba(BC,(BA,BA)); ba(BC,(object,)); ba(BC,[BA]); 
def db(): del BC.__bases__
t(db)
# class attributes
for n,v in (('__name__','New'),('__name__',1),('__name__','a\0b'),('__qualname__','Q.x'),('__qualname__',1),('__module__','mm'),('__doc__','dd'),('__mro__',()),('__dict__',{}),('__annotations__',{'a':1}),('__annotations__',1),('__type_params__',(1,)),('__abstractmethods__',frozenset({'x'})),('__bases__',())):
    def g(): setattr(Q,n,v); return getattr(Q,n), repr(Q)
    t(g)
t(lambda: Q())
for n in ('__name__','__qualname__','__module__','__doc__','__mro__','__dict__','__abstractmethods__','__annotations__'):
    def g(): delattr(P,n)
    t(g)
for n in ('__name__','x','__doc__'):
    def g(): setattr(int,n,1)
    t(g)
    def g(): delattr(int,n)
    t(g)
print(int.__base__, bool.__base__, object.__base__, object.__bases__, type.__base__, S.__base__, SlN.__base__, type('Z',(A1,C1),{}).__base__)
print(type.__dict__['__mro__'], type.__dict__['__dict__'], int.__dict__['real'], type.__doc__[:20], int.__basicsize__>0, int.__itemsize__, S.__dictoffset__ != 0, type.__flags__ > 0)
