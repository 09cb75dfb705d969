"""A thousand threads, ten thousand tasks, a hundred processes: all of them at once, and each gets done.

With little time there are fewer of them; from ten seconds on all."""

import asyncio
import multiprocessing
import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
share = min(seconds / 10, 1.0)


def threads_at_once(count):
    here, done = threading.Barrier(count + 1), []
    crew = [threading.Thread(target=lambda: (here.wait(), done.append(1), here.wait())) for _ in range(count)]
    for thread in crew:
        thread.start()
    here.wait(60)
    here.wait(60)
    for thread in crew:
        thread.join()
    if len(done) != count:
        print("threads were lost:", len(done))


async def tasks_at_once(count):
    go, done = asyncio.Event(), []

    async def work(number):
        await go.wait()
        await asyncio.sleep(0)
        done.append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(work(number))
        await asyncio.sleep(0)
        go.set()
    if sorted(done) != list(range(count)):
        print("tasks were lost:", len(done))


def work(here, done):
    here.wait(60)
    with done.get_lock():
        done.value += 1


def processes_at_once(count):
    here, done = multiprocessing.Barrier(count + 1), multiprocessing.Value("i", 0)
    crew = [multiprocessing.Process(target=work, args=(here, done)) for _ in range(count)]
    for process in crew:
        process.start()
    here.wait(60)
    for process in crew:
        process.join(60)
    codes = {process.exitcode for process in crew}
    if done.value != count or codes != {0}:
        print("processes were lost:", done.value, codes)


threads_at_once(int(1000 * share))
asyncio.run(tasks_at_once(int(10_000 * share)))
processes_at_once(max(int(100 * share), 5))
print("ok")
