"""A lock held by `with` is free after an exception, a return and a break."""

import threading

for name in ("Lock", "RLock", "Condition", "Semaphore"):
    lock = getattr(threading, name)()

    def check():
        t_result = []

        def attempt():
            if lock.acquire(False):
                t_result.append(True)
                lock.release()

        t = threading.Thread(target=attempt)
        t.start()
        t.join()
        return bool(t_result)

    try:
        with lock:
            raise ValueError
    except ValueError:
        pass
    after_error = check()

    def early():
        with lock:
            return "returned"

    early()
    after_return = check()
    for _ in range(3):
        with lock:
            break
    print(name, after_error, after_return, check())
