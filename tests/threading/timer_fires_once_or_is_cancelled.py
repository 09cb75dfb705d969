"""Timer."""

import threading
import time

out = []
t = threading.Timer(0.02, lambda *a, **k: out.append((a, k)), args=[1], kwargs={"b": 2})
t.start()
t.join()
print(out, t.is_alive())
c = threading.Timer(30, out.append, ["never"])
c.start()
c.cancel()
c.join()
print(out, isinstance(c, threading.Thread))
start = time.monotonic()
t = threading.Timer(0.05, lambda: out.append("late"))
t.start()
t.join()
print(time.monotonic() - start >= 0.045, out[-1])
