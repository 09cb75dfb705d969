# gilbox: -A
# Workers are killed at random moments: what they worked on is reported lost (CPython's Pool would wait for it for ever),
# everything else is done, and nothing stays behind.
import multiprocessing as mp
import os
import random
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def slow(x):
    time.sleep(0.002)
    return x


def leave(code):
    os._exit(code)


def descriptors():
    return len(os.listdir("/proc/self/fd"))


def children():
    count = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat") as file:
                count += int(file.read().rsplit(")", 1)[1].split()[1]) == os.getpid()
        except OSError:
            pass
    return count


before = descriptors()
chance = random.Random(1)
with mp.Pool(2) as pool:
    try:
        pool.apply(leave, (3,))
    except mp.ProcessError as error:
        print(error)
    print(pool.map(abs, [-1, -2]))

settled = 0
for _ in range(3):
    pool = mp.Pool(3)
    stop = threading.Event()

    def kill():
        while not stop.is_set():
            time.sleep(chance.random() * 0.02)
            for process in pool._pool[:1]:
                try:
                    os.kill(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    killer = threading.Thread(target=kill)
    killer.start()
    for _ in range(6):
        try:
            assert pool.map_async(slow, range(20), 2).get(30) == list(range(20))
        except mp.ProcessError:
            pass
        settled += 1
    stop.set()
    killer.join()
    pool.close()
    pool.join()
print(settled)

for _ in range(3):
    with ProcessPoolExecutor(2) as pool:
        futures = [pool.submit(slow, n) for n in range(50)]
        time.sleep(chance.random() * 0.03)
        os.kill(chance.choice(list(pool._processes)), signal.SIGKILL)
        broken = 0
        for future in futures:
            try:
                future.result(30)
            except BrokenProcessPool:
                broken += 1
        assert broken
print(descriptors() - before, children(), threading.active_count())


def refuse():
    raise SystemExit(1)


# Workers that never come to do anything do not keep anybody waiting either.
pool = mp.Pool(2, refuse)
try:
    pool.map_async(abs, [-1] * 100, 1).get(30)
except (mp.ProcessError, ValueError) as error:
    print(type(error).__name__)
pool.terminate()
pool.join()
pool = mp.Pool(1)
result = pool.apply_async(time.sleep, (30,))
pool.terminate()
try:
    result.get(30)
except mp.ProcessError as error:
    print(error)
print(children())
