# gilbox: -A
"""A server at a path removes its socket's file when it is closed, and no file that has taken its place."""

import asyncio
import os
import socket
import tempfile


async def attempt(coroutine, folder):
    try:
        return await coroutine
    except (OSError, TypeError, ValueError) as error:
        return type(error).__name__, str(error).replace(folder, "FOLDER")


async def main(folder):
    path = os.path.join(folder, "socket")
    handler = lambda reader, writer: None
    for options in ({}, {"cleanup_socket": False}, {}):
        server = await asyncio.start_unix_server(handler, path, **options)
        print(options, os.path.exists(path), end=" ")
        server.close()
        await server.wait_closed()
        print(os.path.exists(path))
    server = await asyncio.start_unix_server(handler, os.fsencode(path))
    os.unlink(path)
    with open(path, "w") as file:
        file.write("another")
    server.close()
    print(os.path.exists(path))
    loop = asyncio.get_running_loop()
    print(await attempt(asyncio.start_unix_server(handler, path), folder))
    print(await attempt(asyncio.start_unix_server(handler, os.path.join(folder, "no", "folder")), folder))
    print(await attempt(asyncio.open_unix_connection(path), folder))
    os.unlink(path)
    server = await asyncio.start_unix_server(handler, path)
    os.unlink(path)
    server.close()
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(path)
        server = await loop.create_unix_server(asyncio.Protocol, sock=sock)
        server.close()
        print(os.path.exists(path))
    for options in ({"ssl": True}, {"ssl_handshake_timeout": 1}, {"ssl_shutdown_timeout": 1}):
        print(await attempt(loop.create_unix_server(asyncio.Protocol, path, **options), folder))
        print(await attempt(loop.create_server(asyncio.Protocol, "127.0.0.1", 0, **options), folder))
    for options in ({"server_hostname": "x"}, {"ssl_handshake_timeout": 1}, {"ssl_shutdown_timeout": 1}):
        print(await attempt(loop.create_unix_connection(asyncio.Protocol, path, **options), folder))
        print(await attempt(loop.create_connection(asyncio.Protocol, "127.0.0.1", 1, **options), folder))
    with socket.socket(socket.AF_INET) as sock:
        for call in (loop.create_unix_server, loop.create_unix_connection):
            print((await attempt(call(asyncio.Protocol, sock=sock), folder))[1][:54])
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print((await attempt(asyncio.start_server(handler, "127.0.0.1", port), "\0"))[1].replace(str(port), "PORT"))
    server.close()
    print((await attempt(asyncio.open_connection("127.0.0.1", port, local_addr=("203.0.113.1", 0)), "\0"))[1])


with tempfile.TemporaryDirectory() as folder:
    asyncio.run(main(folder))
