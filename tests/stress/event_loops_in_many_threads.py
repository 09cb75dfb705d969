"""Each thread runs event loops of its own, which hand work to each other while the lock comes and goes: every task ends once,
with its own result, in its own context."""

import asyncio
import contextvars
import logging
import time
import warnings

import gil
from crew import finish, going_on, problems, together

which = contextvars.ContextVar("which")
loops = {}


async def step(number, depth):
    which.set(number)
    await asyncio.sleep(0)
    if depth:
        task = asyncio.create_task(step(number + 1, depth - 1))
        if await task != number + 1:
            problems.append("another task's result")
    if which.get() != number:
        problems.append("another task's context")
    return number


async def queues():
    queue = asyncio.Queue(3)

    async def feed():
        for item in range(20):
            await queue.put(item)

    async def take():
        return [await queue.get() for _ in range(20)]

    _, taken = await asyncio.gather(feed(), take())
    if taken != list(range(20)):
        problems.append(f"out of a queue came {taken}")


async def cancellation():
    async def long():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            return "cancelled"

    tasks = [asyncio.create_task(long()) for _ in range(5)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    if await asyncio.gather(*tasks) != ["cancelled"] * 5:
        problems.append("a cancellation was lost")
    try:
        async with asyncio.timeout(0.001):
            await asyncio.get_running_loop().create_future()
        problems.append("a timeout was lost")
    except TimeoutError:
        pass
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(asyncio.sleep(100))
            group.create_task(fail())
        problems.append("a failure was lost")
    except* KeyError:
        pass


async def fail():
    raise KeyError("on purpose")


async def others(me):
    """Work for the loop of another thread, which may be closing."""
    loop = loops.get((me + 1) % 3)
    if loop is None or loop.is_closed():
        return
    coroutine = step(me * 1000, 1)
    try:
        future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    except RuntimeError:
        coroutine.close()
        return
    try:
        result = await asyncio.wait_for(asyncio.wrap_future(future), 0.05)
        if result != me * 1000:
            problems.append("another loop's result")
    except (TimeoutError, asyncio.CancelledError):
        # It was closed before it came to it.
        pass


async def main(me):
    loops[me] = asyncio.get_running_loop()
    for _ in range(5):
        if not going_on():
            break
        results = await asyncio.gather(*[step(n, 2) for n in range(10)])
        if results != list(range(10)):
            problems.append(f"gathered {results}")
        await queues()
        await cancellation()
        await others(me)
        if await asyncio.to_thread(which.get, None) is not None:
            problems.append("a context of a task was the main one's")


def runner(me):
    def work():
        while going_on():
            asyncio.run(main(me))

    work.__name__ = f"runner {me}"
    return work


def toggle():
    while going_on():
        gil.disable()
        time.sleep(0.002)
        gil.enable("3.14")
        time.sleep(0.002)


# What a loop that closes leaves undone is told to nobody here.
logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")
together(runner(0), runner(1), runner(2), toggle)
finish()
