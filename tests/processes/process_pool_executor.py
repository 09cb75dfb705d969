# ProcessPoolExecutor: calls, chunks, errors, pools that break, ends.
import multiprocessing as mp
import os
import signal
import time
from concurrent.futures import CancelledError, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool

context = mp.get_context("fork")


def square(x):
    return x * x


def fails(x):
    raise LookupError(f"no {x}")


def dies(_):
    # Not before all the others are submitted.
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)


def begin(value):
    global begun
    begun = value


def ask(_):
    return begun


def leaves():
    raise SystemExit(3)


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


with ProcessPoolExecutor(2, mp_context=context) as pool:
    print(list(pool.map(square, range(10))), list(pool.map(square, range(10), chunksize=4)))
    print(list(pool.map(pow, [2, 3], [3, 2], buffersize=1)))
    print(pool.submit(square, 3).result(), pool.submit(pow, 2, exp=5).result())
    future = pool.submit(fails, 1)
    attempt(future.result)
    cause = future.exception().__cause__
    print(type(cause).__name__, str(cause).splitlines()[1:3], str(cause).splitlines()[-2])
    attempt(pool.submit(lambda: 0).result)
    try:
        pool.submit(leaves).result()
    except SystemExit as error:
        print("SystemExit", error)
    print(sorted(f.result() for f in as_completed([pool.submit(square, n) for n in range(5)])))
    print(len(wait([pool.submit(square, n) for n in range(5)]).done))
    attempt(pool.map, square, [1], chunksize=0)
    attempt(lambda: list(pool.map(time.sleep, [1], timeout=0.01)))
attempt(pool.submit, square, 1)

with ProcessPoolExecutor(2, mp_context=context, initializer=begin, initargs=(7,)) as pool:
    print(list(pool.map(ask, range(3))))
with ProcessPoolExecutor(1, mp_context=context) as pool:
    futures = [pool.submit(time.sleep, 0.1)] + [pool.submit(square, n) for n in range(10)]
    while not futures[0].running():
        time.sleep(0.001)
    pool.shutdown(wait=False, cancel_futures=True)
    states = []
    for future in futures:
        try:
            future.result(10)
            states.append("done")
        except CancelledError:
            states.append("cancelled")
    print(states[0], states[-1])
with ProcessPoolExecutor(2, mp_context=context) as pool:
    futures = [pool.submit(dies, 0)] + [pool.submit(square, n) for n in range(3)]
    attempt(futures[0].result)
    attempt(pool.submit, square, 1)
    attempt(lambda: list(pool.map(square, [1])))
for arguments in {"max_workers": 0}, {"initializer": 5}, {"max_tasks_per_child": 0}, {"max_tasks_per_child": "x"}, {"max_tasks_per_child": 1, "mp_context": context}:
    attempt(lambda: ProcessPoolExecutor(**arguments))
pool = ProcessPoolExecutor(2, mp_context=context)
future = pool.submit(time.sleep, 30)
while not future.running():
    time.sleep(0.01)
pool.kill_workers()
attempt(future.result)
pool.shutdown()
print(issubclass(BrokenProcessPool, RuntimeError))
