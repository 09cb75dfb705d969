"""append, pop, extend, insert, slice-assign, sort, reverse, index and iterate one list from six threads.

What gil.md calls atomic holds: every item that comes out went in, whole. What is not promised may
raise IndexError or ValueError; nothing else may happen.
"""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
shared = []
problems = []


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                n += 1
                try:
                    step(n)
                except (IndexError, ValueError):
                    pass
                if len(shared) > 5000:
                    del shared[100:]
        except BaseException as error:
            problems.append(repr(error))

    return run


def check(item):
    if type(item) is not int or not 0 <= item < 10**9:
        problems.append(f"a strange item {item!r}")


def append_and_pop(n):
    shared.append(n)
    check(shared.pop())


def extend(n):
    shared.extend([n, n + 1, n + 2])
    shared[1:3] = [n] * 4
    del shared[-2:]


def insert(n):
    shared.insert(n % 7, n)
    shared.insert(-1, n)
    check(shared.pop(0))


def read(n):
    check(shared[n % 50])
    check(shared[-1])
    for item in shared[:20]:
        check(item)
    if len(shared) < 0 or 5 in shared and shared.index(5) < 0:
        problems.append("impossible length or index")


def order(n):
    shared.reverse()
    if n % 20 == 0:
        shared.sort()
        shared.sort(key=lambda x: -x)


def walk(n):
    for i, item in enumerate(shared):
        check(item)
        if i > 100:
            break
    copy = shared.copy()
    check(sum(copy[:10]))
    shared[:] = copy[:200]
    shared[0] = n
    shared[::2] = shared[::2]
    shared.remove(n)
    if n % 500 == 0:
        shared.clear()


threads = [threading.Thread(target=guarded(s)) for s in (append_and_pop, extend, insert, read, order, walk)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
