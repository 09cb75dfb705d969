"""add, discard, pop, union, difference, iterate and clear one set from four threads."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
shared = set()
problems = []


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                n += 1
                try:
                    step(n)
                except (KeyError, RuntimeError):
                    pass
        except BaseException as error:
            problems.append(repr(error))

    return run


def check(item):
    if type(item) not in (int, str) or item not in everything:
        problems.append(f"a strange item {item!r}")


everything = frozenset(range(700)) | frozenset(f"s{i}" for i in range(700))


def add(n):
    shared.add(n % 700)
    shared.add(f"s{n % 700}")
    shared.discard(n * 7 % 700)


def take(n):
    check(shared.pop())
    shared.remove(n % 700)


def algebra(n):
    shared.update(range(n % 50))
    shared.difference_update(range(n % 30))
    for item in shared | {1} if n % 2 else shared & everything:
        check(item)
    if n % 300 == 0:
        shared.clear()


def look(n):
    for item in shared:
        check(item)
    for item in shared.copy():
        check(item)
    shared <= everything, n % 700 in shared, len(shared), bool(shared)


threads = [threading.Thread(target=guarded(s)) for s in (add, take, algebra, look)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
