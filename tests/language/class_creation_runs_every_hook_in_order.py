"""Metaclasses, `mro`, `__prepare__`, `__init_subclass__`, `__set_name__`, `__mro_entries__`, checks and `super`: every hook."""

def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, getattr(e,'__notes__',''))
class M(type):
    def __prepare__(name, bases, **kw): print('prepare',name,bases,kw); return {'pre':1}
    def __new__(m,n,b,ns,**kw): print('new',n,sorted(ns),kw); return super().__new__(m,n,b,ns)
    def __init__(c,n,b,ns,**kw): print('init',n,kw); super().__init__(n,b,ns)
    def __call__(c,*a,**k): print('call',a,k); return super().__call__(*a,**k)
    def mro(c): r=super().mro(); print('mro',[x.__name__ for x in r]); return r
try:
    class A(metaclass=M, x=1): 
        y=2
    print(A.pre, type(A()))
except Exception as e: print(repr(e))
class M2(type):
    @classmethod
    def __prepare__(m, name, bases, **kw): print('prepare',name,bases,kw); return {'pre':1}
    def __new__(m,n,b,ns,**kw): print('new',n,sorted(ns),kw); return super().__new__(m,n,b,ns)
    def __init__(c,n,b,ns,**kw): print('init',n,kw); super().__init__(n,b,ns)
    def __call__(c,*a,**k): print('call',a,k); return super().__call__(*a,**k)
    def mro(c): r=super().mro(); print('mro',[x.__name__ for x in r]); return r
class A(metaclass=M2, x=1): 
    y=2
print(A.pre, type(A()).__name__)
class B(A): pass
def mk(mro):
    class MM(type):
        def mro(c): return mro(c)
    class X(metaclass=MM): 
        def f(self): return 'X.f'
    return X
t(lambda: mk(lambda c: [c,object]).__mro__)
t(lambda: mk(lambda c: [c,int,object]).__mro__)
t(lambda: mk(lambda c: [c,1]))
t(lambda: mk(lambda c: 1))
t(lambda: mk(lambda c: []))
t(lambda: mk(lambda c: (c,A,object)).y)
def p(v):
    class MP(type):
        @classmethod
        def __prepare__(m,*a): return v
    class Y(metaclass=MP): a=1
    return Y.a
t(lambda: p({})); t(lambda: p(1)); t(lambda: p(None)); t(lambda: p([]))
class NS(dict):
    def __setitem__(s,k,v): print('set',k); super().__setitem__(k,v)
    def __getitem__(s,k): 
        if k.startswith('magic'): return k
        return super().__getitem__(k)
class MP(type):
    @classmethod
    def __prepare__(m,*a): return NS()
class Z(metaclass=MP):
    a=magic1
print(Z.a, type(Z.__dict__))
# metaclass callables
def meta(n,b,ns,**k): print(n,b,sorted(ns),k); return 'made'
class W(metaclass=meta, q=1): pass
print(W)
class X1(type): pass
class X2(type): pass
class Y1(metaclass=X1): pass
class Y2(metaclass=X2): pass
def conf():
    class C(Y1,Y2): pass
t(conf)
# init_subclass
class I:
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); cls.tag=tag; print('sub',cls.__name__,tag)
class J(I,tag=5): pass
print(J.tag)
def bad():
    class K(I, other=1): pass
t(bad)
def bad():
    class K(other=1): pass
t(bad)
t(lambda: object.__init_subclass__()); t(lambda: I.__init_subclass__()); t(lambda: int.__init_subclass__(1)); t(lambda: int.__init_subclass__(x=1))
# set_name
class D:
    def __set_name__(s,o,n): print('set_name',o.__name__,n); s.n=n
class K: d=D(); e=D()
class Bad:
    def __set_name__(s,o,n): raise ValueError('no')
def bad():
    class L: b=Bad()
t(bad)
class Bad2:
    def __set_name__(s): pass
def bad():
    class L: b=Bad2()
t(bad)
# mro_entries
class ME:
    def __mro_entries__(s,b): print('entries',len(b)); return (I,)
class N(ME()): pass
print(N.__bases__, type(N.__orig_bases__[0]).__name__)
class ME2:
    def __mro_entries__(s,b): return [int]
def bad():
    class N(ME2()): pass
