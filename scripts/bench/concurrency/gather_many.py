"""`gather` of ten thousand tasks, several times over."""

import asyncio

TASKS = 10_000


async def work(n):
    await asyncio.sleep(0)
    return n


async def main():
    total = 0
    for _ in range(10):
        total += sum(await asyncio.gather(*[work(n) for n in range(TASKS)]))
    print("checksum", total)


asyncio.run(main())
