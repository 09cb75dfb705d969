# Objects of a manager's process, used by several through proxies.
import multiprocessing as mp, os, time, gc
from multiprocessing.managers import BaseManager, SyncManager, RemoteError
def worker(d, l, n, lock, q, ev, v):
    with lock:
        d['child'] = 1; l.append('x'); n.attr = 5; v.value += 1
    q.put('from child'); ev.set()
class Math:
    def __init__(s, a): s.a = a
    def add(s, x): return s.a + x
    def fail(s): raise ValueError('no')
    def _hidden(s): pass
    def gen(s): return iter(range(3))
mp.set_start_method("fork", force=True)


class MyManager(BaseManager): pass
MyManager.register('Math', Math)
MyManager.register('gen', lambda: iter('abc'), exposed=('__next__',))
with mp.Manager() as m:
    d, l, n, lock, q, ev, v, a = m.dict(), m.list([1, 2]), m.Namespace(), m.Lock(), m.Queue(), m.Event(), m.Value('i', 3), m.Array('i', [1,2])
    p = mp.Process(target=worker, args=(d, l, n, lock, q, ev, v)); p.start(); p.join()
    print(d, l, n, v.value, q.get(), ev.is_set(), a[1], len(l), l[-1], 'child' in d, dict(d), sorted(d.items()), p.exitcode)
    print(n.attr, str(n), type(d).__name__, repr(d)[:37])
    d['nested'] = m.list([5]); d['nested'].append(6); print(d['nested'], [*l], l + [9])
    try: d['zz']
    except KeyError as e: print('KeyError', e)
    try: l.nope
    except AttributeError as e: print(e)
    l += ['y']; print(l, l.copy()); l.sort if 0 else None
    s = m.set({1}); s.add(2); print(s, 2 in s, len(s))
    try: q.get(timeout=.01)
    except Exception as e: print(type(e).__name__)
    with lock: print(lock.locked())
    b = m.Barrier(1); print(b.wait(), b.parties)
    with m.Pool(2) as pool: print(pool.map(abs, [-1, -2]), pool.apply_async(abs, (-3,)).get(), list(pool.imap(abs, [-5])))
    print([x for x in d], m.address is not None)
    before = m._number_of_objects(); x = m.list(); del x; gc.collect(); print(m._number_of_objects() <= before + 1)
with MyManager() as m:
    x = m.Math(5); print(x.add(2), type(x).__name__)
    try: x.fail()
    except ValueError as e: print('ValueError', e)
    try: x._callmethod('_hidden')
    except RemoteError as e: print('RemoteError', 'is not in exposed=' in str(e))
    g = m.gen(); print(next(g), next(g))
try: m.start()
except mp.ProcessError as e: print(e)
try: m.Math(1)
except AssertionError as e: print(e)
print(mp.active_children())
