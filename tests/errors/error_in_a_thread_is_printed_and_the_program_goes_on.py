"""The default `threading.excepthook`."""

import threading


def worker():
    inner()


def inner():
    raise ValueError("in the thread")


t = threading.Thread(target=worker, name="Worker-7")
t.start()
t.join()
print("still here", t.is_alive())
u = threading.Thread(target=lambda: 1 / 0)
u.start()
u.join()


def leave():
    raise SystemExit(5)


v = threading.Thread(target=leave)
v.start()
v.join()
print("silent exit")
