# gilbox: --allow-net=localhost
# Most programs look a name up and connect with the number: what --allow-net=NAME allows is both.
import asyncio
import socket


def attempt(what, action):
    try:
        print(what, "->", action())
    except OSError as error:
        print(what, "->", type(error).__name__, error)


server = socket.socket()
attempt("a number", lambda: server.bind(("127.0.0.1", 0)))
attempt("another name", lambda: socket.create_connection(("example.org", 80)))
attempt("the name", lambda: server.bind(("localhost", 0)))
server.listen()
port = server.getsockname()[1]
attempt("the number, which nobody has looked up", lambda: socket.socket().connect(("127.0.0.1", port)))
attempt("looked up", lambda: socket.create_connection(("localhost", port)).getpeername()[0])
attempt("the number", lambda: socket.create_connection(("127.0.0.1", port)).getpeername()[0])
attempt("another number", lambda: socket.create_connection(("127.0.0.2", port)))


async def connect():
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.close()
    return writer.get_extra_info("peername")[0]


attempt("a task", lambda: asyncio.run(connect()))
