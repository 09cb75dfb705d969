"""Threads import the same modules at the same time, in other orders, again and again: each runs once and is never half made."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []
NAMES = ["collections", "keyword", "operator", "abc", "weakref", "dis", "gc", "math"]
WANTED = {
    "collections": "OrderedDict", "keyword": "iskeyword", "operator": "add", "abc": "ABC", "weakref": "ref",
    "dis": "dis", "gc": "collect", "math": "pi",
}


def load(order, gate, got):
    gate.wait()
    try:
        for name in order:
            module = __import__(name)
            if not hasattr(module, WANTED[name]):
                problems.append(f"{name} was half made")
            got.append((name, module))
    except BaseException as error:
        problems.append(f"{name}: {error!r}")


while time.monotonic() < deadline and not problems:
    for name in NAMES:
        sys.modules.pop(name, None)
    gate = threading.Barrier(3)
    got = []
    orders = [NAMES, NAMES[::-1], NAMES[3:] + NAMES[:3]]
    threads = [threading.Thread(target=load, args=(order, gate, got)) for order in orders]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if not problems and len({id(module) for _, module in got}) != len(NAMES):
        problems.append("a module was made twice")
print("\n".join(problems[:5]) or "ok")
