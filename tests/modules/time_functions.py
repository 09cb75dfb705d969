"""time: clocks run forward, sleep waits, argument checks."""

import time

a = time.time()
m = time.monotonic()
p = time.perf_counter()
time.sleep(0.02)
print(time.time() > a > 1.7e9, time.monotonic() - m >= 0.019, time.perf_counter() - p >= 0.019)
print(isinstance(time.time_ns(), int), isinstance(time.monotonic_ns(), int), isinstance(time.perf_counter_ns(), int))
print(abs(time.time_ns() / 1e9 - time.time()) < 1, time.process_time() >= 0, time.thread_time() >= 0)
time.sleep(0)
print(time.sleep(0.001))
for bad in (-1, "x", None):
    try:
        time.sleep(bad)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
before = time.process_time()
time.sleep(0.05)
print(time.process_time() - before < 0.04)
print(time.gmtime(0)[:6], time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(86400)))
