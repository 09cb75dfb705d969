# Pools of processes and of threads: every way of calling, errors with the traceback of where they happened, ends.
import multiprocessing as mp
import os
import threading
import time

mp.set_start_method("fork", force=True)
from multiprocessing.pool import MaybeEncodingError, Pool, RemoteTraceback, ThreadPool


def square(x):
    return x * x


def fails(x):
    if x % 2:
        raise ValueError(f"bad {x}")
    return x


def begin(value):
    global begun
    begun = value


def ask(_):
    return begun


def pid(_):
    return os.getpid()


def unpicklable():
    return lambda: 0


def items():
    yield 1
    yield 2
    raise KeyError("no more")


def attempt(call, *args):
    try:
        print(call(*args))
    except Exception as error:
        print(type(error).__name__, error)


with mp.Pool(3) as pool:
    print(pool)
    print(pool.map(square, range(10)), pool.map(square, []), pool.map(square, range(7), 2))
    print(pool.starmap(pow, [(2, 3), (3, 2)]), pool.starmap_async(pow, [(2, 5)]).get())
    print(list(pool.imap(square, range(5))), list(pool.imap(square, range(7), 3)))
    print(sorted(pool.imap_unordered(square, range(20), 3)), sorted(pool.imap_unordered(square, range(3))))
    print(pool.apply(square, (4,)), pool.apply(dict, (), {"a": 1}))
    called = []
    result = pool.apply_async(square, (5,), callback=called.append)
    print(result.get(10), result.ready(), result.successful(), called)
    result = pool.map_async(fails, range(4), 1, error_callback=lambda error: called.append(str(error)))
    result.wait(10)
    print(result.successful(), called)
    try:
        pool.map(fails, [1], 1)
    except ValueError as error:
        print(repr(error), type(error.__cause__) is RemoteTraceback)
        print(str(error.__cause__).splitlines()[1:3], str(error.__cause__).splitlines()[-2])
    attempt(pool.apply, unpicklable)
    it = pool.imap(square, items())
    print(next(it), next(it))
    attempt(next, it)
    attempt(lambda: pool.apply_async(time.sleep, (0.2,)).get(timeout=0.01))
    attempt(pool.apply, print, (threading.Lock(),))
    attempt(pool.imap, square, [], 0)
    attempt(pool.join)
    import pickle
    attempt(pickle.dumps, pool)
print(pool)
attempt(pool.apply, square, (1,))

with mp.Pool(2, begin, ("begun",)) as pool:
    print(pool.map(ask, range(3)))
with mp.Pool(1, maxtasksperchild=2) as pool:
    pids = pool.map(pid, range(6), 1)
    print([pids.count(one) for one in dict.fromkeys(pids)])
pool = mp.Pool(2)
results = [pool.apply_async(square, (n,)) for n in range(5)]
pool.close()
attempt(pool.apply, square, (1,))
pool.join()
print([result.get() for result in results], pool)
for arguments in (0,), (1, 5), (1, None, (), 0), (1, None, (), "x"):
    attempt(lambda: mp.Pool(*arguments))

with ThreadPool(2) as pool:
    print(pool.map(square, range(4)), list(pool.imap(square, range(3))), pool)
    attempt(pool.map, fails, [1, 2])
    attempt(lambda: pool.apply(unpicklable)())
from multiprocessing.dummy import Pool as DummyPool, Process as DummyProcess, Queue as DummyQueue, current_process

with DummyPool(2) as pool:
    print(pool.starmap(pow, [(2, 2)]))
q = DummyQueue()
p = DummyProcess(target=q.put, args=(1,))
p.start()
p.join()
print(q.get(), p.exitcode, current_process() is threading.current_thread())
print(mp.active_children())
print(issubclass(MaybeEncodingError, Exception))
