"""Threads of all kinds at once, for a while: something to watch.

Two threads compute, one answers requests that come every few milliseconds, two share a till that
only one of them can have, and one fills memory that has to be collected. While it runs, switch the
lock off and on (o), choose another one (1 to 6) and change the interval ([ and ]): the lanes
change, and so does what the program says each second.

    gilbox watch scripts/gil/company.py
    gilbox watch --gil fair scripts/gil/company.py
"""

import sys
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60
STEP = 20_000

end = time.monotonic() + SECONDS
till = threading.Lock()
steps = [0, 0]
delays = []


def compute(me):
    while time.monotonic() < end:
        for _ in range(STEP):
            pass
        steps[me] += STEP


def answer():
    while time.monotonic() < end:
        wanted = time.monotonic() + 0.005
        time.sleep(0.005)
        delays.append(time.monotonic() - wanted)


def sell():
    while time.monotonic() < end:
        with till:
            time.sleep(0.02)
        sum(range(STEP))


def remember():
    while time.monotonic() < end:
        memory = [[n] for n in range(STEP)]
        time.sleep(0.05)
        memory.clear()


crew = [threading.Thread(target=compute, args=(n,), name=f"compute {n}") for n in range(2)]
crew.append(threading.Thread(target=answer, name="answer"))
crew += [threading.Thread(target=sell, name=f"sell {n}") for n in range(2)]
crew.append(threading.Thread(target=remember, name="remember"))
for thread in crew:
    thread.start()

second = 0
while time.monotonic() < end:
    time.sleep(min(1, max(0, end - time.monotonic())))
    second += 1
    done, late = sum(steps), sum(delays) / max(len(delays), 1)
    print(f"{second:3} s: computed {done:13,} steps, answered {len(delays):4}, {late * 1000:6.2f} ms late", flush=True)
    steps[:] = 0, 0
    delays.clear()
for thread in crew:
    thread.join()
print("the company is done")
