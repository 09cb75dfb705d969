"""What the switch interval buys: how soon the other thread gets its turn.

Two threads compute; each notes the time at every step. The longest pause between two steps of
one thread is how long the other held the lock. It follows `sys.setswitchinterval`: short
intervals make a program responsive and cost switches, long ones make it stutter.

    gilbox run --report scripts/gil/switch_interval.py
"""

import sys
import threading
import time

SECONDS = 0.25


def longest_pause(interval):
    sys.setswitchinterval(interval)
    pauses = [0.0, 0.0]
    steps = [0, 0]
    gate = threading.Barrier(2)
    deadline = time.perf_counter() + SECONDS

    def work(me):
        gate.wait()
        last = time.perf_counter()
        longest = 0.0
        count = 0
        while last < deadline:
            now = time.perf_counter()
            if now - last > longest:
                longest = now - last
            last = now
            count += 1
        pauses[me] = longest
        steps[me] = count

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(pauses), sum(steps)


print("interval      longest pause   steps")
for interval in (0.0005, 0.005, 0.02, 0.05):
    pause, steps = longest_pause(interval)
    print(f"{interval * 1000:6.1f} ms    {pause * 1000:10.2f} ms   {steps:>9,}")
