# gilbox: -A
"""staggered_race: the next one starts when the last one has failed or its advance is over; the first to return wins."""

import asyncio
import socket
from asyncio.staggered import staggered_race


def runner(events, name, seconds, error=None):
    async def run():
        events.append(f"{name} starts")
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            events.append(f"{name} stops")
            raise
        if error is not None:
            raise error
        return name
    return run


async def race(delay, *runners):
    events = []
    result, index, errors = await staggered_race([runner(events, *each) for each in runners], delay)
    print(result, index, [repr(error) for error in errors], sorted(events))


async def main():
    await race(None, ("a", 0), ("b", 0))
    await race(0.02, ("a", 5), ("b", 0), ("c", 0))
    await race(0.02, ("a", 5), ("b", 5), ("c", 0), ("d", 0))
    await race(60, ("a", 0, OSError(1)), ("b", 0, ValueError(2)), ("c", 0))
    await race(None, ("a", 0, OSError(1)), ("b", 0.02, ValueError(2)))
    await race(0.02, ("a", 0.3), ("b", 5))
    await race(None)
    events = []
    task = asyncio.create_task(staggered_race([runner(events, "a", 5), runner(events, "b", 5)], 0.01))
    await asyncio.sleep(0.1)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print(error, sorted(events), len(asyncio.all_tasks()))

    async def greet(reader, writer):
        writer.write(b"hello")
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    loop = asyncio.get_running_loop()

    async def addresses(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in hosts]

    loop.getaddrinfo = addresses
    for hosts in (["127.0.0.2", "127.0.0.1"], ["127.0.0.1"]):
        for options in ({"happy_eyeballs_delay": 0.05}, {"happy_eyeballs_delay": 5, "interleave": 2}, {"interleave": 1}):
            reader, writer = await asyncio.open_connection("several", port, **options)
            print(hosts, options, await reader.read(), writer.get_extra_info("peername")[0])
            writer.close()
    server.close()
    await server.wait_closed()
    hosts = ["127.0.0.1", "127.0.0.2"]
    for options in ({}, {"happy_eyeballs_delay": 1}, {"happy_eyeballs_delay": 1, "all_errors": True}):
        try:
            await asyncio.open_connection("several", port, **options)
        except (OSError, ExceptionGroup) as error:
            print(type(error).__name__, str(error).replace(str(port), "PORT"))


asyncio.run(main())
