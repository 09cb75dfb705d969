"""Processes that fork while threads run, wait, begin and end: each child goes on alone, and none hangs."""

import gc
import os
import queue
import sys
import threading
import time
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
end = time.monotonic() + seconds
over = False
lock = threading.Lock()
shared = {"n": 0}
lines = queue.Queue()
simple = queue.SimpleQueue()
condition = threading.Condition()


def fight():
    while not over:
        with lock:
            shared["n"] += 1


def wait_briefly():
    while not over:
        lock.acquire(timeout=0.0001) and lock.release()
        with condition:
            condition.wait(0.0001)


def come_and_go():
    while not over:
        thread = threading.Thread(target=lambda: [[] for _ in range(100)])
        thread.start()
        thread.join()


def hand_on():
    while not over:
        lines.put(1)
        lines.get()
        simple.put(2)
        simple.get()


def make_garbage():
    while not over:
        ring = []
        ring.append(ring)
        str(shared)


def read_files():
    while not over:
        reader, writer = os.pipe()
        os.write(writer, b"x")
        os.read(reader, 1)
        os.close(reader)
        os.close(writer)


def live_in_the_child():
    assert threading.active_count() == 1
    fresh = threading.Lock()
    results = []

    def work():
        for _ in range(20):
            with fresh:
                results.append([1])

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 40
    # A lock that another thread held stays held, so only what has none of the program's own.
    simple.put(4)
    gc.collect()
    time.sleep(0.0001)


workers = [threading.Thread(target=work, daemon=True) for work in
           (fight, wait_briefly, come_and_go, hand_on, make_garbage, read_files)]
for worker in workers:
    worker.start()
forks = 0
while time.monotonic() < end:
    pid = os.fork()
    if pid == 0:
        try:
            live_in_the_child()
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    forks += 1
    patience = time.monotonic() + 10
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() > patience:
            print("child", forks, "hangs")
            os.kill(pid, 9)
            os.waitpid(pid, 0)
            break
        time.sleep(0.0002)
    if status:
        print("child", forks, "ended with", status)
over = True
if len(sys.argv) > 2:
    print(forks, file=sys.stderr)
print("ok")
