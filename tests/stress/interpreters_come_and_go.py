"""Interpreters are made and closed by many threads, pass work through queues to each other, have threads of their own, meet
forks and closed doors: nothing is lost, nobody sees another's objects, and all are gone in the end."""

import os
import random
import threading
import time
import warnings
from concurrent import interpreters

from crew import finish, going_on, keep_doing, problems, together

BUSY = """
import threading
kept = []
def fill(n):
    for i in range(200):
        kept.append((n, str(i)))
        [i] * 10
threads = [threading.Thread(target=fill, args=(n,)) for n in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(kept) == 400, len(kept)
"""


def by_itself(_):
    there = interpreters.create()
    try:
        there.exec(BUSY)
        there.exec("assert len(kept) == 400")
        if there.call(lambda a, b: [a, b, (a, b)], 1, "x") != [1, "x", (1, "x")]:
            problems.append("a result was changed on its way")
        try:
            there.exec("raise LookupError('wanted')")
            problems.append("an exception was lost")
        except interpreters.ExecutionFailed as failed:
            if failed.excinfo.msg != "wanted":
                problems.append(f"another exception: {failed}")
    finally:
        there.close()


def relay(_):
    """Through a chain of interpreters, each of which adds one."""
    line = [interpreters.create_queue(random.choice((0, 1, 3))) for _ in range(3)]
    chain = [interpreters.create() for _ in range(2)]

    def step(taken, given):
        while (item := taken.get()) is not None:
            given.put((item[0] + 1, item[1]))
        given.put(None)

    threads = [there.call_in_thread(step, *line[at:at + 2]) for at, there in enumerate(chain)]
    sender = threading.Thread(target=lambda: [line[0].put((n, "x" * n)) for n in range(30)] + [line[0].put(None)])
    sender.start()
    got = []
    while (item := line[-1].get(timeout=60)) is not None:
        got.append(item)
    if got != [(n + 2, "x" * n) for n in range(30)]:
        problems.append(f"a relay lost something: {got}")
    for thread in [sender, *threads]:
        thread.join()
    for there in chain:
        there.close()


# That threads fork is the point.
warnings.simplefilter("ignore", DeprecationWarning)
shared = [interpreters.create() for _ in range(2)]


def quarrel(_):
    """Several threads want the same interpreters."""
    there = random.choice(shared)
    try:
        there.exec("count = globals().get('count', 0) + 1")
        there.prepare_main(note=os.getpid())
    except interpreters.InterpreterError as error:
        if str(error) != "interpreter already running":
            problems.append(repr(error))
    try:
        if random.random() < 0.1:
            interpreters.get_main().close()
            problems.append("the main interpreter was closed")
    except interpreters.InterpreterError:
        pass


def fork(_):
    pid = os.fork()
    if pid == 0:
        # The child has this interpreter alone, and can make others.
        try:
            there = interpreters.create()
            there.exec("x = [str(i) for i in range(100)]")
            there.close()
            os._exit(0 if len(interpreters.list_all()) == 1 else 3)
        finally:
            os._exit(1)
    end = time.monotonic() + 60
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        if time.monotonic() > end:
            problems.append("a child hangs")
            os.kill(pid, 9)
        time.sleep(0.001)
    time.sleep(0.01)


works = [by_itself, by_itself, relay, quarrel, quarrel]
if hasattr(os, "fork"):
    works.append(fork)
while going_on():
    together(*map(keep_doing, works))
for there in shared:
    there.close()
if len(interpreters.list_all()) != 1:
    problems.append(f"some stay: {interpreters.list_all()}")
finish()
