"""gc.callbacks hear of collections that nobody asked for, too: before each and after it, in order, with their figures."""
import gc
import sys
import threading

told = []


def listen(phase, info):
    told.append((phase, info["generation"], info["collected"], info["uncollectable"], threading.get_ident()))


class Node:
    def __init__(self):
        self.me = self
        self.load = [None] * 50


def litter(rounds):
    for _ in range(rounds):
        Node()


def until_heard(pairs):
    for _ in range(20_000):
        litter(10)
        if len(told) >= 2 * pairs:
            return True
    return False


gc.callbacks.append(listen)
print(until_heard(2))
heard = told[: len(told) // 2 * 2]
print([phase for phase, *_ in heard[:4]], {type(collected) for _, _, collected, *_ in heard})
print(all(collected == 0 for phase, _, collected, *_ in heard if phase == "start"))
print(any(collected > 0 for phase, _, collected, *_ in heard if phase == "stop"))
print({uncollectable for _, _, _, uncollectable, _ in heard}, all(0 <= generation <= 2 for _, generation, *_ in heard))

# In the thread that collects.
def until_told_here():
    while threading.get_ident() not in {ident for *_, ident in told[:]}:
        litter(10)


told.clear()
thread = threading.Thread(target=until_told_here)
thread.start()
thread.join()
print(thread.ident in {ident for *_, ident in told[:]})

# A callback that litters is not told of what it brings about.
gc.callbacks[:] = [lambda phase, info: (litter(20), told.append(phase))]
told.clear()
print(until_heard(1), told[:2])

# One that fails is reported, and the others are told.
reported = []
sys.unraisablehook = lambda hooked: reported.append((type(hooked.exc_value).__name__, str(hooked.exc_value)))


def fail(phase, info):
    raise ValueError(phase)


gc.callbacks[:] = [fail, listen]
told.clear()
print(until_heard(1), ("ValueError", "start") in reported, ("ValueError", "stop") in reported)

# Those who no longer listen hear nothing, nor does anybody while collections are switched off.
gc.callbacks.clear()
told.clear()
litter(50)
print(told)
gc.disable()
gc.callbacks.append(listen)
litter(50)
print(told)
gc.collect()
print([phase for phase, *_ in told[:]])
gc.callbacks.clear()
gc.enable()