t(bad)
class ME3:
    def __mro_entries__(s,b): return ()
class N3(ME3(), int): pass
print(N3.__bases__)
def bad():
    class N(5): pass
t(bad)
t(lambda: type('T',(ME(),),{}))
# class_getitem
class G:
    def __class_getitem__(cls,k): return (cls.__name__,k)
print(G[1], G[1,2]); 
class G2(G): pass
print(G2['x'])
t(lambda: int[1]); t(lambda: K[1]); t(lambda: type[int]); t(lambda: K()[1])
class GM(type):
    def __getitem__(c,k): return 'meta',k
class G3(metaclass=GM):
    def __class_getitem__(cls,k): return 'cls'
print(G3[1])
# instancecheck
class IC(type):
    def __instancecheck__(c,o): return o=='yes'
    def __subclasscheck__(c,o): return o is int
class ICc(metaclass=IC): pass
print(isinstance('yes',ICc), isinstance(1,ICc), issubclass(int,ICc), issubclass(str,ICc), isinstance(ICc(),ICc), isinstance('yes',(int,ICc)))
class ICx(type):
    def __instancecheck__(c,o): raise KeyError('ic')
class ICxc(metaclass=ICx): pass
t(lambda: isinstance(1,ICxc)); t(lambda: isinstance(1,(int,ICxc))); t(lambda: isinstance(1, int|str)); t(lambda: isinstance(1, list[int])); t(lambda: isinstance(1,(list[int],))); t(lambda: issubclass(int, int|str)); t(lambda: issubclass(1,int|str)); t(lambda: isinstance(1,())); t(lambda: isinstance(1,[int])); t(lambda: isinstance(None, None|int)); t(lambda: isinstance(1, None)); t(lambda: issubclass(int,(str,(int,)))); t(lambda: issubclass(list[int], list))
class FakeCls:
    @property
    def __class__(s): return int
print(isinstance(FakeCls(), int), type(FakeCls()) is int, issubclass(FakeCls, int))
class FB:
    @property
    def __bases__(s): return (int,)
t(lambda: issubclass(FB(), int)); t(lambda: issubclass(int, FB())); t(lambda: isinstance(1,FB()))
# classcell
def bad():
    class MC(type):
        def __new__(m,n,b,ns): ns=dict(ns); ns.pop('__classcell__',None); return super().__new__(m,n,b,ns)
    class C(metaclass=MC):
        def f(self): return __class__
t(bad)
def bad():
    class C:
        def f(self): return __class__
        __classcell__ = 5
t(bad)
# super
class S1:
    def f(self): return 'S1.f'
    @classmethod
    def c(cls): return 'S1.c '+cls.__name__
    @property
    def p(self): return 'S1.p'
    @staticmethod
    def s(): return 'S1.s'
class S2(S1):
    def f(self): return 'S2>'+super().f()
    @classmethod
    def c(cls): return 'S2>'+super().c()
    @property
    def p(self): return 'S2>'+super().p
    @staticmethod
    def s(): return 'S2>'+super(S2,S2).s()
    def bad(self): return super().nope
    def setx(self): super().x=1
    def delx(self): del super().x
    def sup(self): return super()
s=S2(); print(s.f(), s.c(), s.p, s.s()); t(s.bad); t(s.setx); t(s.delx); print(repr(s.sup()).split(' at')[0], s.sup().__thisclass__, s.sup().__self_class__, s.sup().__self__ is s)
t(lambda: super()); t(lambda: super(S2)); t(lambda: super(S2,1)); t(lambda: super(1,2)); t(lambda: super(S2,s).f()); t(lambda: super(S1,s).f()); t(lambda: super(S2,S2).f(s)); t(lambda: super(S2,S2).c()); t(lambda: super(S2).__get__(s).f()); t(lambda: super(S2).__get__(None, S2).__self__); t(lambda: super(S2).f); t(lambda: super(S2, None).__self__)
t(lambda: repr(super(S2))); t(lambda: super(S2).__get__(1))
def nofirst():
    super()
t(nofirst)
class SS:
    def f(): super().x
    def g(self): 
        self=None; return super().x
    def i(*a): return super().__init__()
    l=lambda self: super().__repr__
t(SS.f); t(lambda: SS().g()); t(lambda: SS().i()); print(callable(SS().l()))
