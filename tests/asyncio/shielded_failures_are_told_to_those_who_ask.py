# asyncio.shield: once the outer future is cancelled, what the inner one raises goes to nobody but those who ask it.
import asyncio


async def fails():
    await asyncio.sleep(0.01)
    raise ValueError("inner")


async def main():
    told = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context["message"]))
    inner = asyncio.create_task(fails())
    first, second = asyncio.shield(inner), asyncio.shield(inner)
    first.cancel()
    await asyncio.sleep(0)
    print(first.cancelled(), inner.done(), inner.cancelled())
    try:
        await second
    except ValueError as e:
        print("second", e)
    print(told, repr(inner.exception()))

    inner = asyncio.create_task(fails())
    waiter = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 0.001))
    try:
        await waiter
    except TimeoutError:
        print("too late")
    await asyncio.sleep(0.03)
    print(told, inner.done(), repr(inner.exception()))

    inner = asyncio.get_running_loop().create_future()
    outer = asyncio.shield(inner)
    inner.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("cancelled from within", outer.cancelled())
    print(asyncio.shield(inner) is inner)


asyncio.run(main())
