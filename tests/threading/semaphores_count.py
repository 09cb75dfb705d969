"""Semaphore and BoundedSemaphore."""

import threading

s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01))
s.release()
print(s.acquire(blocking=False))
s.release(2)
with s:
    with s:
        print(s.acquire(False))
inside = 0
most = 0
lock = threading.Lock()
gate = threading.Semaphore(3)


def work():
    global inside, most
    with gate:
        with lock:
            inside += 1
            most = max(most, inside)
        for _ in range(1000):
            pass
        with lock:
            inside -= 1


threads = [threading.Thread(target=work) for _ in range(10)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(most <= 3, inside)
b = threading.BoundedSemaphore(1)
with b:
    pass
for misuse in (b.release, lambda: threading.Semaphore(-1), lambda: s.release(0), lambda: s.acquire(False, 1), lambda: b.release(2)):
    try:
        misuse()
    except ValueError as error:
        print(error)
zero = threading.Semaphore(0)
t = threading.Thread(target=zero.release)
t.start()
print(zero.acquire(timeout=5))
t.join()
