# gilbox: --allow-net
import asyncio


async def report(awaitable):
    try:
        return await awaitable
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def talk(port, words):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers = []
    for word in words:
        writer.write(word.encode() + b"\n")
        await writer.drain()
        answers.append((await reader.readline()).decode().strip())
    writer.write_eof()
    rest = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answers, rest, reader.at_eof()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(server.is_serving(), len(server.sockets), server.get_loop() is asyncio.get_running_loop())
    async with server:
        print(await talk(port, ["one", "two"]))
        results = await asyncio.gather(*(talk(port, [f"client {n}", "again"]) for n in range(20)))
        print([answers[0] for answers, _, _ in results][:3], len(results))
    print(server.is_serving(), server.sockets)
    print((await report(asyncio.open_connection("127.0.0.1", port))).replace(str(port), "PORT"))

    # What a reader can do, with a server that sends and goes.
    async def speak(reader, writer):
        writer.writelines([b"line\n", b"exactly", b"a;b;c", b"\x00rest"])
        print(writer.get_extra_info("peername")[0], writer.can_write_eof(), writer.is_closing())
        writer.close()

    async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        print(await reader.readline(), await reader.readexactly(7), await reader.readuntil(b";"))
        print(await reader.readuntil((b"\x00", b"c")), await reader.read(1), await reader.read(100), await reader.read(100))
        print(await report(reader.readexactly(1)), reader.at_eof(), await reader.readline())
        writer.close()

    # The buffer has limits; a slow reader slows the writer down.
    total = 4_000_000

    async def flood(reader, writer):
        for _ in range(40):
            writer.write(b"x" * (total // 40))
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(flood, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        received = 0
        while block := await reader.read(65536):
            received += len(block)
        print(received)
        writer.close()

    # A handler that raises is reported; the client sees the end.
    loop = asyncio.get_running_loop()
    told = []
    loop.set_exception_handler(lambda loop, context: told.append((context["message"], repr(context["exception"]))))

    async def broken(reader, writer):
        raise ValueError("in the handler")

    async with await asyncio.start_server(broken, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        print(await reader.read(), told)
        writer.close()
    loop.set_exception_handler(None)

    # serve_forever ends when it is cancelled.
    server = await asyncio.start_server(echo, "127.0.0.1", 0, start_serving=False)
    print(server.is_serving())
    task = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.01)
    print(server.is_serving())
    task.cancel()
    print(repr(await asyncio.gather(task, return_exceptions=True)), server.is_serving())
    print((await report(server.serve_forever())).replace("()", "").split(" is ")[-1])


asyncio.run(main())


# Streams without a network.
async def fed():
    reader = asyncio.StreamReader(limit=8)
    reader.feed_data(b"a longer line than allowed\nnext\n")
    for _ in range(3):
        try:
            print(await reader.readline())
        except ValueError as exc:
            print("ValueError", exc)
            break
    reader = asyncio.StreamReader()
    print(reader)
    waiting = asyncio.create_task(reader.readexactly(4))
    await asyncio.sleep(0)
    print(await report(reader.read(1)))
    reader.feed_data(b"ab")
    await asyncio.sleep(0)
    reader.feed_data(b"cd")
    print(await waiting)
    reader.feed_data(b"1\n2\n3")
    reader.feed_eof()
    print([line async for line in reader], reader)
    print(await report(reader.readuntil(b"x")), await report(reader.readexactly(-1)), await report(reader.readuntil(b"")))
    reader = asyncio.StreamReader()
    reader.set_exception(OSError("lost"))
    print(await report(reader.read()), reader.exception())
    print(asyncio.IncompleteReadError(b"ab", 5), asyncio.IncompleteReadError(b"ab", None).expected)


asyncio.run(fed())
