"""Return values, timeouts, non-blocking, misuse."""

import threading
import time

lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False), lock.acquire(timeout=0.01), lock.acquire(True, 0.01))
lock.release()
print(lock.locked())
with lock:
    print(lock.locked())
for misuse in (lambda: lock.release(), lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), lambda: lock.acquire(timeout="x")):
    try:
        misuse()
    except Exception as error:
        print(type(error).__name__, error)
lock.acquire()
start = time.monotonic()
print(lock.acquire(timeout=0.05), time.monotonic() - start >= 0.045)
t = threading.Thread(target=lock.release)
t.start()
t.join()
print(lock.locked())
lock.acquire()
got = []
w = threading.Thread(target=lambda: got.append(lock.acquire(timeout=5)))
w.start()
time.sleep(0.02)
lock.release()
w.join()
print(got, type(lock).__name__)
lock.release()
try:
    with lock:
        lock.release()
except RuntimeError as error:
    print(error)
