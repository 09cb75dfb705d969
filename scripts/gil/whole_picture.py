"""Threads, processes, an interpreter and tasks, in one picture.

    gilbox run --record whole.gil scripts/gil/whole_picture.py
    gilbox report whole.gil
    gilbox view whole.gil --html whole.html
    gilbox watch scripts/gil/whole_picture.py

Two child processes compute, each in two threads: these take turns, since each process has a lock of its own, and the
processes run at the same time. So does another interpreter of this process. Meanwhile a loop of this process has four
tasks that answer every 20 ms, until a fifth one sleeps with time.sleep instead of asyncio.sleep: then nobody answers.
What blocked the loop, and where, is the report's last sentence. With --gil off the two threads of a process need no turns,
and the blocked loop stays as blocked as it was: that is no matter of the lock.
"""

import asyncio
import multiprocessing
import sys
import threading
import time
from concurrent import interpreters

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 1.5


def compute(seconds):
    end, steps = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        steps += sum(range(1000))
    return steps


def household(seconds):
    """What a child process does: the same work twice, in threads that share a lock."""
    second = threading.Thread(target=compute, args=(seconds,), name="second")
    second.start()
    compute(seconds)
    second.join()


def guest(seconds):
    """What the other interpreter does: it has a lock of its own, in the same process."""
    interpreter = interpreters.create()
    interpreter.exec(f"import time\nend = time.monotonic() + {seconds}\nwhile time.monotonic() < end: sum(range(1000))")
    interpreter.close()


async def answer(late):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        due = time.monotonic() + 0.02
        await asyncio.sleep(0.02)
        late.append(time.monotonic() - due)
        sum(range(20_000))


async def thoughtless():
    while True:
        await asyncio.sleep(SECONDS / 4)
        time.sleep(SECONDS / 8)


async def main():
    late = []
    blocker = asyncio.create_task(thoughtless(), name="thoughtless")
    async with asyncio.TaskGroup() as group:
        for number in range(4):
            group.create_task(answer(late), name=f"answer {number}")
        group.create_task(asyncio.to_thread(guest, SECONDS / 2), name="visit")
    blocker.cancel()
    print(f"{len(late):,} answers, the latest {max(late) * 1000:.1f} ms late")


if __name__ == "__main__":
    children = [
        multiprocessing.Process(target=household, args=(SECONDS * 2 / 3,), name=f"household {number}")
        for number in range(2)
    ]
    for child in children:
        child.start()
    asyncio.run(main())
    for child in children:
        child.join()
