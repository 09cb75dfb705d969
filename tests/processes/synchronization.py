"""Locks, semaphores, conditions, events and barriers between processes."""
import multiprocessing
import os
import re
import threading
import time

ctx = multiprocessing.get_context("fork")


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as e:
            print(type(e).__name__, e)


def start(target, *args):
    p = ctx.Process(target=target, args=args)
    p.start()
    return p


for made in (ctx.Lock(), ctx.RLock(), ctx.Semaphore(3), ctx.BoundedSemaphore(2), ctx.Condition(), ctx.Event(), ctx.Barrier(2),
             ctx.Condition(ctx.Lock())):
    print(re.sub("0x[0-9a-f]+", "0x", repr(made)))

lock, rlock = ctx.Lock(), ctx.RLock()
attempt(lambda: lock.release(), lambda: lock.acquire(), lambda: lock, lambda: lock.acquire(False),
        lambda: lock.acquire(timeout=0.01), lambda: lock.acquire(True, -1), lambda: lock.acquire(block=False),
        lambda: lock.release(), lambda: rlock.release(), lambda: rlock.acquire(), lambda: rlock.acquire(), lambda: rlock,
        lambda: rlock.release(), lambda: rlock.release(), lambda: rlock, lambda: ctx.BoundedSemaphore(1).release(),
        lambda: ctx.Semaphore(-1), lambda: ctx.Semaphore(0).acquire(False), lambda: ctx.Semaphore(2).get_value(),
        lambda: ctx.Semaphore(2**31 - 1).release(), lambda: ctx.Condition().notify(), lambda: ctx.Condition().wait(0),
        lambda: ctx.Barrier(0))
with lock:
    p = start(lambda: print(lock, lock.acquire(False), rlock.acquire(), rlock, flush=True) or rlock.release())
    p.join()
    t = threading.Thread(target=lambda: print(lock, rlock))
    t.start()
    t.join()
    with rlock:
        t = threading.Thread(target=lambda: print(rlock, rlock.acquire(False)))
        t.start()
        t.join()
print(lock.locked(), ctx.RLock().locked())

# A counter under a lock, in shared memory.
value = ctx.Value("i", 0)
raw = ctx.RawValue("i", 0)


def count():
    for _ in range(200):
        with value:
            value.value += 1
        with lock:
            raw.value += 1


processes = [start(count) for _ in range(4)]
for p in processes:
    p.join()
print(value.value, raw.value)

# An event, waited for by two.
event, seen = ctx.Event(), ctx.Semaphore(0)
processes = [start(lambda: event.wait() and seen.release()) for _ in range(2)]
print(event.wait(0.01), event.is_set(), seen.get_value())
event.set()
for p in processes:
    p.join()
print(event.wait(), event.is_set(), seen.get_value())
event.clear()
print(event.is_set())

# A condition: workers wait for their turn.
condition, turn = ctx.Condition(), ctx.Value("i", 0, lock=False)


def take_turn(number):
    with condition:
        condition.wait_for(lambda: turn.value == number)
        print("turn of", number, flush=True)
        turn.value += 1
        condition.notify_all()


processes = [start(take_turn, number) for number in (3, 1, 2, 0)]
for p in processes:
    p.join()
with condition:
    print(condition.wait(0.01), condition.wait_for(lambda: False, 0.01), condition)

# A barrier, twice around, and broken.
barrier, indices = ctx.Barrier(3), ctx.Array("i", 6)


def meet():
    for round in range(2):
        index = barrier.wait()
        indices[3 * round + index] += 1


processes = [start(meet) for _ in range(3)]
for p in processes:
    p.join()
print(list(indices), barrier.n_waiting, barrier.parties, barrier.broken)
attempt(lambda: barrier.wait(0.01), lambda: barrier.wait())
print(barrier.broken)
barrier.reset()
print(barrier.broken)


def abort():
    time.sleep(0.05)
    barrier.abort()


p = start(abort)
attempt(lambda: barrier.wait())
p.join()

# Who waits is found by a signal all the same.
semaphore = ctx.Semaphore(0)
p = start(semaphore.acquire)
time.sleep(0.05)
p.terminate()
p.join()
print(p.exitcode, semaphore.get_value())
semaphore.release()
print(semaphore.acquire(timeout=1))
