"""Three hundred threads, fifty at a time."""

import threading

count = 0
lock = threading.Lock()


def work():
    global count
    with lock:
        count += 1


for _ in range(6):
    batch = [threading.Thread(target=work) for _ in range(50)]
    for t in batch:
        t.start()
    for t in batch:
        t.join()
print(count, threading.active_count())
