import threading
import time


def report(function):
    try:
        return function()
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


print(report(lambda: threading.Barrier(0)))
print(report(lambda: threading.Barrier(-3)))
print(report(lambda: threading.Barrier("a")))

# The action runs in one of the threads, once a round, before any of them goes on.
rounds = []
barrier = threading.Barrier(3, action=lambda: rounds.append(len(rounds)))
seen = []


def take_part():
    for _ in range(4):
        place = barrier.wait()
        seen.append((len(rounds) - 1, place))
        barrier.wait()


threads = [threading.Thread(target=take_part) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(rounds)
print(sorted(place for _, place in seen) == [0] * 4 + [1] * 4 + [2] * 4)
print(barrier.parties, barrier.n_waiting, barrier.broken)
print(repr(barrier).split(" at ")[0], repr(barrier).split(": ")[1])


# An action that raises breaks the barrier.
def fail():
    raise KeyError("action")


failing = threading.Barrier(2, fail)
results = []


def meet():
    try:
        results.append(failing.wait())
    except KeyError as exc:
        results.append(f"KeyError {exc}")
    except threading.BrokenBarrierError as exc:
        results.append(f"broken {exc}")


threads = [threading.Thread(target=meet) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results), failing.broken, repr(failing).split(": ")[1])
print(report(failing.wait))
failing.reset()
print(failing.broken, failing.n_waiting)

# A timeout breaks it for everybody.
slow = threading.Barrier(2, timeout=0.05)
print(report(slow.wait), slow.broken)
slow.reset()
print(slow.broken, report(lambda: slow.wait(0.01)), slow.broken)

# So does abort(), also for those that wait.
aborted = threading.Barrier(2)
results = []


def wait():
    try:
        aborted.wait()
    except threading.BrokenBarrierError:
        results.append("broken")


thread = threading.Thread(target=wait)
thread.start()
while aborted.n_waiting == 0:
    time.sleep(0.001)
aborted.abort()
thread.join()
print(results, aborted.broken)
aborted.reset()

# reset() sends those that wait away, and it can be used again.
results = []
thread = threading.Thread(target=wait)
thread.start()
while aborted.n_waiting == 0:
    time.sleep(0.001)
aborted.reset()
thread.join()
print(results, aborted.broken)
print(issubclass(threading.BrokenBarrierError, RuntimeError), threading.Barrier(1).wait())
