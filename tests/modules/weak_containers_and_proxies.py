"""weakref: proxies, methods, finalizers, containers, while their objects live."""

import weakref, gc
class T: pass
t=T()
def cb(r): pass
r1=weakref.ref(t); r2=weakref.ref(t); r3=weakref.ref(t,cb); r4=weakref.ref(t,cb)
print(r1 is r2, r3 is r4, weakref.getweakrefcount(t), weakref.getweakrefs(t)==[r1,r3,r4])
p=weakref.proxy(t); p2=weakref.proxy(t); print(p is p2, type(p), weakref.getweakrefcount(t))
print(weakref.ref, weakref.ProxyType, weakref.CallableProxyType, weakref.ProxyTypes)
t.x=1
print(p.x, isinstance(p,T), p.__class__)
def f(): return 5
pf=weakref.proxy(f); print(type(pf), pf())
d=weakref.WeakValueDictionary(); print(d); 
k=weakref.WeakKeyDictionary(); s=weakref.WeakSet(); print(s); s.add(t); print(len(s), t in s, 5 in s)
try: k[5]=1
except TypeError as e: print(e)
try: d[1]=5
except TypeError as e: print(e)
class C:
    def m(self): return "m"
c=C(); wm=weakref.WeakMethod(c.m); print(wm()(), wm()==c.m)
fin=weakref.finalize(c, print, "bye", 1); print(fin.alive, fin.peek()[1:]); fin(); print(fin.alive)
print(bool(weakref.proxy(c)))
class S(T): __slots__=()
class Z: __slots__=('a',)
try: weakref.ref(Z())
except TypeError as e: print(e)
class N:
    def __len__(self): return 3
    def __getitem__(self,i): return i
    def __add__(self,o): return 'add'
    def __eq__(self,o): return True
    def __str__(self): return "str"
n=N(); p=weakref.proxy(n)
print(len(p), p[7], p+1, p==4, str(p), list(x for x in [1]), bool(p), repr(p)[:16])
try: d['z']
except KeyError as e: print(e)
d['n']=n; print(list(d), list(d.values())==[n], list(d.items())==[('n',n)], d.get('n') is n, 'n' in d, d.pop('n') is n, len(d))

# Weak references to methods: equal where object and method are, and nothing else where one of both is gone.
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
class Owner:
    def __eq__(self, other): return isinstance(other, Owner)
    def __hash__(self): return 1
    def one(self): return 1
    def two(self): return 2
x, y = Owner(), Owner()
for a, b in ((x.one, x.one), (x.one, y.one), (x.one, x.two), (x.one, y.two)):
    a, b = weakref.WeakMethod(a), weakref.WeakMethod(b)
    print(a == b, a != b, a == Equal(), a != Equal(), a == 1, a != 1)


class Power:
    def __pow__(self, other, modulus=None):
        return "pow", other, modulus

    def __rpow__(self, other, modulus=None):
        return "rpow", other, modulus

    def __mod__(self, other):
        return "mod"


number = Power()
p = weakref.proxy(number)
print(p ** 2, 2 ** p, pow(p, 2, 3), pow(2, p, 3), p % 3)
