"""Calls of what cannot be called, timeouts that were not entered, and tasks that were over before anybody could look."""

import asyncio


async def returns():
    return 1


async def raises():
    raise ValueError(3)


async def waits():
    await asyncio.sleep(0)


async def main():
    try:
        await asyncio.timeout_at(None).__aexit__(None, None, None)
    except AssertionError as error:
        print(repr(error))
    loop = asyncio.get_running_loop()
    loop.call_soon(1)
    await asyncio.sleep(0)
    loop.set_task_factory(asyncio.eager_task_factory)
    for function in (returns, raises, waits):
        task = asyncio.create_task(function(), name="task")
        print(str(task).split(" defined at")[0].split(" running at")[0], task.get_coro() is None, task.done())
        try:
            await task
        except ValueError as error:
            print(repr(error), task.get_coro() is None)
    task = asyncio.Task(returns(), eager_start=True, name="eager")
    print(task, task.result())


asyncio.run(main())
