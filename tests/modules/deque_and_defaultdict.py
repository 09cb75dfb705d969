"""collections.deque and defaultdict: methods, bounds, errors."""

from collections import deque, defaultdict
d=deque([1,2,3]); print(d, deque(maxlen=3), deque([1,2,3,4],3), deque([],0), d.maxlen)
d.appendleft(0); d.append(4); d.extend([5,6]); d.extendleft([-1,-2]); print(d, len(d), d[0], d[-1], d[3])
d.rotate(2); print(d); d.rotate(-3); print(d); d.rotate(); print(d)
print(d.pop(), d.popleft(), d.count(3), d.index(3), 3 in d, 99 in d)
d.insert(2,'i'); d.insert(-1,'j'); d.insert(100,'k'); print(d); d.remove('i'); print(d); d.reverse(); print(d); del d[0]; d[0]='z'; print(d); 
print(d+deque([1]), d*2, 2*d, d==deque(d), d!=deque(), deque([1,2])<deque([1,3]), deque([1])<=deque([1]), d.copy()==d, list(reversed(d)))
d2=deque([1]); d2+=[2,3]; d2*=2; print(d2); d2.clear(); print(d2, bool(d2))
m=deque([1,2,3],3); m.append(4); print(m); m.appendleft(0); print(m, m*3, m+m)
for f in (lambda: deque().pop(), lambda: deque().popleft(), lambda: d[100], lambda: d['a'], lambda: d[0:1], lambda: deque([1]).remove(5), lambda: deque([1]).index(5), lambda: deque(maxlen=-1), lambda: deque(maxlen='a'), lambda: m.insert(1,1), lambda: hash(d), lambda: d+[1], lambda: deque(5), lambda: d<[1], lambda:deque([1]).rotate('a'), lambda: d.x, lambda: deque.append(5,1), lambda: deque(1,2,3), lambda: deque(foo=1), lambda: d.__setitem__(100,1), lambda: d.append()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def mut(d):
    for x in d: d.append(1)
try: mut(deque([1]))
except RuntimeError as e: print(e)
class D(deque): pass
x=D([1],5); x.a=1; print(x, x.a, type(x.copy()), x+x, type(x*2))
r=deque(); r.append(r); print(r)
print(iter(d).__class__, iter(d).__length_hint__(), reversed(d).__class__, d.__class__.__module__, deque[int])
match deque([1,2]):
    case [a,b]: print(a,b)

dd=defaultdict(list); dd['a'].append(1); print(dd, dd['b'], dd.default_factory, len(dd)); dd.default_factory=None
try: dd['z']
except KeyError as e: print(repr(e))
for f in (lambda: defaultdict(5), lambda: defaultdict(int, {1:2}, 3), lambda: defaultdict(int,5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
dd=defaultdict(int, a=1); dd.update(b=2); print(dd, dd.copy(), type(dd.copy()), dd|{'c':1}, {'c':1}|dd, dd=={'a':1,'b':2}, dd.get('q'), 'q' in dd, dd.__missing__('m'), dd, dd.__reduce__()[:2], defaultdict(None), defaultdict())
class E(defaultdict): pass
e=E(list); e[1]; print(e)
dd=defaultdict(); dd.default_factory=lambda: dd; print(str(dd)[:20])
class F(defaultdict):
    def __missing__(self,k): return 'F'
print(F()[1])

