# gilbox: --allow-net=127.0.0.1
import socket


def attempt(call):
    try:
        return call()
    except OSError as exc:
        return f"{type(exc).__name__}: {exc}"


listener = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(listener.getsockname())
server, _ = listener.accept()
print(client.send(b"allowed"), server.recv(10))
print(socket.create_connection(("localhost", listener.getsockname()[1])).getpeername()[0])
other = socket.socket()
print(attempt(lambda: other.connect(("127.0.0.2", 9))))
print(attempt(lambda: other.connect(("192.0.2.1", 9))))
print(attempt(lambda: other.bind(("", 0))))
print(attempt(lambda: other.bind(("0.0.0.0", 0))))
print(attempt(lambda: socket.getaddrinfo("example.com", 80)))
