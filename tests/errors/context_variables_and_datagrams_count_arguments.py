# gilbox: --allow-net
"""Wrong numbers of arguments for ContextVar and sendto; receiving where nothing can come."""

import contextvars
import socket


def show(f):
    try:
        print(repr(f()).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__, e)


C = contextvars.ContextVar
for a, k in [((), {}), ((1,), {}), (("a",), {"x": 1}), (("a",), {"default": 1, "x": 2}), ((), {"name": "a"})]:
    show(lambda: C(*a, **k))
v = C("v")
for f in [lambda: v.get(1, 2), lambda: v.get(x=1), lambda: v.set(), lambda: v.set(1, 2), lambda: v.reset(), lambda: v.reset(1), lambda: v.reset(1, 2), lambda: v.set(value=1), lambda: v.get(default=3)]:
    show(f)


s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for a in [(), (b"a",), (b"a", 1, 2, 3), (b"a", ("h",)), (b"a", 5), (b"a", "x", ("127.0.0.1", 9)), (b"a", 0, 5), ("a", ("127.0.0.1", 9)), (b"a", ("127.0.0.1", 99999)), (b"a", ("127.0.0.1", "x")), (b"a", (1, 2)), (5, ("127.0.0.1", 9)), (b"a", 1.5, ("127.0.0.1", 9))]:
    show(lambda: s.sendto(*a))
show(lambda: s.sendto(b"a", address=1))
l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen()
show(lambda: l.recv(5))
l.settimeout(0.2); show(lambda: l.recv(5))
l.settimeout(0); show(lambda: l.recv(5))
show(lambda: l.send(b"x"))
l.settimeout(0.2)
show(lambda: l.send(b"x"))
show(lambda: l.recv_into(bytearray(4)))
show(lambda: l.recvfrom(4))
u = socket.socket(); u.settimeout(0.1); show(lambda: u.recv(1)); show(lambda: u.send(b"s"))
