"""A thread that an interpreter has started outlives the call, and the end of the program waits for it."""

from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor, ThreadPoolExecutor


def start_another():
    import threading
    import time

    def late():
        time.sleep(0.6)
        print("late", flush=True)

    threading.Thread(target=late).start()


def fail():
    raise ValueError(3)


def slow():
    import time
    time.sleep(0.1)
    print("slow", flush=True)


interpreter = interpreters.create()
interpreter.call_in_thread(start_another).join()
try:
    interpreters.create().call(fail)
except interpreters.ExecutionFailed as error:
    print(error, flush=True)

try:
    with InterpreterPoolExecutor(initializer=1) as pool:
        print(pool.submit(pow, 1, 2).result())
except RuntimeError as error:
    print(type(error).__name__, error, flush=True)
try:
    ThreadPoolExecutor(initializer=1)
except TypeError as error:
    print(error, flush=True)
interpreters.create().call_in_thread(slow)
