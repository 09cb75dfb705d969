"""Globals, closure cells and defaults written by some threads and read by others."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
current = ("current", 0)


def cell():
    value = ("cell", 0)

    def get():
        return value

    def put(n):
        nonlocal value
        value = ("cell", n)

    return get, put


get, put = cell()


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                for _ in range(100):
                    n += 1
                    try:
                        step(n)
                    except (NameError, KeyError, RuntimeError):
                        pass
        except BaseException as error:
            problems.append(repr(error))

    return run


def write(n):
    global current, temporary
    current = ("current", n)
    put(n)
    temporary = ("temporary", n)
    globals()[f"made{n % 50}"] = (f"made{n % 50}", n)


def read(n):
    for name, value in (("current", current), ("cell", get()), ("temporary", temporary)):
        if value[0] != name:
            problems.append(f"{name} is {value!r}")
    name = f"made{n % 50}"
    if globals()[name][0] != name:
        problems.append(name)


def delete(n):
    global temporary
    del temporary
    del globals()[f"made{n % 50}"]


def look(n):
    len(globals())
    "current" in globals()
    if n % 50 == 0:
        list(globals().items())


threads = [threading.Thread(target=guarded(s)) for s in (write, read, read, delete, look)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
