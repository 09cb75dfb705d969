import asyncio


async def sleeper(log, name="s"):
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError as exc:
        log.append((name, exc.args))
        raise
    finally:
        log.append(f"{name} cleaned up")


async def main():
    log = []
    task = asyncio.create_task(sleeper(log))
    await asyncio.sleep(0)
    print(task.cancel("a reason"), task.cancelling(), task.cancelled(), task.done())
    try:
        await task
    except asyncio.CancelledError as exc:
        print("cancelled", exc.args, log, task.cancelled(), task.cancel())
    for call in (task.result, task.exception):
        try:
            call()
        except asyncio.CancelledError as exc:
            print("CancelledError", exc.args)

    # Before its first step: the coroutine never runs.
    log.clear()
    task = asyncio.create_task(sleeper(log))
    task.cancel()
    await asyncio.wait([task])
    print(task.cancelled(), log)

    # It may be refused.
    async def stubborn():
        for _ in range(2):
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError:
                log.append(asyncio.current_task().uncancel())
        return "survived"

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    task.cancel()
    await asyncio.sleep(0)
    print(task.cancelling(), log, task.done())
    task.cancel()
    print(await task, task.cancelled(), task.cancelling())

    # A task that ends by another exception while it is being cancelled is no cancelled one.
    async def turns():
        try:
            await asyncio.sleep(100)
        except asyncio.CancelledError:
            raise KeyError("instead")

    task = asyncio.create_task(turns())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except KeyError as exc:
        print(repr(exc), repr(exc.__context__), task.cancelled())

    # Through several layers.
    async def outer():
        try:
            await sleeper(log, "inner")
        finally:
            log.append("outer")

    log.clear()
    task = asyncio.create_task(outer())
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print(log)

    # A task that waits for another passes it on; shield() keeps it off.
    async def waits_for(other):
        return await other

    inner = asyncio.create_task(sleeper([], "x"))
    task = asyncio.create_task(waits_for(inner))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print(inner.cancelled(), task.cancelled())

    async def short():
        await asyncio.sleep(0.01)
        return "kept"

    inner = asyncio.create_task(short())
    task = asyncio.create_task(waits_for(asyncio.shield(inner)))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print(inner.cancelled(), task.cancelled(), await inner, await asyncio.shield(inner))

    # gather() is cancelled as a whole.
    children = [asyncio.create_task(sleeper([], n)) for n in "ab"]
    group = asyncio.gather(*children)
    await asyncio.sleep(0)
    print(group.cancel())
    try:
        await group
    except asyncio.CancelledError:
        print([child.cancelled() for child in children])

    # A future that is cancelled cancels whoever waits for it.
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waits_for(future))
    await asyncio.sleep(0)
    future.cancel("by the future")
    try:
        await task
    except asyncio.CancelledError as exc:
        print(exc.args, task.cancelled())
    print(asyncio.CancelledError.__mro__[1], issubclass(asyncio.TimeoutError, OSError))

    # It asks for its own end.
    async def suicidal():
        asyncio.current_task().cancel()
        log.append("still here")
        await asyncio.sleep(0)
        log.append("not here")

    async def returns_anyway():
        asyncio.current_task().cancel("late")
        return "value"

    log.clear()
    for coroutine in (suicidal(), returns_anyway()):
        task = asyncio.create_task(coroutine)
        await asyncio.wait([task])
        print(task.cancelled(), log)


asyncio.run(main())


async def cancelled_main():
    asyncio.current_task().cancel()
    await asyncio.sleep(1)


try:
    asyncio.run(cancelled_main())
except asyncio.CancelledError as exc:
    print("run raised", repr(exc))
