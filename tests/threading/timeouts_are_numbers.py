"""Timeouts that are no number are refused wherever a thread could wait, and nobody stays in the queue of waiters."""

import queue
import select
import threading
import time

NAN = float("nan")


def show(what, function, *args, **kwargs):
    try:
        print(what, function(*args, **kwargs))
    except Exception as error:
        print(what, type(error).__name__, error)


condition = threading.Condition()
taken = threading.Lock()
taken.acquire()
ended = threading.Thread(target=int)
ended.start()
ended.join()
with condition:
    for timeout in (NAN, 1e300, "x"):
        print(timeout)
        show("condition", condition.wait, timeout)
        show("condition", condition.wait_for, lambda: False, timeout)
        print(len(condition._waiters))
        show("event", threading.Event().wait, timeout)
        show("lock", taken.acquire, True, timeout)
        show("free lock", threading.Lock().acquire, True, timeout)
        show("lock of one's own", threading.RLock().acquire, True, timeout)
        show("semaphore", threading.Semaphore(0).acquire, True, timeout)
        show("barrier", threading.Barrier(2).wait, timeout)
        show("join", ended.join, timeout)
        show("queue", queue.Queue().get, True, timeout)
        show("simple queue", queue.SimpleQueue().get, True, timeout)
        show("sleep", time.sleep, timeout)
        show("select", select.select, [], [], [], timeout)
        show("poll", select.poll().poll, timeout)
        show("epoll", select.epoll().poll, timeout)
