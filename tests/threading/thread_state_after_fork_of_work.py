"""Threads started by threads; names, daemon inheritance, joins from several threads."""

import threading

log = []


def child(n):
    log.append(("child", n, threading.current_thread().daemon))


def parent(n):
    c = threading.Thread(target=child, args=(n,))
    c.start()
    c.join()
    log.append(("parent", n))


ps = [threading.Thread(target=parent, args=(i,), daemon=i == 1) for i in range(3)]
for p in ps:
    p.start()
for p in ps:
    p.join()
print(sorted(log))
waited = []
t = threading.Thread(target=lambda: None)
t.start()
joiners = [threading.Thread(target=lambda: waited.append(t.join())) for _ in range(4)]
for j in joiners:
    j.start()
for j in joiners:
    j.join()
print(waited)
depth = []


def chain(n):
    depth.append(n)
    if n:
        t = threading.Thread(target=chain, args=(n - 1,))
        t.start()
        t.join()


chain(10)
print(depth)
