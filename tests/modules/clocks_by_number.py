# time: the clocks that have numbers, those of threads, and setting them.
import threading
import time


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


print(sorted((name, getattr(time, name)) for name in dir(time) if name.startswith("CLOCK_")))
for name in ("CLOCK_BOOTTIME", "CLOCK_TAI", "CLOCK_MONOTONIC_RAW"):
    number = getattr(time, name)
    first, second = time.clock_gettime_ns(number), time.clock_gettime(number)
    print(name, first > 0, second * 1e9 >= first - 1000, time.clock_getres(number) > 0)
ready, over = threading.Event(), threading.Event()


def work():
    sum(range(200_000))
    ready.set()
    over.wait()


thread = threading.Thread(target=work)
thread.start()
ready.wait()
for ident in (thread.ident, threading.get_ident()):
    print(0 < time.clock_gettime(time.pthread_getcpuclockid(ident)) < 100)
over.set()
thread.join()
for source in """time.clock_gettime(99)
time.clock_gettime('x')
time.clock_settime(time.CLOCK_MONOTONIC, 'x')
time.clock_settime('x', 1)
time.clock_settime_ns(1, 1.5)
time.pthread_getcpuclockid('x')
time.struct_time(range(9)).tm_zone, time.struct_time(range(11)).tm_gmtoff
time.gmtime(0).tm_zone, time.gmtime(0).tm_gmtoff
time.gmtime(0).__replace__(tm_year=2000)
time.struct_time(range(8))
time.gmtime(0).__match_args__""".split("\n"):
    show(source)
