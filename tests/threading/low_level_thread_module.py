"""_thread: start_new_thread, allocate_lock, get_ident, exit, interrupt_main."""

import _thread
import time

out = []
lock = _thread.allocate_lock()
lock.acquire()


def work(a, b=1):
    out.append((a, b))
    lock.release()


ident = _thread.start_new_thread(work, (5,), {"b": 6})
lock.acquire()
print(out, isinstance(ident, int), type(lock).__name__, _thread.LockType is type(lock))


def leaves():
    out.append("before")
    lock.release()
    _thread.exit()


_thread.start_new_thread(leaves, ())
lock.acquire()
time.sleep(0.01)
print(out[-1], _thread.error is RuntimeError, _thread.get_ident() != ident)
try:
    _thread.interrupt_main()
    while True:
        time.sleep(0.01)
except KeyboardInterrupt:
    print("interrupted")
for bad in (lambda: _thread.start_new_thread(5, ()), lambda: _thread.start_new_thread(work, 5), lambda: _thread.start_new_thread(work)):
    try:
        bad()
    except TypeError as error:
        print(error)
