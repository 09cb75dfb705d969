"""itertools: every iterator, its arguments and its errors."""

import itertools, operator
from itertools import *
print([n for n in dir(itertools) if n[0]!='_'])
L=list
print(L(accumulate([1,2,3])), L(accumulate([1,2,3],operator.mul)), L(accumulate([1,2],initial=10)), L(accumulate([],initial=5)), L(accumulate([])), L(accumulate([1,2,3],func=max,initial=None)))
print(L(batched('abcdefg',3)), L(chain('ab',[1],())), L(chain.from_iterable(['ab',[1]])))
print(L(combinations('abcd',2)), L(combinations('ab',3)), L(combinations('ab',0)), L(combinations_with_replacement('abc',2)), L(combinations_with_replacement('',2)), L(combinations_with_replacement('',0)))
print(L(compress('abcdef',[1,0,1,0,1])), L(islice(count(5),3)), L(islice(count(5,2),3)), L(islice(count(1.5,.5),3)), count(), count(3), count(3,2), L(islice(count(step=-1),3)))
c=count(10**20); print(next(c), c); c=count(-3,10**20); next(c); print(c)
print(L(islice(cycle('ab'),5)), L(cycle([])), L(dropwhile(lambda x:x<3,[1,3,1])), L(takewhile(lambda x:x<3,[1,3,1])), L(filterfalse(None,[0,1,2])), L(filterfalse(lambda x:x%2,range(5))))
print([(k,L(g)) for k,g in groupby('aaabbca')], [(k,L(g)) for k,g in groupby([1,3,2,4],key=lambda x:x%2)], [k for k,g in groupby('aab')])
g=groupby('aabb'); k1,g1=next(g); k2,g2=next(g); print(L(g1), L(g2))
print(L(islice('abcdef',2)), L(islice('abcdef',1,None)), L(islice('abcdef',0,None,2)), L(islice('abcdef',1,5,2)), L(islice('abc',None)), L(islice('abc',0)))
print(L(pairwise('abcd')), L(pairwise('a')), L(permutations('abc',2)), L(permutations('abc'))[:3], L(permutations('ab',3)), L(permutations('',0)), L(product('ab',[1,2])), L(product()), L(product('ab',repeat=2)), L(product('ab',[])), L(product(range(2),repeat=3))[5:])
print(L(repeat(5,3)), repeat(5), repeat(5,2), repeat(5,-1), repeat('a',times=2), operator.length_hint(repeat(1,4)), L(starmap(pow,[(2,3),(3,2)])), L(zip_longest('ab','c')), L(zip_longest('ab','c',fillvalue='-')), L(zip_longest()))
a,b=tee([1,2,3]); print(next(a), L(b), L(a)); print(len(tee([],3)), tee([1],0)); a,=tee('ab',1); import sys
x,y=tee(iter('abcd')); next(x); z,w=tee(x); print(L(w), L(z), L(y))
E2=(lambda: islice([1],-1), lambda: islice([1],'a'), lambda: islice([1],1,2,0), lambda: islice([1]), lambda: count('a'), lambda: repeat(), lambda: batched('a',0), lambda: L(batched('abc',2,strict=True)), lambda: combinations('a',-1), lambda: permutations('a',-1), lambda: permutations('a','b'), lambda: product('a',repeat=-1), lambda: product(5), lambda: chain(5).__next__(), lambda: L(chain.from_iterable(5)), lambda: cycle(5), lambda: tee([1],-1), lambda: accumulate(), lambda: L(starmap(pow,[5])), lambda: zip_longest('a',foo=1), lambda: groupby(5), lambda: compress('a'), lambda: takewhile(None), lambda: next(iter(count(1,2,3))), lambda: pairwise(), lambda: L(takewhile(5,[1])), lambda: combinations('a'), lambda: filterfalse(1), lambda: islice([1],1,2,3,4), lambda: repeat(1,'a'))
for f in E2:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for o in (accumulate([1]), chain(), cycle('a'), groupby('a'), product('a'), tee('a')[0], zip_longest('a'), starmap(pow,[])): print(type(o), iter(o) is o)
def gen():
    yield 1
    raise ValueError('stop')
for f in (lambda: L(chain(gen())), lambda: L(accumulate(gen())), lambda: L(cycle(gen())), lambda: L(zip_longest([1,2],gen()))):
    try: f()
    except ValueError as e: print(e)
class C(count):
    def __next__(self): return 'mine'
print(next(C()), L(islice(C(),2)))
print(sum(islice(count(),10000)), L(map(sum, product([1,2],[3])))[0], L(zip(count(),'ab')), dict(zip('ab',repeat(0))), max(chain([1],[7])))
import weakref
a, b = tee([1, 2])
r = weakref.ref(a)
print(r() is a, next(r()))
class Reenters:
    def __iter__(self): return self
    def __next__(self): return next(second)
first, second = tee(Reenters())
try: next(first)
except RuntimeError as e: print('RuntimeError', e)
