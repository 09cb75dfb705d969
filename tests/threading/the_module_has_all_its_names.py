"""The corners of the module that do something harmless."""

import threading

print(threading.stack_size() >= 0)
print(threading.stack_size(262144) >= 0, threading.stack_size())
t = threading.Thread(target=lambda: None)
t.start()
t.join()
try:
    threading.stack_size(10)
except ValueError as error:
    print(str(error)[:21])
print(sorted(n for n in ("Thread", "Lock", "RLock", "Condition", "Event", "Semaphore", "BoundedSemaphore", "Barrier", "BrokenBarrierError", "Timer", "local", "current_thread", "main_thread", "enumerate", "active_count", "get_ident", "get_native_id", "excepthook", "ExceptHookArgs", "TIMEOUT_MAX", "ThreadError") if not hasattr(threading, n)))
print(threading.ThreadError is RuntimeError)
