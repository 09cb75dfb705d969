# gilbox: --allow-net
"""Lines and blocks go to an echo server over asyncio streams, and come back."""

import asyncio

CLIENTS = 4
LINES = 5_000
BLOCKS = 1_500
BLOCK = bytes(range(256)) * 64


async def serve(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def client(port, which):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = 0
    for i in range(LINES):
        line = b"client %d says %d\n" % (which, i)
        writer.write(line)
        await writer.drain()
        received += await reader.readline() == line
    for _ in range(BLOCKS):
        writer.write(BLOCK)
        await writer.drain()
        received += len(await reader.readexactly(len(BLOCK)))
    writer.close()
    await writer.wait_closed()
    return received


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    received = await asyncio.gather(*[client(port, which) for which in range(CLIENTS)])
    server.close()
    await server.wait_closed()
    print("checksum", sum(received))


asyncio.run(main())
