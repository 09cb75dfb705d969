import threading
import warnings


def report(function):
    try:
        return function()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


def tracer(frame, event, argument):
    return None


print(threading.gettrace(), threading.getprofile())
threading.settrace(tracer)
threading.setprofile(tracer)
print(threading.gettrace() is tracer, threading.getprofile() is tracer)
threading.settrace(None)
threading.setprofile(None)
print(threading.gettrace(), threading.getprofile())

print(threading.stack_size())
for size in (-1, 1, 53247):
    print(report(lambda: threading.stack_size(size)))
print(threading.stack_size(1 << 20), threading.stack_size(0), threading.stack_size())
print(threading.ThreadError is RuntimeError, threading.TIMEOUT_MAX)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    lock = threading.RLock()
    print(type(lock), lock.acquire(), lock.locked(), lock.acquire(blocking=False))
    lock.release(), lock.release()
    threading.RLock(1)
    thread = threading.Thread(name="n")
    thread.setName("other")
    print(thread.getName(), thread.isDaemon())
    thread.setDaemon(True)
    threading.currentThread()
    threading.activeCount()
    threading.Event().isSet()
    with threading.Condition() as held:
        pass
    condition = threading.Condition()
    with condition:
        condition.notifyAll()
for warning in caught:
    print(warning.category.__name__, warning.message)

print(report(lambda: threading.Lock(1)))
print(report(lambda: threading.Lock().release()))
print(report(lambda: threading.RLock().release()))
print(report(lambda: threading.Lock().acquire(False, 1)))
print(report(lambda: threading.Lock().acquire(timeout=-2)))
print(report(lambda: threading.Lock().acquire(timeout=1e12)))
print(report(lambda: threading.Lock().acquire("a", "b")))
print(report(lambda: threading.Semaphore(-1)))
print(report(lambda: threading.Semaphore().acquire(False, 1)))
print(report(lambda: threading.Semaphore().release(0)))
print(report(lambda: threading.BoundedSemaphore().release()))
print(report(lambda: threading.Condition().wait()))
print(report(lambda: threading.Condition().notify()))
print(report(lambda: threading.Thread().join()))
print(report(lambda: threading.current_thread().join()))
print(report(lambda: threading.ExceptHookArgs((1, 2))))
print(report(lambda: threading.excepthook(1)))
print(report(lambda: threading.local(1)))
print(threading.Thread(name=5).name, threading.Thread(daemon=3).daemon)
print(repr(threading.Lock()).split(" at ")[0], repr(threading.RLock()).split(" at ")[0])
print(repr(threading.Event()).split(" at ")[0], repr(threading.BoundedSemaphore(3)).split(": ")[1])
print(repr(threading.Semaphore(2)).split(" at ")[0], threading.Condition.__module__, threading.Condition.__qualname__)
print(sorted(threading.__all__) == sorted(set(threading.__all__)), all(hasattr(threading, n) for n in threading.__all__))
