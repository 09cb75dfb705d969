"""operator: every function and callable, and their errors."""

import operator
print(operator.__all__)
for n in operator.__all__: print(n, repr(getattr(operator,n))[:40], '')
print(operator.itemgetter(1,2), operator.attrgetter('a.b'), operator.methodcaller('f',1,x=2))
for f in (lambda: operator.itemgetter(), lambda: operator.attrgetter(5), lambda:operator.methodcaller(), lambda: operator.itemgetter(1)(5), lambda: operator.countOf(5,1), lambda: operator.indexOf([1],5), lambda: operator.concat(1,2), lambda:operator.iconcat([1],5), lambda: operator.length_hint(5,'a'), lambda: operator.add(1), lambda: operator.is_none(None), lambda: operator.methodcaller(5), lambda: operator.index('a'), lambda: operator.itemgetter(1, x=2), lambda:operator.attrgetter('a')(5), lambda: operator.call(int,'5')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
