import asyncio


async def after(seconds, result, log=None):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        if log is not None:
            log.append(f"{result} cancelled")
        raise
    if isinstance(result, BaseException):
        raise result
    return result


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(after(0.01, n), name=f"t{n}") for n in range(3)]
        print(group, tasks[0].get_name())
    print([task.result() for task in tasks], group)

    log = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(after(100, "one", log))
            group.create_task(after(0.01, ValueError("two")))
            group.create_task(after(100, "three", log))
            await after(100, "body", log)
    except* ValueError as exc:
        print(repr(exc), exc.exceptions, log)

    # Several errors at once, of the body as well.
    async def fail(exc):
        raise exc

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(KeyError(1)))
            group.create_task(fail(ValueError(2)))
            await asyncio.sleep(0)
            raise TypeError(3)
    except BaseExceptionGroup as exc:
        print(type(exc).__name__, exc.message, sorted(map(repr, exc.exceptions)), exc.__cause__)

    # An error in the body cancels the tasks.
    log.clear()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(after(100, "child", log))
            await asyncio.sleep(0)
            raise OSError("body")
    except* OSError as exc:
        print(exc.exceptions, log)

    # Nested groups give nested errors.
    try:
        async with asyncio.TaskGroup() as outer:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail(KeyError("deep")))
    except* KeyError as exc:
        print(repr(exc))

    # Cancelled from outside.
    async def grouped():
        async with asyncio.TaskGroup() as group:
            group.create_task(after(100, "inside", log))

    log.clear()
    task = asyncio.create_task(grouped())
    await asyncio.sleep(0.001)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled", log, task.cancelled())

    # SystemExit goes through as it is.
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(after(100, "x"))
            await asyncio.sleep(0)
            raise SystemExit(3)
    except SystemExit as exc:
        print("SystemExit", exc.code)

    # A cancelled child is no error.
    async with asyncio.TaskGroup() as group:
        child = group.create_task(after(100, "y"))
        await asyncio.sleep(0)
        child.cancel()
    print(child.cancelled())

    # Tasks may make tasks; none after the end.
    async def spawner(group):
        group.create_task(after(0, "grandchild", log))
        return "spawned"

    async with asyncio.TaskGroup() as group:
        child = group.create_task(spawner(group))
    print(child.result())
    for wrong in (group, asyncio.TaskGroup()):
        coroutine = after(0, 1)
        try:
            wrong.create_task(coroutine)
        except RuntimeError as exc:
            print(exc)
    try:
        async with group:
            pass
    except RuntimeError as exc:
        print(exc)
    print("done", asyncio.current_task().cancelling())


asyncio.run(main())
