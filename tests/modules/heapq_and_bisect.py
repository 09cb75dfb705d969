"""heapq and bisect."""

import heapq, bisect
from heapq import *
h=[5,1,8,3,9,2]; heapify(h); print(h, heappop(h), h); heappush(h,0); print(h, heappushpop(h,-1), heapreplace(h,7), h, [heappop(h) for _ in range(len(h))])
print(nlargest(3,[5,1,8,3,9,2]), nsmallest(2,[5,1,8]), nlargest(2,['a','bbb','cc'],key=len), nsmallest(0,[1]), nsmallest(10,[3,1]), nlargest(1,[4,2]), nsmallest(1,[],key=None), list(merge([1,4],[2,3],[0])), list(merge(['b','a'],['c'],reverse=True,key=ord)), list(merge()))
m=[1,5,2]; heapify_max(m); print(m, heappop_max(m), m); heappush_max(m, 9); print(m, heapreplace_max(m,3), heappushpop_max(m,0), m)
for f in (lambda: heappop([]), lambda: heappush(5,1), lambda: heapreplace([],1), lambda: heappushpop([],3), lambda: heapify((1,)), lambda: heappush([1],'a')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a=[1,2,2,3]; print(bisect.bisect(a,2), bisect.bisect_left(a,2), bisect.bisect_right(a,2,0,2), bisect.bisect_left(a,9), bisect.bisect(['a','bb'],1,key=len)); bisect.insort(a,2.5); bisect.insort_left(a,0); bisect.insort(a,-1,key=lambda x:x); print(a)
try: bisect.bisect(a,1,-1)
except ValueError as e: print(e)
try: bisect.bisect(a,'x')
except TypeError as e: print(e)
class I:
    def __init__(s,p): s.p=p
    def __lt__(s,o): return s.p<o.p
q=[]; [heappush(q,I(p)) for p in (3,1,2)]; print([heappop(q).p for _ in range(3)])
import random; random.seed(3); L=[random.randrange(1000) for _ in range(200)]; x=L[:]; heapify(x); print([heappop(x) for _ in range(200)]==sorted(L), nsmallest(5,L)==sorted(L)[:5], nlargest(5,L,key=lambda v:-v)==sorted(L)[:5])
for wrong in (lambda: heapq.nsmallest("a", [1]), lambda: heapq.nlargest(None, []), lambda: heapq.nsmallest("a", iter([2]))):
    try:
        print(wrong())
    except TypeError as error:
        print(error)
