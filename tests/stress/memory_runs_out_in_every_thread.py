# gilbox: --max-memory 60M
"""Threads that want more memory than there is, in every way: each attempt ends in a MemoryError, or a thread that cannot be
started in a RuntimeError, and what fits goes on to work. No lock stays taken, or the threads would never end."""

import threading
import time

from crew import finish, going_on, problems, together

threading.excepthook = lambda args: None
kept = []


def lists(n):
    part = [n] * (1 << 18)
    part * (n % 60)


def grown(n):
    while True:
        kept.append([n] * 1000)


def dicts(n):
    table = {}
    for i in range(10**7):
        table[i] = str(i)


def strings(n):
    text = "x" * (1 << 16)
    while True:
        text = text + text[: 1 << 20]


def byte_arrays(n):
    array = bytearray(b"x")
    while True:
        array.extend(array)


def chains(n):
    chain = []
    while True:
        chain = [chain, object()]


def classes(n):
    made = []
    while True:
        made.append(type("Made", (), {"items": [0] * 1000}))


def numbers(n):
    made = []
    while True:
        made.append(n << (1 << 22))


def threads(n):
    started = [threading.Thread(target=list, args=(range(10**5),)) for _ in range(5)]
    for t in started:
        t.start()
    for t in started:
        t.join()


def modest(n):
    try:
        items = [i * i for i in range(100)]
        if sum(items) != 328350 or {i: str(i) for i in items}[81] != "81" or "".join(map(str, range(12)))[9:] != "91011":
            problems.append("what fits went wrong")
    except MemoryError:
        pass


def again_and_again(step):
    def attempt(n):
        try:
            step(n)
        finally:
            kept.clear()

    def attempts():
        n = 0
        try:
            while going_on() and time.monotonic() < round_end:
                n += 1
                try:
                    attempt(n)
                except (MemoryError, RuntimeError):
                    pass
        except MemoryError:
            # Between two attempts. The next round brings more.
            pass

    attempts.__name__ = step.__name__
    return attempts


steps = (lists, grown, dicts, strings, byte_arrays, chains, classes, numbers, threads, modest)
try:
    while going_on():
        round_end = time.monotonic() + 1
        together(*map(again_and_again, steps))
except MemoryError:
    # Between two rounds, of what the last one has left.
    pass
finish()
