"""`OrderedDict`: order, ends, views, comparison, subclasses, messages."""

import copy
import pickle
from collections import OrderedDict as OD


def t(f):
    try:
        r = f()
        print(type(r).__name__, repr(r))
    except BaseException as e:
        print(type(e).__name__, e)


d = OD([('a',1),('b',2),('c',3)])
t(lambda: OD(1,2))
t(lambda: OD(1))
t(lambda: OD([1]))
t(lambda: OD([(1,2,3)]))
t(lambda: d.update(1,2))
t(lambda: OD(None))
t(lambda:OD([(1,)]))
t(lambda: OD({'a':1}, b=2))
t(lambda: OD(**{'self':1,'other':2}))
t(lambda: d.keys())
t(lambda: d.values())
t(lambda: d.items())
t(lambda: iter(d))
t(lambda: reversed(d))
t(lambda: iter(d.items()))
t(lambda: reversed(d.items()))
t(lambda: list(reversed(d.items())))
t(lambda: d.move_to_end('zz'))
t(lambda: d.move_to_end())
t(lambda: d.move_to_end('a', last=False))
t(lambda: d.move_to_end('c', last=False))
print(d)
t(lambda: d.move_to_end(key='c'))
print(d)
t(lambda: d.move_to_end('a','b','c'))
t(lambda: d.move_to_end([]))
t(lambda: OD().popitem())
t(lambda: OD().popitem(last=False))
t(lambda: OD().popitem(1,2))
t(lambda: d.popitem(False))
t(lambda: d.popitem(last=True))
print(d)
t(lambda: d.pop('zz'))
t(lambda: d.pop('zz', 4))
t(lambda: d.pop('zz', default=4))
t(lambda: d.pop())
t(lambda: d.setdefault('q'))
t(lambda: d.setdefault())
t(lambda: d.setdefault(key='w', default=3))
t(lambda: d.setdefault([], 3))
t(lambda: d | {1:2})
t(lambda: {1:2} | d)
t(lambda: d | 3)
t(lambda: d | [(1,2)])
def ior():
    global d; d |= [(5,6)]; return d
t(ior)
t(lambda: OD.fromkeys('abc'))
t(lambda: OD.fromkeys('abc', value=3))
t(lambda: OD.fromkeys(iterable='ab', value=3))
t(lambda: OD.fromkeys())
t(lambda:OD.fromkeys(3))
t(lambda: OD(a=1,b=2) == OD(b=2,a=1))
t(lambda: OD(a=1,b=2) == dict(b=2,a=1))
t(lambda: OD(a=1) != OD(a=1))
t(lambda: OD(a=1) < OD(a=2))
t(lambda: OD() == 3)
t(lambda: hash(OD()))
t(lambda: copy.copy(d))
t(lambda: d.copy())
t(lambda: pickle.loads(pickle.dumps(d)))
t(lambda: d.__reduce__())
t(lambda: copy.deepcopy(d))
x = OD(); x['x'] = x; print(x)
class S(OD):
    def __setitem__(self, k, v): print('set', k); super().__setitem__(k, v)
    def __delitem__(self, k): print('del', k); super().__delitem__(k)
    def __getitem__(self, k): print('get', k); return super().__getitem__(k)
    def __missing__(self, k): return 'miss'
s = S([(1,2),(3,4)], z=3)
t(lambda: s.pop(1))
t(lambda: s.pop(99))
t(lambda: s.pop(99, 1))
t(lambda: s.popitem())
t(lambda: s.setdefault(7, 8))
t(lambda: s.move_to_end(3))
t(lambda: s.update({5:5}))
t(lambda: s|{6:6})
t(lambda: {6:6}|s)
t(lambda: s.copy())
print(s)
t(lambda: s[99])
t(lambda: S.fromkeys([1]))
t(lambda: s==s)
t(lambda: s.__reduce__())
t(lambda: s.clear())
s.attr=3; print(s.__dict__)
print(OD().__dict__); o=OD(); o.foo=1; print(o.__dict__, o.__reduce__(), copy.copy(o).__dict__)
def it():
    d=OD(a=1,b=2)
    for k in d: d[k+'x']=1
t(it)
def it():
    d=OD(a=1,b=2,c=3)
    for k in d: d.move_to_end(k)
t(it)
def it():
    d=OD(a=1,b=2,c=3)
    for k in d: del d['c']
t(it)
def it():
    d=OD(a=1,b=2,c=3)
    r=[]
    for k in d: d[k]=5; r.append(k)
    return r
t(it)
def it():
    d=OD(a=1,b=2,c=3)
    for k in d: d.clear()
t(it)
class M:
    def keys(self): return ['p','q']
    def __getitem__(self,k): return k*2
t(lambda: OD(M()))
class N:
    def items(self): return [('p',1)]
t(lambda: OD(N()))
t(lambda: OD.__init__(3))
t(lambda: OD.move_to_end({}, 1))
t(lambda: OD().__class_getitem__(int))
t(lambda: OD[int,str])
it=iter(OD(a=1,b=2)); next(it)
t(lambda: it.__reduce__())
t(lambda: it.__length_hint__())
t(lambda: d.keys().mapping)
t(lambda: OD(a=1).keys() & {'a'})
t(lambda: OD(a=1).keys()==dict(a=1).keys())
t(lambda: OD(a=1).items().isdisjoint([]))

big = OD((n, n) for n in range(60))
for n in range(0, 60, 3):
    big.move_to_end(n, last=n % 2 == 0)
for n in range(20):
    big.popitem(last=n % 5 == 0)
    big.move_to_end(next(reversed(big)), last=False)
print(len(big), list(big)[:12], list(big)[-12:], hash(tuple(big.items())) == hash(tuple(big.copy().items())))
print(list({**big}) == list(big) == list(dict(big)), list(big.values()) == list(big))
