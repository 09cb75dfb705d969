"""Store, delete, look up, update, setdefault, pop, popitem, copy, clear, grow and iterate one dict from six threads."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
shared = {}
problems = []


class Key:
    """A key whose hash and equality are Python code, and whose hashes collide."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


keys = [Key(i) for i in range(30)]


def guarded(step):
    def run():
        n = 0
        try:
            while time.monotonic() < deadline:
                n += 1
                try:
                    step(n)
                except (KeyError, RuntimeError):
                    pass
        except BaseException as error:
            problems.append(repr(error))

    return run


def check(key, value):
    """Every value was stored under its key."""
    expected = key.n if isinstance(key, Key) else key
    if value != ("v", expected):
        problems.append(f"{expected!r} holds {value!r}")


def store(n):
    k = n % 500
    shared[k] = ("v", k)
    shared[f"s{k}"] = ("v", f"s{k}")
    del shared[(k * 7) % 500]


def objects(n):
    k = keys[n % 30]
    shared[k] = ("v", k.n)
    value = shared.get(Key(n % 30))
    if value is not None:
        check(k, value)
    shared.pop(keys[(n * 11) % 30], None)


def look(n):
    k = n % 500
    value = shared.get(k)
    if value is not None:
        check(k, value)
    if k in shared:
        check(k, shared[k])
    len(shared)


def bulk(n):
    shared.update({k: ("v", k) for k in range(n % 100, n % 100 + 50)})
    k = n % 500
    check(k, shared.setdefault(k, ("v", k)))
    key, value = shared.popitem()
    check(key, value)


def walk(n):
    for key, value in shared.items():
        check(key, value)
    for key in list(shared):
        shared.get(key)
    list(shared.keys()), list(shared.values())


def whole(n):
    copy = shared.copy()
    for key, value in copy.items():
        check(key, value)
    dict(shared)
    if n % 200 == 0:
        shared.clear()


threads = [threading.Thread(target=guarded(s)) for s in (store, objects, look, bulk, walk, whole)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("\n".join(problems[:5]) or "ok")
