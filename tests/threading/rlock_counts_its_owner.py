"""Re-entry, ownership, release."""

import threading

r = threading.RLock()
print(r.acquire(), r.acquire(), r.acquire(False))
results = []
t = threading.Thread(target=lambda: results.append(r.acquire(False)))
t.start()
t.join()
print(results)


def foreign():
    try:
        r.release()
    except RuntimeError as error:
        results.append(str(error))


t = threading.Thread(target=foreign)
t.start()
t.join()
print(results)
r.release()
r.release()
r.release()
try:
    r.release()
except RuntimeError as error:
    print(error)
with r:
    with r:
        print("nested")


def recurse(n):
    with r:
        return n and 1 + recurse(n - 1)


print(recurse(20))
t = threading.Thread(target=lambda: results.append(r.acquire(timeout=1)))
t.start()
t.join()
print(results[-1])
