"""Threads that make classes, closures, generators, exceptions and other threads, and collect, all at once."""

import gc
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
pool = []
table = {}


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                n += 1
                try:
                    step(n)
                except (IndexError, KeyError, RuntimeError, StopIteration):
                    pass
                del pool[200:]
        except BaseException as error:
            problems.append(repr(error))

    return run


def make_classes(n):
    base = type(f"Base{n}", (), {"value": n, "get": lambda self: self.value})

    class Sub(base):
        def get(self):
            return super().get() + 1

    pool.append(Sub())
    if Sub().get() != n + 1:
        problems.append("a class lost its value")
    table[n % 50] = Sub


def make_closures(n):
    fs = [lambda x, k=k: (x, k, n) for k in range(5)]
    pool.append(fs[n % 5])
    if [f(1)[1] for f in fs] != [0, 1, 2, 3, 4]:
        problems.append("a closure lost its value")
    pool[n % 100]


def raise_and_catch(n):
    def deep(k):
        if k == 0:
            raise ValueError(n)
        try:
            deep(k - 1)
        finally:
            table["last"] = k

    try:
        deep(n % 20)
    except ValueError as error:
        if error.args != (n,):
            problems.append("an exception lost its value")
        pool.append(error)


def generate(n):
    def walk(k):
        if k:
            yield k
            yield from walk(k - 1)

    if sum(walk(10)) != 55:
        problems.append("a generator lost its way")
    g = walk(5)
    next(g)
    pool.append(g)


def collect(n):
    gc.collect()
    cycle = []
    cycle.append(cycle)
    pool.append(cycle)


def start_threads(n):
    got = []
    ts = [threading.Thread(target=lambda i=i: got.append(i)) for i in range(4)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    if sorted(got) != [0, 1, 2, 3]:
        problems.append("a thread was lost")


def strings(n):
    text = "-".join([str(i) for i in range(n % 50)])
    table[f"{text!r:>10}"] = text.split("-")
    big = 3 ** (n % 300)
    if str(big) != f"{big}" or (text and text.count("-") != n % 50 - 1):
        problems.append("a text was wrong")
    if len(table) > 500:
        table.clear()


def use(n):
    for thing in pool[:20]:
        if hasattr(thing, "get"):
            thing.get()
        repr(thing)[:10]
    for value in list(table.values())[:10]:
        isinstance(value, type) and value().get()


steps = (make_classes, make_closures, raise_and_catch, generate, collect, start_threads, strings, use)
threads = [threading.Thread(target=guarded(s)) for s in steps]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
