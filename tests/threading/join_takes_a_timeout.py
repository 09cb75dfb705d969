"""join(timeout) returns None either way."""

import threading
import time

stop = threading.Event()
t = threading.Thread(target=stop.wait)
t.start()
start = time.monotonic()
print(t.join(0.05), t.is_alive(), time.monotonic() - start >= 0.045)
print(t.join(timeout=0), t.is_alive(), t.join(-1))
stop.set()
print(t.join(), t.is_alive(), t.join(0))
