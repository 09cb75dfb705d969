import inspect

import types, functools, abc, enum
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
class Slots:
    __slots__ = {'power': 'measured in kilowatts', 'distance': None}
class Base:
    @property
    def contra(self): "automatic"
    def meth(self): "doc of meth"
    @staticmethod
    def sm(): "sm doc"
    @classmethod
    def cm(cls): "cm doc"
class Derived(Base):
    @property
    def contra(self): pass
    def meth(self): pass
    @staticmethod
    def sm(): pass
    @classmethod
    def cm(cls): pass
t(lambda: inspect.getdoc(Slots.power)); t(lambda: inspect.getdoc(Slots.distance))
for n in 'contra meth sm cm'.split():
    t(lambda: inspect.getdoc(getattr(Derived,n)))
t(lambda: inspect.getdoc(Derived().meth)); t(lambda: inspect.getdoc(Derived))
def show(c):
    return [(a.name,a.kind,a.defining_class.__name__) for a in inspect.classify_class_attrs(c) if not a.name.startswith('__')]
class Meta(type):
    def __getattr__(self, name):
        if name=='ham': return 'spam'
        return super().__getattr__(name)
    @property
    def mp(cls): return 3
    def mm(cls): pass
class V(metaclass=Meta):
    @types.DynamicClassAttribute
    def ham(self): return 'eggs'
    x = 5
    @property
    def p(self): pass
t(lambda: show(V)); t(lambda: show(Derived)); t(lambda: show(Slots))
class Color(enum.Enum):
    RED=1
    def f(self): pass
t(lambda: show(Color))
class VA(type):
    def __dir__(cls): return ['__class__','__module__','__name__','BOOM']
    def __getattr__(self,name):
        if name=='BOOM': return 42
        return super().__getattr(name)
class VC(metaclass=VA): pass
t(lambda: show(VC))
# getattr_static
class D1:
    @property
    def __dict__(self): print('called'); return {'a':1}
    b = 2
t(lambda: inspect.getattr_static(D1(), 'a')); t(lambda: inspect.getattr_static(D1(), 'b'))
class D2:
    @property
    def __class__(self): print('called'); return int
d2=D2(); d2.z=4
t(lambda: inspect.getattr_static(d2, 'z'))
class D3(dict):
    pass
d3=D3(); d3.q=4
t(lambda: inspect.getattr_static(d3, 'q'))
class D4:
    def __getattribute__(self,n): print('called'); return 5
t(lambda: inspect.getattr_static(D4(), 'foo', 'dflt'))
class D5:
    d={}
    __dict__ = {}
d5=D5(); 
t(lambda: inspect.getattr_static(d5, 'd'))
class MM(type):
    @property
    def __mro__(cls): print('called'); return (object,)
class D6(metaclass=MM): w=1
t(lambda: inspect.getattr_static(D6(),'w')); t(lambda: inspect.getattr_static(D6,'w'))
t(lambda: inspect.getattr_static(int,'real') is int.__dict__['real']); t(lambda: inspect.getattr_static(5,'real') is int.__dict__['real']); t(lambda: inspect.getattr_static(Slots(),'power'))
t(lambda: inspect.getattr_static(type,'__mro__') is type.__dict__['__mro__'])
import sys
t(lambda: inspect.getattr_static(sys,'path') is sys.path)
def f(a,b=2,*c,d,e=5,**k): pass
def g(): pass
P=functools.partial
for p in (P(g),P(g,1),P(g,a=1),P(f,1),P(f,1,2,3),P(f,b=3),P(f,d=3),P(f,1,a=3),P(f,z=3),P(f,functools.Placeholder,2),P(P(f,1),d=4)):
    t(lambda: inspect.signature(p))
class Q:
    def m(self,a,b,c=3): pass
    pm=functools.partialmethod(m,1); pk=functools.partialmethod(m,b=2)
for o in (Q.pm,Q().pm,Q.pk,Q().pk): t(lambda: inspect.signature(o))
class Abs(abc.ABC):
    seen=[]
    def __init_subclass__(cls): Abs.seen.append((cls.__name__, inspect.isabstract(cls)))
    @abc.abstractmethod
    def foo(self): pass
class A1(Abs): pass
class A2(A1):
    def foo(self): pass
class A3(A2):
    @abc.abstractmethod
    def bar(self): pass
print(Abs.seen, [inspect.isabstract(c) for c in (Abs,A1,A2,A3,int,5)])
t(lambda: [n for n,v in inspect.getmembers(V) if not n.startswith('__')])
t(lambda: [n for n,v in inspect.getmembers_static(V()) if not n.startswith('__')])
class Upper:
    @property
    def shown(self): "what the property says"
    def _get(self): pass
class Lower(Upper):
    def _get(self): pass
    shown = property(_get)
t(lambda: inspect.getdoc(Lower.shown)); t(lambda: inspect.getdoc(Lower._get))
class OwnDict(dict):
    def get(self, *args): print("not asked")
class Foo: a = 3
foo = Foo(); foo.__dict__ = OwnDict(b=4); t(lambda: (inspect.getattr_static(foo, "a"), inspect.getattr_static(foo, "b")))
class NoModule(type):
    @property
    def __module__(cls): raise AttributeError
class C(metaclass=NoModule): pass
t(lambda: inspect.getfile(C))
