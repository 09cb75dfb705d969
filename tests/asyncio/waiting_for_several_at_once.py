import asyncio


async def after(seconds, result):
    await asyncio.sleep(seconds)
    if isinstance(result, Exception):
        raise result
    return result


async def report(awaitable):
    try:
        return await awaitable
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


async def main():
    print(await asyncio.gather(after(0.02, 1), after(0.01, 2), after(0, 3)), await asyncio.gather())
    print(await report(asyncio.gather(after(0, 1), after(0, KeyError("k")))))
    results = await asyncio.gather(after(0, 1), after(0, KeyError("k")), return_exceptions=True)
    print(results, type(results))
    coroutine = after(0, "same")
    print(await asyncio.gather(coroutine, coroutine))
    future = asyncio.get_running_loop().create_future()
    future.set_result("future")
    print(await asyncio.gather(future, after(0, "coroutine"), asyncio.create_task(after(0, "task"))))
    task = asyncio.create_task(after(10, None))
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))

    # wait()
    fast, slow = asyncio.create_task(after(0.01, "fast")), asyncio.create_task(after(0.05, "slow"))
    done, pending = await asyncio.wait([fast, slow], return_when=asyncio.FIRST_COMPLETED)
    print(done == {fast}, pending == {slow})
    done, pending = await asyncio.wait({fast, slow}, timeout=0)
    print(len(done), len(pending))
    done, pending = await asyncio.wait([fast, slow])
    print(sorted(t.result() for t in done), pending)
    failing, slow = asyncio.create_task(after(0.01, ValueError("v"))), asyncio.create_task(after(0.05, "slow"))
    fast = asyncio.create_task(after(0, "fast"))
    done, pending = await asyncio.wait([failing, slow, fast], return_when=asyncio.FIRST_EXCEPTION)
    print(done == {failing, fast}, pending == {slow}, failing.exception())
    await slow
    coroutine = after(0, 1)
    print(await report(asyncio.wait([coroutine])))
    print(await report(asyncio.wait([])), await report(asyncio.wait(slow)), await report(asyncio.wait([slow], return_when=3)))
    coroutine.close()

    # wait_for() and timeout()
    print(await asyncio.wait_for(after(0, "in time"), 5), await asyncio.wait_for(after(0, "no limit"), None))
    log = []

    async def slow_with_cleanup():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            log.append("cancelled")
            raise

    for limit in (0.01, 0, -1):
        try:
            await asyncio.wait_for(slow_with_cleanup(), limit)
        except TimeoutError as exc:
            print(repr(exc), repr(exc.__cause__), log)
    print(await report(asyncio.wait_for(after(0, KeyError("inner")), 5)))
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(100)
    except TimeoutError:
        print("timed out", limit.expired(), limit)
    async with asyncio.timeout(None) as limit:
        print(limit.when(), limit)
        limit.reschedule(asyncio.get_running_loop().time() + 100)
        print(limit.when() > 0, str(limit).startswith("<Timeout [active] when="))
    print(limit, limit.expired())
    for wrong in (lambda: limit.reschedule(1), lambda: asyncio.timeout(1).reschedule(1)):
        try:
            wrong()
        except RuntimeError as exc:
            print(exc)
    try:
        async with asyncio.timeout(100):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(100)
    except TimeoutError:
        print("the inner one")
    try:
        async with asyncio.timeout(0.01):
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                raise ValueError("during cleanup")
    except ValueError as exc:
        print(repr(exc), repr(exc.__context__), repr(exc.__context__.__context__))
    async with asyncio.timeout_at(asyncio.get_running_loop().time() + 100):
        print("inside")

    # as_completed()
    order = []
    for coroutine in asyncio.as_completed([after(0.2, "c"), after(0, "a"), after(0.1, "b")]):
        order.append(await coroutine)
    print(order)
    tasks = [asyncio.create_task(after(delay, delay)) for delay in (0.02, 0)]
    order = []
    async for task in asyncio.as_completed(tasks):
        order.append((task in tasks, await task))
    print(order)
    try:
        for coroutine in asyncio.as_completed([after(0, "first"), after(100, "never")], timeout=0.02):
            print(await coroutine)
    except TimeoutError as exc:
        print(repr(exc))
    print(await asyncio.sleep(0.001, "slept"), await asyncio.sleep(-1, "not at all"))
    print(await report(asyncio.sleep(float("nan"))), await report(asyncio.sleep("x")))

    # 10,000 at once.
    print(sum(await asyncio.gather(*(after(0, n) for n in range(10_000)))))


asyncio.run(main())
