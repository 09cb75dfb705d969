# What crosses between interpreters: shareable objects, pickled ones, and queues.
import functools
import queue
import sys
import threading
import time
from concurrent import interpreters
from concurrent.interpreters import _queues

print = functools.partial(print, flush=True)


def attempt(function, *args, **kwargs):
    try:
        print('->', function(*args, **kwargs))
    except BaseException as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {error}')
        if error.__cause__ is not None:
            print('  because', type(error.__cause__).__name__, error.__cause__)


class Text(str):
    pass


class Kept:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == other.value


def sharing(there):
    values = [None, 1, -2**63, 2**63, 10**30, 1.5, 'a', b'a', (1, 2), (1, [2]), True, memoryview(b'ab'),
              [1], {}, 1j, ..., bytearray(b'a'), frozenset(), int, attempt, object, Text('a')]
    for value in values:
        print(type(value).__name__, interpreters.is_shareable(value), end='; ')
    print(interpreters.is_shareable(there), interpreters.is_shareable(interpreters.create_queue()))
    there.prepare_main({'a': 1, 'b': 'zwei'}, c=(None, 2.5, (b'x', True)), low=-2**63)
    there.prepare_main(view=memoryview(b'abc'))
    there.exec('print(a, b, c, low, view.tobytes(), view.readonly, flush=True)')
    attempt(there.prepare_main, x=[1])
    attempt(there.prepare_main, x=(1, ([2], 3)))
    attempt(there.prepare_main, x=2**63)
    attempt(there.prepare_main, x=Text('a'))
    attempt(there.prepare_main, {1: 2})
    attempt(there.prepare_main, 3)
    attempt(there.prepare_main)


def queues(there):
    line = interpreters.create_queue()
    print(line, line.id, line.maxsize, line.empty(), line.full(), line.unbounditems)
    for item in [1, [2, 'x'], (3, line), {'a': {4}}, Kept(5), memoryview(b'67')]:
        line.put(item)
    print(line.qsize(), [line.get() for _ in range(3)], line.get(), line.get() == Kept(5), line.get().tobytes())
    attempt(line.get, timeout=0.05)
    attempt(line.get_nowait)
    attempt(line.get, False)
    attempt(line.get, timeout=-1)
    attempt(line.put, threading.Lock())
    attempt(line.put, 1, unbounditems=7)
    short = interpreters.create_queue(2)
    short.put(1)
    short.put_nowait(2)
    print(short.full(), short.maxsize, short.qsize())
    attempt(short.put_nowait, 3)
    attempt(short.put, 3, timeout=0.05)
    attempt(short.put, 3, timeout=-1)
    attempt(interpreters.create_queue, 'a')
    attempt(interpreters.create_queue, unbounditems=5)
    attempt(interpreters.Queue, 777)
    attempt(interpreters.Queue, 'a')
    print(interpreters.Queue(line.id) is line, hash(line) == hash(line.id), line == short)
    print(issubclass(interpreters.QueueEmpty, queue.Empty), issubclass(interpreters.QueueFull, queue.Full))
    there.prepare_main(line=line, short=short)
    there.exec("line.put(('from there', [line])); print(line, short.get(), flush=True)")
    print(line.get(), short.get())
    # Waiting on both sides.
    thread = there.call_in_thread(lambda line: [line.get() for _ in range(3)], line)
    time.sleep(0.05)
    for i in range(3):
        line.put(i)
    thread.join()
    thread = threading.Thread(target=there.exec, args=("for i in range(6): short.put(i)",))
    thread.start()
    time.sleep(0.05)
    print([short.get() for _ in range(6)])
    thread.join()


def items_without_an_interpreter():
    for choice in (interpreters._queues.UNBOUND, _queues.UNBOUND_ERROR, _queues.UNBOUND_REMOVE):
        line = interpreters.create_queue(unbounditems=choice)
        there = interpreters.create()
        there.prepare_main(line=line)
        line.put('from here')
        there.exec('line.put(1); line.put(2)')
        print(line.unbounditems is choice, line.qsize(), end=' ')
        there.close()
        print(line.qsize())
        for _ in range(3):
            attempt(line.get, timeout=0)
    line = interpreters.create_queue()
    there = interpreters.create()
    there.prepare_main(line=line)
    there.exec('from concurrent.interpreters import _queues\n'
               'line.put(1, unbounditems=_queues.UNBOUND_REMOVE); line.put(2)')
    there.close()
    print(line.qsize(), repr(line.get()), line.get is not None)


def work(numbers, results):
    while True:
        n = numbers.get()
        if n is None:
            return
        results.put((n, n * n))


def division_of_labour():
    numbers, results = interpreters.create_queue(), interpreters.create_queue()
    workers = [interpreters.create() for _ in range(3)]
    threads = [worker.call_in_thread(work, numbers, results) for worker in workers]
    for n in range(50):
        numbers.put(n)
    for _ in workers:
        numbers.put(None)
    got = sorted(results.get() for _ in range(50))
    for thread in threads:
        thread.join()
    print(sum(square for _, square in got), [n for n, _ in got] == list(range(50)))
    for worker in workers:
        worker.close()


if __name__ == '__main__':
    there = interpreters.create()
    sharing(there)
    queues(there)
    there.close()
    items_without_an_interpreter()
    division_of_labour()
