"""Events, conditions, barriers and semaphores with timeouts, under one policy of the lock after another: nobody is let through
who should wait, nobody who was woken sleeps on, and nothing that was handed over is lost."""

import threading
import time

import gil
from crew import finish, going_on, problems, together

POLICIES = ("3.14", "3.9", "2.7", "fair", "priority")
switches = gil.enabled()


def few_at_a_time():
    limit = 3
    semaphore = threading.BoundedSemaphore(limit)
    inside = []
    most = []

    def enter():
        for i in range(40):
            if semaphore.acquire(timeout=0.0005 if i % 3 else None):
                inside.append(1)
                most.append(len(inside))
                if i % 8 == 0:
                    time.sleep(0)
                inside.pop()
                semaphore.release()

    together(*[enter] * 6)
    if max(most) > limit or inside:
        problems.append(f"{max(most)} were let in instead of {limit}")
    for _ in range(limit):
        if not semaphore.acquire(blocking=False):
            problems.append("a semaphore lost a place")
    for _ in range(limit):
        semaphore.release()
    try:
        semaphore.release()
        problems.append("a bounded semaphore was released too often")
    except ValueError:
        pass


def in_step():
    parties, rounds = 5, 20
    at = []
    barrier = threading.Barrier(parties, action=lambda: at.append(0))
    numbers = []

    def walk():
        for _ in range(rounds):
            before = len(at)
            numbers.append(barrier.wait(timeout=30))
            if len(at) <= before:
                problems.append("a barrier let somebody through early")

    together(*[walk] * parties)
    if len(at) != rounds or sorted(numbers) != sorted(list(range(parties)) * rounds):
        problems.append(f"a barrier opened {len(at)} times instead of {rounds}")


def broken_barriers():
    barrier = threading.Barrier(3)
    broken = []

    def wait_in_vain():
        for i in range(15):
            try:
                barrier.wait(0.0001 * (i % 4))
            except threading.BrokenBarrierError:
                broken.append(i)

    def mend():
        for i in range(15):
            time.sleep(0.0002)
            (barrier.reset if i % 3 else barrier.abort)()
        barrier.abort()

    together(wait_in_vain, wait_in_vain, mend)


def handed_over():
    """Producers and consumers on two conditions of one lock; some waits time out."""
    lock = threading.Lock()
    not_empty, not_full = threading.Condition(lock), threading.Condition(lock)
    buffer, got = [], []

    def produce():
        for i in range(120):
            with not_full:
                while len(buffer) >= 4:
                    not_full.wait()
                buffer.append(i)
                not_empty.notify()

    def consume():
        for i in range(80):
            with not_empty:
                while not buffer:
                    not_empty.wait(0.0002 if i % 5 == 0 else None)
                got.append(buffer.pop(0))
                # A wait that timed out may have swallowed a wake-up meant for another.
                not_full.notify()
                if buffer:
                    not_empty.notify()

    together(produce, produce, consume, consume, consume)
    if sorted(got) != sorted(list(range(120)) * 2):
        problems.append(f"{len(got)} things of 240 arrived")


def signalled():
    event = threading.Event()
    answers = []

    def wait():
        for i in range(20):
            if event.wait(0.0003) != event.is_set() and i > 100:
                problems.append("an event lied")
        answers.append(event.wait(30))

    def flicker():
        for _ in range(40):
            event.set()
            event.clear()
        event.set()

    together(wait, wait, wait, flicker)
    if answers != [True] * 3:
        problems.append("a set event did not wake everybody")


def woken_one_by_one():
    condition = threading.Condition()
    ready = threading.Semaphore(0)
    woken = []

    def sleep():
        with condition:
            ready.release()
            condition.wait()
            woken.append(1)

    def wake():
        for _ in range(6):
            ready.acquire()
        for _ in range(6):
            with condition:
                before = len(woken)
                condition.notify()
            stop = time.monotonic() + 30
            while len(woken) == before and time.monotonic() < stop:
                time.sleep(0)
            with condition:
                if len(woken) != before + 1:
                    problems.append(f"one notify woke {len(woken) - before}")

    together(*[sleep] * 6, wake)


def reentered():
    lock = threading.RLock()
    value = [0]

    def climb(depth):
        with lock:
            value[0] += 1
            if depth:
                climb(depth - 1)
            if not lock._is_owned():
                problems.append("an owner does not own its lock")

    def run():
        for i in range(20):
            climb(i % 6)
            if lock.acquire(timeout=0.0002):
                lock.release()

    together(*[run] * 4)
    if value[0] != 4 * sum(i % 6 + 1 for i in range(20)):
        problems.append("a counter under an RLock lost updates")


def times_out_in_time():
    lock = threading.Lock()
    lock.acquire()

    def wait():
        start = time.monotonic()
        if lock.acquire(timeout=0.002):
            problems.append("a lock was taken twice")
        if time.monotonic() - start < 0.0019:
            problems.append("a wait came back early")

    together(*[wait] * 5)


parts = (
    few_at_a_time,
    in_step,
    broken_barriers,
    handed_over,
    signalled,
    woken_one_by_one,
    reentered,
    times_out_in_time,
)
turn = 0
while going_on():
    for part in parts:
        if switches:
            gil.enable(POLICIES[turn % len(POLICIES)])
        turn += 1
        if going_on():
            part()
finish()
