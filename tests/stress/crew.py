# part of the stress programs: threads that work side by side until the time is up, and what they found wrong.

import sys
import threading
import time

deadline = time.monotonic() + (float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
problems = []


def going_on():
    return time.monotonic() < deadline and not problems


def keep_doing(step, *allowed):
    """The work of a thread: `step(1)`, `step(2)`, …, any of which may raise what is allowed."""

    def work():
        n = 0
        try:
            while going_on():
                n += 1
                try:
                    step(n)
                except allowed:
                    pass
        except BaseException as error:
            problems.append(f"{step.__name__}: {error!r}")

    work.__name__ = step.__name__
    return work


def together(*works):
    """Each work in a thread of its own; back when all are done."""
    gate = threading.Barrier(len(works))

    def run(work):
        try:
            gate.wait()
            work()
        except BaseException as error:
            problems.append(f"{work.__name__}: {error!r}")

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


def finish():
    print("\n".join(problems[:5]) or "ok")
