import asyncio


async def report(awaitable):
    try:
        return await awaitable
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


def show(primitive):
    return repr(primitive).split("[")[1][:-2]


async def main():
    lock = asyncio.Lock()
    print(show(lock), lock.locked(), await lock.acquire(), show(lock))
    order = []

    async def hold(name):
        async with lock:
            order.append(name)
            await asyncio.sleep(0)

    tasks = [asyncio.create_task(hold(n)) for n in "abc"]
    await asyncio.sleep(0)
    print(show(lock), order)
    tasks[1].cancel()
    lock.release()
    await asyncio.gather(*tasks, return_exceptions=True)
    print(order, show(lock), await report(asyncio.to_thread(lambda: None)))
    try:
        lock.release()
    except RuntimeError as exc:
        print(exc)

    event = asyncio.Event()
    waiters = [asyncio.create_task(event.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    print(show(event), event.is_set())
    event.set()
    print(await asyncio.gather(*waiters), show(event), await event.wait())
    event.clear()
    print(event.is_set())

    condition = asyncio.Condition()
    items = []

    async def consume(name):
        async with condition:
            await condition.wait_for(lambda: items)
            return name, items.pop()

    consumers = [asyncio.create_task(consume(n)) for n in range(2)]
    await asyncio.sleep(0)
    print(show(condition))
    async with condition:
        items.extend(["x", "y"])
        condition.notify_all()
    print(await asyncio.gather(*consumers), show(condition))
    print(await report(condition.wait()))
    for call in (condition.notify, condition.notify_all):
        try:
            call()
        except RuntimeError as exc:
            print(exc)
    waiting = asyncio.create_task(consume("late"))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    print(waiting.cancelled(), show(condition))

    semaphore = asyncio.Semaphore(2)
    running = most = 0

    async def limited():
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(limited() for _ in range(7)))
    print(most, show(semaphore), semaphore.locked())
    await semaphore.acquire(), await semaphore.acquire()
    queued = asyncio.create_task(semaphore.acquire())
    await asyncio.sleep(0)
    print(show(semaphore))
    semaphore.release()
    print(await queued, show(semaphore))
    bounded = asyncio.BoundedSemaphore(1)
    try:
        bounded.release()
    except ValueError as exc:
        print(exc)
    for wrong in (lambda: asyncio.Semaphore(-1), lambda: asyncio.Barrier(0)):
        try:
            wrong()
        except ValueError as exc:
            print(exc)

    barrier = asyncio.Barrier(3)
    print(show(barrier), barrier.parties, barrier.n_waiting, barrier.broken)

    async def meet():
        async with barrier as place:
            return place

    for _ in range(2):
        print(sorted(await asyncio.gather(meet(), meet(), meet())), show(barrier))
    first = asyncio.create_task(report(barrier.wait()))
    await asyncio.sleep(0)
    print(barrier.n_waiting)
    await barrier.abort()
    print(await first, barrier.broken, show(barrier), await report(barrier.wait()))
    await barrier.reset()
    print(show(barrier))
    first = asyncio.create_task(report(barrier.wait()))
    await asyncio.sleep(0)
    await barrier.reset()
    print(await first, show(barrier))
    return lock


lock = asyncio.run(main())


async def other_loop():
    await lock.acquire()
    task = asyncio.create_task(lock.acquire())
    print(str(await report(task)).split(" at 0x")[0], "...", str(task.exception())[-35:] if task.done() and not task.cancelled() and task.exception() else "")


asyncio.run(other_loop())
