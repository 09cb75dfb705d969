"""collections: namedtuple, OrderedDict, Counter, ChainMap, the User classes."""

from collections import *
import collections, collections.abc
P=namedtuple('P','x y')
p=P(1,y=2); print(p, p.x, p._fields, p._asdict(), p._replace(x=5), P._make([3,4]), p==(1,2), P.__doc__, P.x.__doc__, P.__module__, P.__match_args__, P.__new__.__doc__)
D=namedtuple('D',['a','b','c'],defaults=[1,2]); print(D(0), D._field_defaults, D(1,2,3)[1:])
print(namedtuple('R','a class a _b',rename=True)._fields, namedtuple('E','')(), namedtuple('S','one')(5))
for f in (lambda: P(1), lambda: P(1,2,3), lambda: P(1,z=3), lambda: p._replace(q=1), lambda: P._make([1]), lambda: namedtuple('a b','x'), lambda: namedtuple('A','x x'), lambda: namedtuple('A','_x'), lambda: namedtuple('A','def'), lambda: namedtuple('A','x',defaults=[1,2]), lambda: setattr(p,'x',1), lambda: p.zz):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
match p:
    case P(x=1,y=z): print(z)
class Q(namedtuple('Q','a b')):
    __slots__=()
    def sum(self): return self.a+self.b
print(Q(1,2).sum(), Q(1,2), isinstance(Q(1,2),tuple), hash(P(1,2))==hash((1,2)))
o=OrderedDict(a=1,b=2,c=3); o.move_to_end('a'); print(o, list(o)); o.move_to_end('c',last=False); print(o, o.popitem(), o.popitem(last=False), o)
print(OrderedDict(a=1,b=2)==OrderedDict(b=2,a=1), OrderedDict(a=1,b=2)=={'b':2,'a':1}, list(reversed(OrderedDict(a=1,b=2))), OrderedDict(), o|{'z':1}, OrderedDict.fromkeys('ab',0), o.copy(), o.pop('q',None), o.setdefault('n',1))
for f in (lambda: OrderedDict().popitem(), lambda: o.move_to_end('zz'), lambda: o.pop('zz'), lambda: o['zz']):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
c=Counter('abracadabra'); print(c, c.most_common(2), c['z'], c.total(), sorted(c.elements()), c+Counter(a=1), c-Counter(a=10), c&Counter(a=2,q=1), c|Counter(a=9,q=1), +Counter(a=-1,b=1), -Counter(a=-1,b=1))
c.update('aaa'); c.subtract(b=5); print(c, c==Counter(c), c>=Counter(a=1), Counter(a=1)<Counter(a=2), Counter(a=0)==Counter()); del c['nope']; c-=Counter(a=100); print(c, Counter(), c.copy())
print(Counter([1,1,2]).most_common(), list(Counter(a=2,b=1).items()))
try: Counter.fromkeys('a')
except NotImplementedError as e: print(e)
m=ChainMap({'a':1},{'a':2,'b':3}); print(m, m['a'], m['b'], len(m), list(m), dict(m), m.parents, m.new_child({'z':0}), 'b' in m, m.get('q',7)); m['n']=1; del m['n']; print(m.maps)
for f in (lambda: m['zz'], lambda: m.__delitem__('b'), lambda: m.pop('b'), lambda: ChainMap().popitem()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(m|{'k':1}, {'k':1}|m, bool(ChainMap()), m.copy()==m)
class L(UserList): pass
l=L([3,1,2]); l.sort(); l.append(5); print(l, l[1:], type(l[1:]), l+[1], [0]+l, l*2, 1 in l, l==[1,2,3,5], l.index(5), len(l))
class U(UserDict):
    def __setitem__(self,k,v): super().__setitem__(k,v*2)
u=U(a=1); u.update(b=2); print(u, u['a'], 'a' in u, u|{'c':1}, u.get('z'), dict(u), isinstance(u,dict))
s=UserString('abc'); print(s, s.upper(), type(s.upper()), s+'d', s[1:], s=='abc', s.find('c'), 'b' in s, repr(s), s*2, hash(s)==hash('abc'), s.split('b'), 'x%s'%s)
print(collections.abc.Mapping, isinstance(m, collections.abc.Mapping), issubclass(deque, collections.abc.MutableSequence), isinstance(c,dict))
try: collections.nope
except AttributeError as e: print(e)
