# gilbox: -A
# asyncio: the graph of who awaits whom, files sent to sockets, and what abstract classes have.
import asyncio
import inspect
import io
import re
import socket
import tempfile


def plain(text):
    """Without numbers, paths, and the library's own calls."""
    text = re.sub(r"id=0x[0-9a-f]+", "id=ID", text).replace(repr(__file__), "FILE")
    return "\n".join(line for line in text.split("\n") if "|   File" not in line or "FILE" in line)


async def inner():
    print(plain(asyncio.format_call_graph()))
    print(plain(asyncio.format_call_graph(limit=1)))
    print(plain(asyncio.format_call_graph(limit=-1)))
    print(plain(asyncio.format_call_graph(limit=0)))
    graph = asyncio.capture_call_graph()
    print(type(graph).__name__, graph.future is asyncio.current_task(), len(graph.awaited_by))
    print([entry.frame.f_code.co_name for entry in graph.call_stack])
    out = io.StringIO()
    asyncio.print_call_graph(file=out, depth=2)
    print(plain(out.getvalue()).split("\n")[0])
    await asyncio.sleep(0)


async def middle():
    await inner()


async def numbers():
    yield 1
    print(plain(asyncio.format_call_graph()))
    yield 2


async def walk():
    async for _ in numbers():
        pass


async def sleeper():
    await asyncio.sleep(10)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(middle(), name="T")
    await asyncio.create_task(walk(), name="G")
    asleep = asyncio.create_task(sleeper(), name="S")
    await asyncio.sleep(0)

    async def waiter():
        await asyncio.gather(asleep, return_exceptions=True)

    waiting = asyncio.create_task(waiter(), name="W")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(plain(asyncio.format_call_graph(asleep)))
    print(plain(asyncio.format_call_graph(waiting)))
    print(plain(asyncio.format_call_graph(asyncio.Future())))
    future = asyncio.Future()
    asyncio.future_add_to_awaited_by(future, waiting)
    print(plain(asyncio.format_call_graph(future)))
    asyncio.future_discard_from_awaited_by(future, waiting)
    print(plain(asyncio.format_call_graph(future)), asyncio.future_add_to_awaited_by(1, 2))
    asleep.cancel()
    await waiting
    try:
        asyncio.format_call_graph(5)
    except TypeError as error:
        print(error)


asyncio.run(main())
try:
    asyncio.capture_call_graph()
except RuntimeError as error:
    print(error)


async def send():
    loop = asyncio.get_running_loop()
    here, there = socket.socketpair()
    for end in (here, there):
        end.setblocking(False)
    content = bytes(range(256)) * 3000
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()

        async def receive(count):
            got = b""
            while len(got) < count:
                got += await loop.sock_recv(there, 1 << 16)
            return got

        sent, got = await asyncio.gather(loop.sock_sendfile(here, file), receive(len(content)))
        print(sent, got == content, file.tell())
        sent, got = await asyncio.gather(loop.sock_sendfile(here, file, 10, 300), receive(300))
        print(sent, got == content[10:310], file.tell())
        sent, got = await asyncio.gather(loop.sock_sendfile(here, io.BytesIO(b"abcdef"), 2), receive(4))
        print(sent, got)
        for options in ({"count": 0}, {"count": "x"}, {"offset": -1}, {"offset": "x"}):
            try:
                await loop.sock_sendfile(here, file, **options)
            except (TypeError, ValueError) as error:
                print(type(error).__name__, error)
        try:
            await loop.sock_sendfile(here, io.BytesIO(b"x"), fallback=False)
        except asyncio.SendfileNotAvailableError as error:
            print(type(error).__name__)
    here.close()
    there.close()


asyncio.run(send())

print("# what is abstract")
loop = asyncio.AbstractEventLoop()
for name in ("run_forever", "time", "close", "get_debug", "create_future"):
    try:
        getattr(loop, name)()
    except NotImplementedError:
        print(name, "is not implemented")
print(inspect.signature(asyncio.AbstractEventLoop.call_later), inspect.signature(asyncio.AbstractEventLoop.sock_sendfile))
print(inspect.iscoroutinefunction(asyncio.AbstractEventLoop.start_tls), inspect.signature(asyncio.AbstractEventLoop.add_reader))
for kind, names in ((asyncio.AbstractServer, ("close_clients", "abort_clients")),
                    (asyncio.SubprocessTransport, ("get_pid", "kill", "terminate", "get_returncode"))):
    for name in names:
        try:
            getattr(kind(), name)()
        except NotImplementedError:
            print(kind.__name__, name, "is not implemented")
