"""The child of a fork has the forking thread only, which is its main thread."""
import os
import random
import signal
import sys
import threading
import time
import warnings

stop = threading.Event()
held = threading.Lock()
local = threading.local()
local.mine = "main's"


def hold():
    with held:
        local.mine = "holder's"
        stop.wait()


holder = threading.Thread(target=hold, name="holder")
holder.start()
while not held.locked():
    time.sleep(0.001)


def in_child(act):
    sys.stdout.flush()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        pid = os.fork()
        if pid == 0:
            try:
                act()
                sys.stdout.flush()
            finally:
                os._exit(0)
    print(os.waitpid(pid, 0)[1])
    for warning in caught:
        print(warning.category.__name__, str(warning.message).replace(str(os.getpid()), "PID"))


def look():
    print([t.name for t in threading.enumerate()], threading.active_count(), holder.is_alive())
    print(threading.main_thread() is threading.current_thread(), threading.current_thread().name)
    holder.join()
    print(held.locked(), held.acquire(timeout=0.01), getattr(local, "mine", None))
    thread = threading.Thread(target=print, args=("a new thread",))
    thread.start()
    thread.join()
    signal.signal(signal.SIGUSR1, lambda number, frame: print("signal", number))
    os.kill(os.getpid(), signal.SIGUSR1)
    time.sleep(0.01)


in_child(look)
forker = threading.Thread(target=in_child, args=(look,), name="forker")
forker.start()
forker.join()


def return_from_thread():
    sys.stdout.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pid = os.fork()
    if pid == 0:
        print("the thread returns, and the process ends", flush=True)
        return
    print(os.waitpid(pid, 0)[1])


forker = threading.Thread(target=return_from_thread)
forker.start()
forker.join()
print(held.locked(), holder.is_alive())
stop.set()
holder.join()

# Each child has random numbers of its own, unless it is told which.
reader, writer = os.pipe()
random.seed(1)
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        os.write(writer, b"%.17f " % random.random())
        os._exit(0)
    os.waitpid(pid, 0)
one, other = os.read(reader, 100).split()
print(one != other)
