import _thread
import atexit
import threading
import time

atexit.register(print, "atexit: after the threads")
threading._register_atexit(print, "threading's: before they are joined")
threading._register_atexit(print, "the last registered is the first")
go = threading.Event()


def work():
    go.wait()
    time.sleep(0.05)
    print("thread", threading.main_thread().is_alive(), threading.current_thread().name)
    try:
        threading._register_atexit(print)
    except RuntimeError as exc:
        print(exc)


threading.Thread(target=work, name="worker").start()
threading._register_atexit(go.set)

# A thread that threading did not start is a dummy to it, as long as it lives.
told = threading.Event()


def raw():
    thread = threading.current_thread()
    seen.append(thread)
    print(type(thread).__name__, thread.name, thread.daemon, thread.is_alive(), thread in threading.enumerate())
    try:
        thread.join()
    except RuntimeError as exc:
        print(exc)
    told.set()


seen = []
_thread.start_new_thread(raw, ())
told.wait()
while len(threading.enumerate()) > 2:
    time.sleep(0.001)
print(threading.enumerate()[0] is threading.main_thread(), threading.active_count())
print("main is over")
