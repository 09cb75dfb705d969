# A pool of threads with an interpreter each.
import os
import sys
from concurrent import futures
from concurrent.futures import InterpreterPoolExecutor
from concurrent.futures.interpreter import BrokenInterpreterPool


def attempt(function, *args, **kwargs):
    try:
        print('->', function(*args, **kwargs))
    except BaseException as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {error}')
        if error.__cause__ is not None:
            print('  because', type(error.__cause__).__name__, str(error.__cause__).splitlines()[0])
    sys.stdout.flush()


def square(x):
    return x * x


def fail(x):
    raise ValueError(x, 'is bad')


def prepare(value):
    import builtins
    builtins.prepared = value


def prepared():
    import builtins
    return builtins.prepared


def where(_):
    from concurrent import interpreters
    return interpreters.get_current().id > 0, __name__, os.getpid()


if __name__ == '__main__':
    with InterpreterPoolExecutor(2) as pool:
        print(list(pool.map(square, range(10))))
        attempt(pool.submit(fail, 3).result)
        attempt(pool.submit(lambda: 3).result)
        attempt(pool.submit(square, 'x').result)
        attempt(pool.submit(print, 'printed there', flush=True).result)
        print(len({answer[0] for answer in pool.map(where, range(4))}), pool._max_workers)
        print({answer[2] == os.getpid() for answer in pool.map(where, range(4))})
        done = [future.result() for future in futures.as_completed([pool.submit(square, n) for n in range(5)])]
        print(sorted(done))
    attempt(pool.submit, square, 1)
    with InterpreterPoolExecutor(1, initializer=prepare, initargs=([1, 2],)) as pool:
        print(pool.submit(prepared).result())
    with InterpreterPoolExecutor(1, initializer=fail, initargs=(3,)) as pool:
        attempt(pool.submit(square, 2).result)
        sys.stderr.flush()
    attempt(InterpreterPoolExecutor, 0)
    print(BrokenInterpreterPool.__mro__[1].__name__, 'InterpreterPoolExecutor' in futures.__all__)
