"""The list of what is atomic, one by one: extend, slice assignment, sort, copies, len, stores of names and attributes."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []


def together(*functions):
    gate = threading.Barrier(len(functions))

    def run(f):
        gate.wait()
        try:
            f()
        except BaseException as error:
            problems.append(f"{f.__name__}: {error!r}")

    threads = [threading.Thread(target=run, args=(f,)) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def extend_is_whole():
    """`extend` with a list: its items stay together."""
    shared = []

    def add(k):
        def f():
            for _ in range(30):
                shared.extend([k, k, k, k])

        return f

    together(add(1), add(2), add(3))
    groups = [shared[i : i + 4] for i in range(0, len(shared), 4)]
    if len(shared) != 360 or any(len(set(g)) != 1 for g in groups):
        problems.append("extend was torn")


def slices_are_whole():
    """`L[i:j] = L2` and `L[:]`: all of it or nothing."""
    shared = [0] * 8

    def put(k):
        def f():
            for _ in range(60):
                shared[0:8] = [k] * 8

        return f

    def look():
        for _ in range(120):
            if len(set(shared[:])) != 1 or len(shared) != 8 or len(set(shared.copy())) != 1:
                problems.append("a slice was torn")

    together(put(1), put(2), look)


def sort_loses_nothing():
    shared = [(i * 37) % 101 for i in range(101)]

    def sort():
        for _ in range(20):
            shared.sort()

    def reverse():
        for _ in range(20):
            shared.reverse()

    together(sort, reverse)
    if sorted(shared) != list(range(101)):
        problems.append("sort lost items")


def update_is_whole():
    shared = {}

    def add(k):
        def f():
            for i in range(40):
                shared.update({(k, i, j): i for j in range(3)})

        return f

    def look():
        for _ in range(40):
            len(shared), shared.keys(), (1, 2, 3) in shared, shared.copy()

    together(add(1), add(2), look)
    if len(shared) != 240:
        problems.append("update lost items")


def stores_are_whole():
    class Box:
        pass

    box = Box()
    box.f = (0, 0)

    def put(k):
        def f():
            for i in range(200):
                box.f = (k, k)

        return f

    def look():
        for _ in range(200):
            a, b = box.f
            if a != b:
                problems.append("a store was torn")

    together(put(1), put(2), look)


checks = (extend_is_whole, slices_are_whole, sort_loses_nothing, update_is_whole, stores_are_whole)
while time.monotonic() < deadline and not problems:
    for check in checks:
        check()
print("\n".join(problems[:5]) or "ok")
