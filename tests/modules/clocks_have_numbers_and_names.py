# time's clocks by number and name, and what gc tells of itself.
import gc
import time
from weakref import WeakSet

for name in ("monotonic", "perf_counter", "time", "process_time", "thread_time"):
    print(name, time.get_clock_info(name))
for name in ("CLOCK_REALTIME", "CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID"):
    number = getattr(time, name)
    print(name, number, time.clock_getres(number), type(time.clock_gettime(number)), type(time.clock_gettime_ns(number)))
print(abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 1, time.clock_gettime(1) <= time.monotonic())
for attempt in [lambda: time.get_clock_info("x"), lambda: time.get_clock_info(1), lambda: time.clock_gettime(99), lambda: time.clock_gettime("a"),
                lambda: gc.set_debug("a")]:
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)

print(gc.callbacks, gc.garbage, gc.get_debug(), gc.set_debug(0), gc.get_freeze_count(), gc.DEBUG_LEAK)
told = []


def callback(phase, info):
    told.append((phase, sorted(info), info["generation"]))


gc.disable()
gc.callbacks.append(callback)
gc.collect()
gc.callbacks.remove(callback)
gc.enable()
gc.collect()
print(told)


class Thing:
    pass


a, b, c = things = [Thing(), Thing(), Thing()]
some = WeakSet([a, b])
some.intersection_update([b, c])
print(len(some), b in some)
some.symmetric_difference_update([b, c])
print(len(some), c in some)
