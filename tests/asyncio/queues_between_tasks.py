import asyncio


async def report(awaitable):
    try:
        return await awaitable
    except Exception as exc:
        return repr(exc)


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return repr(exc)


async def main():
    for kind in (asyncio.Queue, asyncio.LifoQueue, asyncio.PriorityQueue):
        queue = kind()
        for item in (3, 1, 2):
            queue.put_nowait(item)
        print(kind.__name__, queue, queue.qsize(), queue.empty(), queue.full(), [await queue.get() for _ in range(3)])
        print(attempt(queue.get_nowait), str(queue))

    queue = asyncio.Queue(maxsize=1)
    print(queue.maxsize, queue.put_nowait("a"), queue.full(), attempt(lambda: queue.put_nowait("b")))
    putter = asyncio.create_task(queue.put("b"))
    await asyncio.sleep(0)
    print(queue)
    print(await queue.get(), await putter, await queue.get(), queue)
    getter = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    print(queue)
    getter.cancel()
    await asyncio.wait([getter])
    print(queue)
    queue.task_done(), queue.task_done()
    print(attempt(queue.task_done))

    # Producers and consumers.
    queue, seen = asyncio.Queue(3), []

    async def produce(numbers):
        for number in numbers:
            await queue.put(number)

    async def consume():
        while True:
            item = await queue.get()
            await asyncio.sleep(0)
            seen.append(item)
            queue.task_done()

    consumers = [asyncio.create_task(consume()) for _ in range(4)]
    await asyncio.gather(produce(range(0, 50)), produce(range(50, 100)))
    await queue.join()
    for consumer in consumers:
        consumer.cancel()
    print(sorted(seen) == list(range(100)), await asyncio.gather(*consumers, return_exceptions=True))

    # shutdown()
    queue = asyncio.Queue(2)
    queue.put_nowait(1), queue.put_nowait(2)
    waiting = asyncio.create_task(report(queue.put(3)))
    await asyncio.sleep(0)
    queue.shutdown()
    print(await waiting, queue, attempt(lambda: queue.put_nowait(3)), await queue.get(), await queue.get())
    print(await report(queue.get()), attempt(queue.get_nowait))
    queue = asyncio.Queue()
    queue.put_nowait(1)
    joiner = asyncio.create_task(queue.join())
    getters = [asyncio.create_task(report(asyncio.Queue.get(asyncio.Queue()))) for _ in range(0)]
    await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    await joiner
    print(queue.empty(), await report(queue.get()), getters)
    empty = asyncio.Queue()
    getters = [asyncio.create_task(report(empty.get())) for _ in range(2)]
    await asyncio.sleep(0)
    empty.shutdown()
    print(await asyncio.gather(*getters), asyncio.Queue[int])
    print(asyncio.QueueEmpty, asyncio.QueueFull, asyncio.QueueShutDown)


asyncio.run(main())
