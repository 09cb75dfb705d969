"""SharedMemory and ShareableList: memory with a name."""
import os
from multiprocessing import get_context, shared_memory

SharedMemory, ShareableList = shared_memory.SharedMemory, shared_memory.ShareableList


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as e:
            print(type(e).__name__, str(e).replace(NAME, "NAME"))


NAME = f"gilbox_test_{os.getpid()}"
print(shared_memory.__all__)
attempt(lambda: SharedMemory(), lambda: SharedMemory(create=True), lambda: SharedMemory(create=True, size=0),
        lambda: SharedMemory(create=True, size=-1), lambda: SharedMemory(NAME))
a = SharedMemory(NAME, create=True, size=10)
print(a.name == NAME, a.size, repr(a).replace(NAME, "NAME"), len(a.buf))
a.buf[0] = 65
a.buf[1:4] = b"BCD"
print(bytes(a.buf[:5]))
b = SharedMemory(NAME)
print(bytes(b.buf[:4]))
b.buf[0] = 90
print(a.buf[0])
b.close()
attempt(lambda: b.buf, lambda: b.close(), lambda: SharedMemory(name=NAME, size=10, create=True))
a.unlink()
attempt(lambda: SharedMemory(NAME), lambda: a.unlink())
print(a.buf[0])
a.close()
a = SharedMemory(create=True, size=100)
print(a.name[:4], a.size)


def change(name):
    there = SharedMemory(name)
    there.buf[99] = 7
    there.close()


def start(target, *args):
    p = get_context("fork").Process(target=target, args=args)
    p.start()
    p.join()
    return p.exitcode


print(start(change, a.name), a.buf[99])
a.close()
a.unlink()

items = ShareableList([1, 2.5, "text", b"bytes", True, None, ""])
print(repr(items).replace(items.shm.name, "NAME"), len(items), list(items), items[2], items[-1])
items[0], items[2] = 7, "abc"
print(list(items), items.count(7), items.index("abc"), items.format)
attempt(lambda: items[10], lambda: items.__setitem__(2, "a much longer text than before"),
        lambda: items.__setitem__(10, 1), lambda: items.index(99), lambda: ShareableList([object()]),
        lambda: items.__setitem__(0, "x"), lambda: items.__setitem__(1, 3))
print(list(items))


def change_list(name):
    there = ShareableList(name=name)
    there[0] = 99
    there.shm.close()


print(start(change_list, items.shm.name), items[0])
items.shm.close()
items.shm.unlink()
