"""An attribute that nobody deletes is found by every reader, while others beside it come and go.

The object's shape changes all the time: attributes are added, deleted, and added again, by
several threads and in different orders, and new objects of the same class are made meanwhile.
"""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []


class Shared:
    def __init__(self):
        self.first = ("first", 0)
        self.target = None
        self.kept = ("kept", 0)
        self.args = ()
        for i in range(8):
            setattr(self, f"kept{i}", (f"kept{i}", 0))
        self.last = ("last", 0)


current = Shared()


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline and not problems:
                n += 1
                step(n)
        except BaseException as error:
            problems.append(f"{step.__name__}: {error!r}")

    return run


def read(n):
    o = current
    for name, value in (("first", o.first), ("kept", o.kept), ("last", getattr(o, "last"))):
        if value[0] != name:
            problems.append(f"{name} holds {value!r}")
    name = f"kept{n % 8}"
    if getattr(o, name)[0] != name or o.kept5[0] != "kept5":
        problems.append(f"{name} holds something else")
    if not hasattr(o, "kept") or "first" not in o.__dict__:
        problems.append("an attribute was not found")


def write(n):
    o = current
    o.kept = ("kept", n)
    o.first = ("first", n)


def add_and_delete(n):
    o = current
    for name in ("target", "args"):
        try:
            delattr(o, name)
        except AttributeError:
            pass
        setattr(o, name, n)
    o.extra = n
    try:
        del o.extra
    except AttributeError:
        pass


def renew(n):
    global current
    o = Shared()
    if n % 5 == 0:
        o.__dict__["other"] = n
    current = o
    if n % 2 == 0:
        try:
            del o.target  # under the eyes of the readers
        except AttributeError:
            pass  # the other one was faster


threads = [threading.Thread(target=guarded(s)) for s in (read, read, renew, write, add_and_delete)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
