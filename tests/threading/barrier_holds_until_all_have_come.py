"""Barrier: parties, indices, action, reset, abort, timeout."""

import threading

done = []
b = threading.Barrier(3, action=lambda: done.append("action"))
indices = []
lock = threading.Lock()


def work():
    for _ in range(2):
        i = b.wait()
        with lock:
            indices.append(i)


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(indices), done, b.parties, b.n_waiting, b.broken)
one = threading.Barrier(1)
print(one.wait(), one.wait())
short = threading.Barrier(2, timeout=0.02)
try:
    short.wait()
except threading.BrokenBarrierError as error:
    print("broken", error, short.broken)
try:
    short.wait()
except threading.BrokenBarrierError:
    print("still broken")
short.reset()
print(short.broken)
aborting = threading.Barrier(2)
result = []


def waits():
    try:
        aborting.wait(5)
    except threading.BrokenBarrierError:
        result.append("aborted")


t = threading.Thread(target=waits)
t.start()
while not aborting.n_waiting:
    pass
aborting.abort()
t.join()
print(result, issubclass(threading.BrokenBarrierError, RuntimeError))
try:
    threading.Barrier(0)
except ValueError as error:
    print(error)
