"""Several threads draw from one iterator: items may be skipped or doubled, it may raise, nothing may break."""

import sys
import threading
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
deadline = time.monotonic() + seconds
problems = []


def sources():
    data = list(range(300))
    table = {i: i for i in range(300)}
    return [
        iter(data), iter(tuple(data)), iter(range(300)), iter(table), iter(table.values()), iter(set(data)),
        enumerate(data), zip(data, data), map(lambda x: x, data), filter(None, data), reversed(data),
        (x for x in data), iter("x" * 300), iter(b"x" * 300),
    ]


def drain(iterator, gate):
    try:
        gate.wait()
        for item in iterator:
            if type(item) is tuple:
                if len(item) != 2:
                    problems.append(f"torn {item!r}")
            elif type(item) not in (int, str):
                problems.append(f"strange {item!r}")
    except (ValueError, RuntimeError):
        pass  # a generator that runs elsewhere, a dict iterator that has lost count
    except BaseException as error:
        problems.append(repr(error))


while time.monotonic() < deadline and not problems:
    for iterator in sources():
        gate = threading.Barrier(3)
        threads = [threading.Thread(target=drain, args=(iterator, gate)) for _ in range(3)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
print("\n".join(problems[:5]) or "ok")
