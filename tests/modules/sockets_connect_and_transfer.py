# gilbox: --allow-net
import select
import socket
import threading


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


print(socket.AF_INET, repr(socket.AF_INET), repr(socket.SOCK_STREAM), repr(socket.MSG_PEEK), socket.error, socket.timeout)
print(socket.gaierror, socket.gaierror.__base__, socket.has_ipv6, socket.SocketType)

# A pair within this program.
a, b = socket.socketpair()
print(a.family.name, a.type.name, a.proto, a.gettimeout(), a.getblocking(), repr(a.getsockname()))
print(a.send(b"hello"), b.recv(2), b.recv(10), a.sendall(b"more"), b.recv(4, socket.MSG_PEEK), b.recvfrom(100))
buffer = bytearray(6)
print(a.send(b"into"), b.recv_into(buffer), buffer, a.send(b"xyz"), b.recv_into(buffer, 2), buffer, b.recv(9))
print(a.sendmsg([b"several ", b"pieces"]), b.recvmsg(100)[0], attempt(lambda: b.recv(1, socket.MSG_DONTWAIT)))
print(attempt(lambda: a.send("text")), attempt(lambda: a.recv(-1)), attempt(lambda: a.makefile("q")))
print(attempt(lambda: a.makefile("r", buffering=0)), attempt(lambda: a.settimeout(-1)), attempt(lambda: a.settimeout("x")))
a.settimeout(0.02)
print(a.gettimeout(), a.getblocking(), attempt(lambda: a.recv(1)))
a.setblocking(False)
print(a.gettimeout(), a.getblocking(), attempt(lambda: a.recv(1)), a.timeout)
a.setblocking(True)

# As files.
with a.makefile("w", encoding="utf-8", newline="\n") as out, b.makefile("r", encoding="utf-8") as lines:
    out.write("first line\nsecond ünï\n")
    out.flush()
    print(lines.readline(), lines.readline(), lines.encoding, lines.mode)
with a.makefile("rwb") as both, b.makefile("rb") as bytes_in:
    both.write(b"binary\n"), both.flush()
    print(bytes_in.readline(), type(both).__name__)
raw = a.makefile("wb", buffering=0)
print(type(raw).__name__, raw.write(b"raw"), b.recv(3), raw.readable(), raw.writable(), raw.mode)
a.close()
print(a.fileno() != -1, attempt(lambda: raw.write(b"!")))
raw.close()
print(a.fileno(), attempt(lambda: a.send(b"x")), b.recv(5), attempt(lambda: b.send(b"x")))
print(str(a).replace("[closed] fd=-1", "is closed"), attempt(lambda: raw.write(b"")))
b.close()

# A server and its client.
listener = socket.create_server(("127.0.0.1", 0))
host, port = listener.getsockname()
print(host, port > 0, listener.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), listener.family.name)


def serve():
    for _ in range(2):
        connection, address = listener.accept()
        with connection:
            while data := connection.recv(1000):
                connection.sendall(data[::-1])


server = threading.Thread(target=serve)
server.start()
with socket.create_connection((host, port)) as client:
    client.sendall(b"stressed")
    print(client.recv(100), client.getpeername() == (host, port), client.getsockname()[0])
    print(client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), client.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
    client.shutdown(socket.SHUT_WR)
    print(client.recv(10))
client = socket.socket()
client.settimeout(5)
print(client.connect_ex((host, port)), client.sendall(b"abc"), client.recv(3))
moved = client.detach()
print(client.fileno(), moved > 0)
again = socket.socket(fileno=moved)
again.setblocking(True)
print(again.family.name, again.type.name, again.send(b"12"), again.recv(2))
copy = again.dup()
print(copy.fileno() != again.fileno(), copy.getpeername() == again.getpeername())
again.close(), copy.close()
server.join()
listener.settimeout(0.02)
print(attempt(listener.accept))
listener.setblocking(False)
print(attempt(listener.accept))
listener.close()

# What goes wrong.
s = socket.socket()
print(s.family.name, attempt(lambda: s.connect((host, port))), s.connect_ex((host, port)) != 0)
for address in (1, ("a",), (host, "x"), (1, 2), (host, 70000)):
    print(attempt(lambda: s.connect(address)))
print(attempt(lambda: s.recv(1)), attempt(s.getpeername), attempt(lambda: s.shutdown(5)))
s.close()
print(attempt(lambda: s.recv(1)), attempt(s.getsockname), attempt(lambda: s.connect((host, port))))
print(attempt(lambda: socket.socket(99)), attempt(lambda: socket.socket(fileno=-5)), attempt(lambda: socket.socket(fileno="a")))
print(attempt(lambda: socket.create_connection((host, port), timeout=1)))

# Datagrams.
with socket.socket(type=socket.SOCK_DGRAM) as here, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
    there.bind(("127.0.0.1", 0)), here.bind(("127.0.0.1", 0))
    print(here.sendto(b"datagram", there.getsockname()), there.recvfrom(100) == (b"datagram", here.getsockname()))
    here.connect(there.getsockname())
    print(here.send(b"connected"), there.recv(4), here.send(b"next"), there.recvfrom_into(buffer)[0], buffer)

# Many bytes, both ways at once.
a, b = socket.socketpair()
total = []


def drain():
    while block := b.recv(1 << 16):
        total.append(len(block))


reader = threading.Thread(target=drain)
reader.start()
a.sendall(bytes(3_000_000))
a.close()
reader.join()
print(sum(total))
b.close()

# Names and numbers.
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM))
print(socket.getaddrinfo("::1", "443", type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP))
print(socket.gethostbyname("127.0.0.1"), socket.inet_aton("1.2.3.4"), socket.inet_ntoa(b"\x7f\0\0\1"), attempt(lambda: socket.inet_aton("x")))
print(socket.inet_pton(socket.AF_INET6, "::1")[-2:], socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"), attempt(lambda: socket.inet_ntoa(b"1")))
print(socket.htons(1), socket.ntohl(1), attempt(lambda: socket.htons(-1)), attempt(lambda: socket.htons(70000)))
print(socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV), socket.gethostname() != "")
print(socket.getdefaulttimeout(), attempt(lambda: socket.setdefaulttimeout(-1)))
socket.setdefaulttimeout(2.5)
with socket.socket() as s:
    print(s.gettimeout(), socket.getdefaulttimeout())
socket.setdefaulttimeout(None)

# select
a, b = socket.socketpair()
print(select.select([a], [], [], 0), select.select([a], [a], [], 0) == ([], [a], []))
b.send(b"!")
print(select.select([a, b], [], [], 5)[0] == [a], select.select([a], [b], [a], None) == ([a], [b], []))
print(attempt(lambda: select.select(["x"], [], [], 0)), attempt(lambda: select.select([], [], [], -1)), attempt(lambda: select.select([], [], [], "x")))
print(attempt(lambda: select.select(1, 2, 3)), select.select([], [], [], 0.001))
a.close()
print(attempt(lambda: select.select([a], [], [], 0)), select.select([b], [], [], 5)[0] == [b])

# A file over a socket: what was read ahead stays when something is written.
a, b = socket.socketpair()
for mode, one, end in (("rw", str, "\n"), ("rwb", str.encode, b"\n")):
    a.sendall(b"one\ntwo\nthree\n")
    with b.makefile(mode) as file:
        print(file.readline())
        file.write(one("answer\n"))
        file.flush()
        print(a.recv(10), file.readline(), file.readline(), repr(file).split(" at ")[0])
a.close()
b.close()
