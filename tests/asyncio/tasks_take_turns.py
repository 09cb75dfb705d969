import asyncio


async def worker(name, steps, log):
    for step in range(steps):
        log.append(f"{name}{step}")
        await asyncio.sleep(0)
    return name.upper()


async def main():
    log = []
    first = asyncio.create_task(worker("a", 3, log), name="first")
    second = asyncio.create_task(worker("b", 2, log))
    log.append("created")
    print(first.get_name(), first.done(), first in asyncio.all_tasks(), asyncio.current_task().get_name())
    print(await first, await second, log)
    print(first.done(), first.result(), first.exception(), first.cancelled(), first in asyncio.all_tasks())
    second.set_name("second")
    print(second.get_name(), first.cancel(), repr(first).split(" coro")[0])
    print(await first, "again")

    # An exception is the task's, until somebody asks.
    async def fail(text):
        await asyncio.sleep(0)
        raise ValueError(text)

    task = asyncio.create_task(fail("one"))
    try:
        await task
    except ValueError as exc:
        print("caught", exc, task.exception() is exc)
    try:
        task.result()
    except ValueError as exc:
        print("again", exc)

    # A coroutine that is awaited directly is no task.
    print(await worker("c", 1, log), log[-1])

    # Callbacks come after the task's end, in order.
    task = asyncio.create_task(worker("d", 1, log))
    task.add_done_callback(lambda t: log.append(("first", t.result())))
    never = lambda t: log.append("never")
    task.add_done_callback(never)
    task.add_done_callback(lambda t: log.append("second"))
    print(task.remove_done_callback(never), task.remove_done_callback(never))
    await task
    await asyncio.sleep(0)
    print(log[-2:])

    # What is no coroutine is refused.
    for wrong in (3, worker, None):
        try:
            asyncio.create_task(wrong)
        except TypeError as exc:
            print(str(exc).split(" at 0x")[0])
    for call in (lambda: asyncio.ensure_future(3), lambda: task.set_result(1), lambda: task.set_exception(KeyError())):
        try:
            call()
        except (TypeError, RuntimeError) as exc:
            print(type(exc).__name__, exc)

    # Bad yields.
    class Yields:
        def __init__(self, what):
            self.what = what

        def __await__(self):
            yield self.what

    async def bad(what):
        await Yields(what)

    for what in (42, "text", asyncio.get_running_loop().create_future()):
        try:
            await asyncio.create_task(bad(what), name="bad")
        except RuntimeError as exc:
            print(str(exc).split(" <")[0], "|", str(exc)[-20:] if isinstance(what, (int, str)) else "")

    async def itself():
        await asyncio.current_task()

    try:
        await asyncio.create_task(itself())
    except RuntimeError as exc:
        print(str(exc).split(": ")[0])
    return "the end"


print(asyncio.run(main()))


async def forever():
    try:
        await asyncio.sleep(1000)
    except asyncio.CancelledError:
        print("cancelled at the end")
        raise


async def leaves_a_task():
    asyncio.create_task(forever())
    await asyncio.sleep(0)
    return "left"


print(asyncio.run(leaves_a_task()))

for wrong in (3, print):
    try:
        asyncio.run(wrong)
    except TypeError as exc:
        print(exc)


async def nested():
    coroutine = main()
    try:
        asyncio.run(coroutine)
    except RuntimeError as exc:
        print(exc)
    coroutine.close()


asyncio.run(nested())
for call in (asyncio.get_running_loop, asyncio.current_task, asyncio.all_tasks):
    try:
        call()
    except RuntimeError as exc:
        print(exc)
try:
    asyncio.get_event_loop()
except RuntimeError as exc:
    print(exc)
