# gilbox: -A
"""A result that a cancelled waiter of as_completed() has not taken is the next one's; a cancelled server leaves no clients."""

import asyncio
import socket


async def after(seconds, value):
    await asyncio.sleep(seconds)
    return value


async def cancelled(coroutine):
    task = asyncio.create_task(coroutine)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


async def ask(iterator):
    return await anext(iterator)


async def take(coroutine):
    return await coroutine


async def main():
    results = asyncio.as_completed([asyncio.create_task(after(0, "a")), asyncio.create_task(after(0.05, "b"))])
    got = [await (await anext(results))]
    await cancelled(ask(results))
    async for future in results:
        got.append(await future)
    print(got)
    results = asyncio.as_completed([after(0, "a"), after(0.05, "b")])
    got = [await next(results)]
    await cancelled(take(next(results)))
    for each in results:
        got.append(await each)
    print(got)

    connected = asyncio.Event()

    class Protocol(asyncio.Protocol):
        def connection_made(self, transport):
            connected.set()

    server = await asyncio.get_running_loop().create_server(Protocol, "127.0.0.1", 0)
    task = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0)
    with socket.create_connection(server.sockets[0].getsockname()) as client:
        await connected.wait()
        task.cancel()
        async with asyncio.timeout(5):
            await server.wait_closed()
        print(server.is_serving(), client.recv(1))


asyncio.run(main())
