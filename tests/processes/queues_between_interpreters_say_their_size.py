"""maxsize as it was given."""

def show(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
from concurrent import interpreters
for n in (-1, 0, 1, 5, -7, 2**40, "a", 1.5, None):
    def g():
        q = interpreters.create_queue(n); return q.maxsize, q.empty(), q.full()
    show(g)
q = interpreters.create_queue(-1)
q.put(1); q.put(2); show(lambda: (q.qsize(), q.full()))
q = interpreters.create_queue(); show(lambda: q.maxsize)
show(lambda: setattr(q, "maxsize", 3))
