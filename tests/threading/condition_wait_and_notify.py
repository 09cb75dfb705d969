"""Waiting for a predicate; notify one, notify all; timeouts; misuse."""

import threading

c = threading.Condition()
items = []
out = []


def consumer():
    with c:
        while not items:
            c.wait()
        out.append(items.pop())


threads = [threading.Thread(target=consumer) for _ in range(3)]
for t in threads:
    t.start()
for i in range(3):
    with c:
        items.append(i)
        c.notify()
for t in threads:
    t.join(5)
print(sorted(out), [t.is_alive() for t in threads])
with c:
    print(c.wait(timeout=0.02), c.wait_for(lambda: True), c.wait_for(lambda: False, timeout=0.02))
ready = False


def waiter():
    with c:
        out.append(c.wait_for(lambda: ready, timeout=5))


threads = [threading.Thread(target=waiter) for _ in range(3)]
for t in threads:
    t.start()
with c:
    ready = True
    c.notify_all()
for t in threads:
    t.join()
print(out[3:])
for misuse in (c.wait, c.notify, c.notify_all):
    try:
        misuse()
    except RuntimeError as error:
        print(error)
lock = threading.Lock()
own = threading.Condition(lock)
with own:
    print(lock.locked(), own.acquire(False))
print(lock.locked())
