"""property, classmethod, staticmethod and what derives from them; data descriptors; how objects take themselves apart."""

import sys
def t(f):
    try: print(str(f()).replace(hex(0),'').split(' at 0x')[0])
    except BaseException as e: print(type(e).__name__, e)
# descriptors and subclasses of property etc
class cp(property):
    def __get__(s,o,c=None): return ('cp', o is None) if o is None else 'cpget'
    def __set__(s,o,v): print('cpset',v)
    def __delete__(s,o): print('cpdel')
class A:
    @cp
    def x(self): return 1
a=A(); print(A.x, a.x); a.x=3; del a.x
class cm(classmethod):
    def __get__(s,o,c=None): return 'cm'
class sm(staticmethod):
    def __get__(s,o,c=None): return 'sm'
class B:
    f=cm(len); g=sm(len)
print(B.f,B().f,B.g,B().g)
class P2(property): 
    "sub doc"
    pass
class C:
    @P2
    def p(self): "doc p"; return 5
    @p.setter
    def p(self,v): print('set',v)
    @property
    def q(self): "doc q"
    @q.deleter
    def q(self): print('del q')
    r=property()
    s=property(doc='given')
    w=property(None, lambda s,v: print('w',v))
c=C(); print(c.p, type(C.p).__name__, C.p.__doc__, C.q.__doc__, C.s.__doc__, C.p.__name__, C.q.fget.__name__); c.p=9; del c.q; c.w=1
for n in 'pqrsw':
    t(lambda: getattr(c,n)); t(lambda: setattr(c,n,1)); t(lambda: delattr(c,n))
t(lambda: property(1).fget); t(lambda: property(1).__get__(c)); t(lambda: C.p.getter(len).fget); t(lambda: C.p.__set_name__(C,'zz')); t(lambda: C.p.__name__); t(lambda: property().__name__); t(lambda: property(len).__name__)
p=property(len); p.__doc__='x'; print(p.__doc__)
def sn():
    p.__name__='nn'; return p.__name__
t(sn); t(lambda: setattr(p,'z',1))
# staticmethod/classmethod attrs
def f(a:int,b=2)->str: "doc f"; return a
for W in (staticmethod, classmethod):
    w=W(f); print(w.__name__,w.__qualname__,w.__doc__,w.__module__,w.__annotations__,w.__wrapped__ is f,w.__func__ is f,w.__dict__, w.__isabstractmethod__); w.foo=1; print(w.foo, w.__dict__); w.__doc__='new'; print(w.__doc__,f.__doc__)
    t(lambda: W(1)); t(lambda: W(1).__name__); t(lambda: W(f)(1))
class D:
    n=staticmethod(1); m=classmethod(1); cc=classmethod(property(lambda c: 5)); 
    @classmethod
    @property
    def cp(cls): return 1
print(D.n); t(lambda: D.m()); t(lambda: D.cp)
# data/nondata descriptor rules
class Data:
    def __get__(s,o,c): return 'data'
    def __set__(s,o,v): o.__dict__['d']=v
class Non:
    def __get__(s,o,c): return 'non'
class OnlySet:
    def __set__(s,o,v): o.__dict__['os']=('set',v)
class OnlyDel:
    def __delete__(s,o): print('od')
class E: d=Data(); n=Non(); os=OnlySet(); od=OnlyDel()
e=E(); e.d=1; e.n=2; e.os=3; print(e.d,e.n,e.os,e.__dict__); t(lambda: setattr(e,'od',1)); del e.od; t(lambda: delattr(e,'d')); t(lambda: delattr(e,'os')); print(E.d,E.n)
class BadGet:
    def __get__(s,o,c): raise AttributeError('inner')
class F:
    b=BadGet()
    def __getattr__(s,n): return 'fallback '+n
print(F().b)
class G:
    b=BadGet()
t(lambda: G().b); t(lambda: hasattr(G(),'b')); t(lambda: getattr(G(),'b',5))
class H:
    def __getattribute__(s,n): 
        if n=='boom': raise KeyError(n)
        if n=='ae': raise AttributeError('ae!')
        return object.__getattribute__(s,n)
    def __getattr__(s,n): return 'ga '+n
t(lambda: H().boom); t(lambda: H().ae); t(lambda: H().x); t(lambda: hasattr(H(),'boom'))
class I:
    def __setattr__(s,n,v): print('sa',n,v); object.__setattr__(s,n,v)
    def __delattr__(s,n): print('da',n); object.__delattr__(s,n)
i=I(); i.x=1; del i.x; t(lambda: delattr(i,'x')); t(lambda: object.__setattr__(i,1,2)); t(lambda: object.__getattribute__(i,1))
class J:
    def __dir__(s): return ['b','a',3]
t(lambda: dir(J()))
class J2:
    def __dir__(s): return ('b','a')
t(lambda: dir(J2()))
class J3:
    def __dir__(s): return 5
t(lambda: dir(J3()))
t(lambda: object().__dir__()[:0]); t(lambda: sorted(A().__dir__())==dir(A()))
# object
o=object()
t(lambda: object.__new__()); t(lambda: object.__new__(1)); t(lambda: object.__new__(int)); t(lambda: object.__new__(A,1)); t(lambda: object.__reduce__(A())[1:]); t(lambda: A().__reduce_ex__(2)[0].__name__); t(lambda: A().__reduce_ex__(4)[1:]); t(lambda: o.__format__('')==str(o)); t(lambda: o.__format__('x')); t(lambda: o.__sizeof__()>0); t(lambda: o.__eq__(1)); t(lambda: o.__ne__(1)); t(lambda: o.__ne__(o)); t(lambda: o.__lt__(1)); t(lambda: o < o); t(lambda: o.__hash__()==hash(o)); t(lambda: o.__init_subclass__()); t(lambda: object.__subclasshook__(int)); t(lambda: o.__getstate__()); 
class K:
    def __init__(s): s.x=1
class KS: 
    __slots__=('a','b')
class KSD(KS): pass
k=K(); print(k.__getstate__()); ks=KS(); ks.a=1; print(ks.__getstate__()); kd=KSD(); kd.b=2; kd.z=3; print(kd.__getstate__()); print(k.__reduce_ex__(2)[1:], ks.__reduce_ex__(2)[1:], kd.__reduce_ex__(2)[1:])
t(lambda: ks.__reduce_ex__(0)); t(lambda: ks.__reduce__())
for v in (1,'a',[1],(1,),{1:2},{1},1.5,b'a',None,...,range(3),slice(1),len,int,bytearray(b'a'),frozenset({1}),ValueError(1),complex(1,2),NotImplemented):
    t(lambda: v.__reduce_ex__(2)); 
t(lambda: (lambda:0).__reduce_ex__(2)); t(lambda: (i for i in ()).__reduce_ex__(2)); t(lambda: memoryview(b'').__reduce_ex__(2)); t(lambda: sys.__reduce_ex__(2)); t(lambda: {}.keys().__reduce_ex__(2))
