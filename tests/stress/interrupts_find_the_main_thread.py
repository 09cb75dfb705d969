"""The main thread is interrupted again and again, whatever it does, while others work: each interrupt arrives, as one
KeyboardInterrupt, and the others do not notice."""

import _thread
import threading
import time

from crew import deadline, finish, going_on, keep_doing, problems

guard = threading.Lock()
items = []
done = [0, 0]
sent = 0
over = False
# Of one thing only: an interrupt may arrive in the middle of what threading does in Python.
asked = threading.Lock()
asked.acquire()


def work(me):
    def step(n):
        with guard:
            items.append(n)
            done[me] += 1
            if len(items) > 100:
                items.clear()

    step.__name__ = f"work_{me}"
    return step


def interrupt():
    global sent
    while asked.acquire() and not over:
        time.sleep(0.0001 * (sent % 7))
        sent += 1
        _thread.interrupt_main()


def spin():
    n = 0
    while time.monotonic() < deadline + 30:
        n += 1


def wait_for_lock():
    taken = threading.Lock()
    taken.acquire()
    taken.acquire(timeout=30)


def wait_for_condition():
    condition = threading.Condition()
    with condition:
        while True:
            condition.wait(1)


def sleep():
    time.sleep(30)


def join():
    # Not one of those that work: they end with the time.
    sender.join(30)


def raise_inside():
    while True:
        try:
            [].pop()
        except IndexError:
            pass


def generate():
    def numbers():
        try:
            while True:
                yield 1
        finally:
            done[0] += 0

    return sum(numbers())


def sort():
    while True:
        sorted(range(500), key=lambda x: -x)


def hash_and_compare():
    class Key:
        def __hash__(self):
            return 1

        def __eq__(self, other):
            return self is other

    keys = {Key(): i for i in range(30)}
    while True:
        dict.fromkeys(keys)
        list(keys.items())


def start_threads():
    while True:
        _thread.start_new_thread(items.append, (1,))


busy = (
    spin,
    wait_for_lock,
    wait_for_condition,
    sleep,
    join,
    raise_inside,
    generate,
    sort,
    hash_and_compare,
    start_threads,
)
threads = [threading.Thread(target=keep_doing(work(i))) for i in range(2)]
sender = threading.Thread(target=interrupt)
for t in (*threads, sender):
    t.start()
caught = turn = 0
while going_on():
    turn += 1
    try:
        asked.release()
        busy[turn % len(busy)]()
        problems.append(f"{busy[turn % len(busy)].__name__} was not interrupted")
    except KeyboardInterrupt:
        caught += 1
over = True
asked.release()
for t in (*threads, sender):
    t.join()
if caught != sent:
    problems.append(f"{caught} interrupts of {sent} arrived")
finish()
