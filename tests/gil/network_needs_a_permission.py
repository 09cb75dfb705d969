import asyncio
import socket


def attempt(call):
    try:
        return call()
    except PermissionError as exc:
        return f"{type(exc).__name__}: {exc}"


# A pair of sockets of the program's own is no network.
a, b = socket.socketpair()
print(a.send(b"inside"), b.recv(10))
print(asyncio.run(asyncio.sleep(0, "tasks")))

s = socket.socket()
print(attempt(lambda: s.connect(("127.0.0.1", 9))))
print(attempt(lambda: s.connect_ex(("localhost", 9))))
print(attempt(lambda: s.bind(("", 0))))
print(attempt(lambda: s.bind(("127.0.0.1", 0))))
print(attempt(lambda: s.listen()))
print(attempt(lambda: socket.create_connection(("127.0.0.1", 9))))
print(attempt(lambda: socket.create_server(("127.0.0.1", 0))))
print(attempt(lambda: socket.getaddrinfo("example.com", 80)))
print(attempt(lambda: socket.gethostbyname("example.com")))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)[0][4])
d = socket.socket(type=socket.SOCK_DGRAM)
print(attempt(lambda: d.sendto(b"x", ("127.0.0.1", 9))))
u = socket.socket(socket.AF_UNIX)
print(attempt(lambda: u.connect("/tmp/no-such-socket")))
print(attempt(lambda: u.bind("/tmp/no-such-socket")))
print(attempt(lambda: u.bind("\0abstract")))
print(attempt(lambda: socket.socket(17, socket.SOCK_RAW)))
print(attempt(lambda: socket.socket(type=socket.SOCK_RAW)))


async def connects():
    return await asyncio.open_connection("127.0.0.1", 9)


print(attempt(lambda: asyncio.run(connects())))
# A number that the program made up is no descriptor to it.
for number in range(3, 64):
    if number not in (a.fileno(), b.fileno(), s.fileno(), d.fileno(), u.fileno()):
        try:
            socket.socket(fileno=number)
        except OSError as exc:
            print(exc)
            break
