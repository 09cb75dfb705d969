import sched
import threading
import time

now = 0.0
slept = []


def clock():
    return now


def sleep(seconds):
    global now
    slept.append(seconds)
    now += seconds


scheduler = sched.scheduler(clock, sleep)
order = []
scheduler.enter(2, 1, order.append, ("two, first",))
scheduler.enter(1, 2, order.append, ("one, less urgent",))
scheduler.enter(1, 1, order.append, argument=("one, more urgent",))
scheduler.enter(2, 1, lambda **k: order.append(k), kwargs={"two": "second"})
gone = scheduler.enterabs(1.5, 1, order.append, ("never",))
print([event.time for event in scheduler.queue], scheduler.empty())
scheduler.cancel(gone)
try:
    scheduler.cancel(gone)
except ValueError as exc:
    print(exc)
print(scheduler.run(), order, slept, now, scheduler.empty())

event = scheduler.enter(5, 3, print, (1,), {"sep": ""})
print(event[:3], event.action is print, event.argument, event.kwargs, event._fields, type(event).__name__)
print(scheduler.run(blocking=False), scheduler.queue == [event])
other = scheduler.enterabs(event.time, 3, print)
print(event < other, event == other, event.sequence < other.sequence)
now = 10.0
scheduler.cancel(other)
print(scheduler.run(blocking=False))


# An action may enter others, and one that raises leaves the rest for another run.
def again(count):
    order.append(count)
    if count:
        scheduler.enter(1, 0, again, (count - 1,))


def fail():
    raise ValueError("an action")


order.clear()
scheduler.enter(0, 0, again, (3,))
scheduler.enter(1.5, 0, fail)
try:
    scheduler.run()
except ValueError as exc:
    print(exc, order, len(scheduler.queue))
scheduler.run()
print(order, scheduler.empty())

real = sched.scheduler()
moments = []
start = time.monotonic()
for delay in (0.06, 0.02, 0.04):
    real.enterabs(start + delay, 1, moments.append, (delay,))
thread = threading.Thread(target=real.run)
thread.start()
thread.join()
print(moments, time.monotonic() - start >= 0.06, real.timefunc is time.monotonic, real.delayfunc is time.sleep)
print(sched.__all__)
