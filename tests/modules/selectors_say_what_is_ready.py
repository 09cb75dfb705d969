import select
import selectors
import socket
import threading
import time


def attempt(call):
    try:
        return call()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


def masked(text):
    return "".join("N" if c.isdigit() else c for c in str(text))


for kind in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector, selectors.DefaultSelector):
    a, b = socket.socketpair()
    with kind() as selector:
        key = selector.register(a, selectors.EVENT_READ, data="for a")
        print(kind.__name__, key.fileobj is a, key.fd == a.fileno(), key.events, key.data, len(selector.get_map()))
        print(selector.select(0), selector.select(-1), selector.select(0.001))
        b.send(b"x")
        print([(k.data, mask) for k, mask in selector.select(5)], selector.get_key(a) == key)
        print(masked(attempt(lambda: selector.register(a, 1)).split("raddr")[0][:8]))
        key = selector.modify(a, selectors.EVENT_READ | selectors.EVENT_WRITE, "both")
        print([(k.data, mask) for k, mask in selector.select()], key.events)
        key = selector.modify(a, selectors.EVENT_READ | selectors.EVENT_WRITE, "renamed")
        print(key.data, selector.get_map()[a].data, a in selector.get_map(), b in selector.get_map())
        a.recv(1)
        threading.Timer(0.02, b.send, (b"later",)).start()
        selector.modify(a, selectors.EVENT_READ)
        print([mask for _, mask in selector.select(5)], a.recv(10))
        b.close()
        print([mask for _, mask in selector.select(5)], a.recv(10))
        print(selector.unregister(a).fileobj is a, attempt(lambda: selector.unregister(a))[:9], len(selector.get_map()))
        print(attempt(lambda: selector.register(a, 0)), attempt(lambda: selector.register(a, 8)))
        print(attempt(lambda: selector.register("x", 1)), attempt(lambda: selector.register(-1, 1)))
    print(selector.get_map(), attempt(lambda: selector.get_key(a)))
    a.close()

a, b = socket.socketpair()
poll = select.poll()
poll.register(a, select.POLLIN)
print(poll.poll(0), poll.poll(1))
b.send(b"!")
print(poll.poll() == [(a.fileno(), select.POLLIN)], poll.modify(a, select.POLLIN | select.POLLOUT), poll.poll() == [(a.fileno(), select.POLLIN | select.POLLOUT)])
print(poll.unregister(a), attempt(lambda: poll.unregister(a))[:8], attempt(lambda: poll.modify(a, 1)))
epoll = select.epoll()
epoll.register(a.fileno(), select.EPOLLIN)
print(epoll.closed, epoll.fileno() > 2, epoll.poll(1) == [(a.fileno(), select.EPOLLIN)], epoll.poll(timeout=1, maxevents=5) == [(a.fileno(), 1)])
print(attempt(lambda: epoll.register(a)), attempt(lambda: epoll.unregister(b)), attempt(lambda: epoll.poll(maxevents=0)))
a.recv(1)
start = time.monotonic()
print(epoll.poll(0.03), time.monotonic() - start >= 0.03)
epoll.close()
print(epoll.closed, attempt(lambda: epoll.poll(0)), attempt(lambda: select.epoll(-2)))
print(select.EPOLLIN, select.EPOLLOUT, select.EPOLLHUP, select.EPOLLET, select.POLLIN, select.POLLOUT, select.error)
