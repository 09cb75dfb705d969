"""A generator that is running elsewhere refuses."""

import threading

inside = threading.Event()
leave = threading.Event()


def gen():
    inside.set()
    leave.wait()
    yield 1


g = gen()
got = []
t = threading.Thread(target=lambda: got.append(next(g)))
t.start()
inside.wait()
try:
    next(g)
except ValueError as error:
    print(error)
leave.set()
t.join()
print(got, list(g))
