def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
def c1():
    class C:
        __slots__ = ['__classcell__']
        def f(self): return __class__
t(c1)
def c1b():
    class C:
        __slots__ = ['__classcell__']
        def f(self): return 1
t(c1b)
def c2():
    class C:
        __slots__ = ['__qualname__']
t(c2)
def c3():
    class C:
        __slots__ = ['__dict__', '__weakref__', '__module__']
    return C.__module__
t(c3)
def c4():
    class C:
        __slots__ = ['a']
        a = 1
t(c4)
def c5():
    class C:
        __slots__ = ['__doc__']
    return sorted(C.__dict__)
t(c5)
def c5b():
    class C:
        "doc"
        __slots__ = ['__doc__']
    return sorted(C.__dict__)
t(c5b)
def c6():
    class C:
        __slots__ = ('__firstlineno__',)
    return 
t(c6)
def c7():
    class C:
        __slots__ = ('__class__', '__hash__','__init__')
    return sorted(C.__dict__)
t(c7)
for s in (['1'], [''], ['a b'], [5], 'a', ['a','a'], ['__a','b'], b'a', 5, None, {'a':'doc'}, ['a\0'], ['a','__dict__','__dict__'], ['__weakref__','__weakref__'],):
    t(lambda: sorted(type('C', (), {'__slots__': s}).__dict__.keys() - {'__doc__','__module__'}))
# re-entrant mro
class M(type):
    def mro(cls):
        print('mro', cls.__name__)
        if hasattr(cls, 'hook'): cls.hook()
        return type.mro(cls)
class A(metaclass=M): pass
class X1: pass
class B(A):
    pass
def rec():
    class Y(A): pass
    class Z(Y):
        @classmethod
        def hook(cls):
            if cls.__bases__ != (X,): 
                cls.__bases__ = (X,)
    class X(A): pass
t(rec)
class foo(object): pass
class bar(metaclass=M): pass
class Meta(type):
    def mro(cls):
        if cls.__name__ == 'Lame': return 5
        if cls.__name__ == 'L2': return [5]
        if cls.__name__ == 'L3': return []
        if cls.__name__ == 'L4': return (cls, object)
        if cls.__name__ == 'L5': return [cls, int, object]
        if cls.__name__ == 'L6': return [object]
        if cls.__name__ == 'L7': return None
        return super().mro()
for n in 'Lame L2 L3 L4 L5 L7'.split():
    t(lambda: Meta(n, (), {}).__mro__)
# tuple subclasses
class T(tuple):
    def __iter__(s): return iter((int,))
    def __getitem__(s,i): return int
    def __len__(s): return 1
    def __mro_entries__(s, b): return ()
t(lambda: type('C', T((list,)), {}).__mro__)
t(lambda: type(type('C', T((list,)), {}).__bases__))
t(lambda: type('C', T(), {}).__mro__)
t(lambda: type('C', [object], {}))
class D(dict): pass
t(lambda: type('C', (), D(a=1)).a)
class S(str): pass
t(lambda: type(S('C'), (), {}).__name__.__class__)
t(lambda: type.__new__(type, 'C', T((list,)), {}).__bases__)
def setb():
    class A: pass
    class B: pass
    class C(A): pass
    C.__bases__ = T((B,))
    return C.__bases__, C.__mro__
t(setb)
# from test_descr: reent set bases
class DebugHelperMeta(type):
    def __getattr__(self, name): raise AttributeError(name)
def test_on_base():
    class M(DebugHelperMeta):
        def mro(cls):
            if cls.__mro__ is not None and cls.__name__ == 'X':
                if M.step:
                    M.step = 0
                    cls.__bases__ = (Base2,)
                    assert cls.__bases__ == (Base2,)
                    print(cls.__mro__)
            return type.mro(cls)
    M.step=0
    class Base0(metaclass=M): pass
    class Base1(metaclass=M): pass
    class Base2(metaclass=M): pass
    class X(Base0): pass
    M.step=1
    X.__bases__ = (Base1,)
    print(X.__mro__, X.__bases__)
    print(Base0.__subclasses__(), Base1.__subclasses__(), Base2.__subclasses__())
t(test_on_base)
def test_sub():
    class M(type):
        def mro(cls):
            if cls.__mro__ is None: 
                print(cls.__name__, 'none', cls.__bases__)
                try: cls.foo
                except AttributeError as e: print(e)
                try: cls()
                except BaseException as e: print(type(e), e)
            return type.mro(cls)
    class C(metaclass=M): foo = 1
    class D(C): pass
t(test_sub)
def test_err():
    class M(type):
        def mro(cls):
            if M.fail and cls.__name__=='C': raise ZeroDivisionError
            return type.mro(cls)
    M.fail=False
    class A(metaclass=M): pass
    class B(metaclass=M): pass
    class C(A): pass
    class D(C): pass
    M.fail=True
    try: C.__bases__ = (B,)
    except ZeroDivisionError: print('z')
    print(C.__mro__, C.__bases__, D.__mro__, A.__subclasses__(), B.__subclasses__())
t(test_err)
def extend():
    class M(type):
        def mro(cls):
            if cls.__mro__ is None and cls.__name__ == 'C':
                class Inner(cls): pass
            return type.mro(cls)
    class C(metaclass=M): pass
t(extend)
# A metaclass's `mro` that leaves the class itself out, or puts it elsewhere.
def without():
    class M(type):
        def mro(cls): return type.mro(cls)[1:]
    class B: pass
    class C(B, metaclass=M): pass
def without_all():
    class M(type):
        def mro(cls): return [object]
    M('C', (), {})
def behind():
    class M(type):
        def mro(cls): return type.mro(cls)[::-1]
    class C(metaclass=M): x = 1
    print([one.__name__ for one in C.__mro__], C.x)
t(without); t(without_all); t(behind)
