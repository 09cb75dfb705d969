"""Pools whose workers are started anew: each method, errors, initialisers, workers that are replaced, executors."""

import concurrent.futures
import multiprocessing
import os

state = None


def begin(value):
    global state
    state = value


def square(n):
    return n * n


def fail(n):
    raise ValueError(f"not {n}")


def tell(_):
    return state


def who(_):
    return os.getpid()


if __name__ == "__main__":
    for method in ("spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        with context.Pool(2, begin, ("ready",), maxtasksperchild=2) as pool:
            print(method, pool.map(square, range(8), chunksize=2), list(pool.imap(square, range(3))))
            print(sorted(pool.imap_unordered(square, range(4))), pool.starmap(max, [(1, 2), (4, 3)]))
            print(pool.apply_async(tell, (0,)).get(), pool.apply(square, (9,)))
            try:
                pool.apply(fail, (5,))
            except ValueError as error:
                print(type(error).__name__, error)
            print(len(set(pool.map(who, range(8), chunksize=1))) > 2)
        with concurrent.futures.ProcessPoolExecutor(2, mp_context=context, initializer=begin, initargs=("set",)) as pool:
            print(list(pool.map(square, range(6), chunksize=3)), pool.submit(tell, 0).result())
            error = pool.submit(fail, 6).exception()
            print(type(error).__name__, error)
            broken = pool.submit(os._exit, 3)
            print(type(broken.exception()).__name__)
