import signal
import threading
import time


def attempt(call):
    try:
        return call()
    except BaseException as exc:
        return f"{type(exc).__name__}: {exc}"


print(repr(signal.SIGINT), repr(signal.SIG_DFL), signal.Signals.SIGTERM.name, signal.NSIG, signal.Handlers.SIG_IGN.value)
print(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT) is signal.default_int_handler)
print(attempt(lambda: signal.default_int_handler(2, None)), signal.strsignal(2), signal.strsignal(signal.SIGTERM))
for wrong in (lambda: signal.getsignal(99), lambda: signal.signal(0, print), lambda: signal.signal(signal.SIGKILL, print),
              lambda: signal.signal(signal.SIGTERM, 3), lambda: signal.getsignal("a"), lambda: signal.raise_signal(99),
              lambda: signal.setitimer(99, 1)):
    print(attempt(wrong))
print(signal.SIGINT in signal.valid_signals(), 0 in signal.valid_signals(), len(signal.valid_signals()))

seen = []


def handler(number, frame):
    seen.append((number, type(number).__name__, frame.f_code.co_name if frame else None))


print(signal.signal(signal.SIGUSR1, handler), signal.getsignal(signal.SIGUSR1) is handler)


def raises():
    signal.raise_signal(signal.SIGUSR1)


raises()
print(seen)
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler, signal.raise_signal(signal.SIGUSR1), len(seen))
print(signal.signal(signal.SIGUSR1, handler), signal.getsignal(signal.SIGUSR1) is handler)

# A handler may raise, wherever the main thread is.
class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop(signal.Signals(number).name)


signal.signal(signal.SIGALRM, stop)
for wait in (lambda: time.sleep(60), threading.Event().wait, threading.Lock().acquire and (lambda: signal.pause()),
             lambda: sum(1 for _ in iter(int, 1))):
    # The timer starts within the attempt: on a busy machine it may be over before the wait begins.
    before = []
    print(attempt(lambda: (before.append(signal.setitimer(signal.ITIMER_REAL, 0.02)), wait())), before, signal.getitimer(signal.ITIMER_REAL))

# One that returns lets the wait go on.
signal.signal(signal.SIGALRM, handler)
seen.clear()
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
start = time.monotonic()
time.sleep(0.1)
signal.setitimer(signal.ITIMER_REAL, 0)
print(time.monotonic() - start >= 0.1, len(seen) >= 1, {entry[0] for entry in seen})
print(signal.alarm(50), signal.alarm(0) in (49, 50))

# SIGINT is KeyboardInterrupt, unless a program says otherwise.
print(attempt(lambda: signal.raise_signal(signal.SIGINT)))
signal.signal(signal.SIGINT, handler)
seen.clear()
print(signal.raise_signal(signal.SIGINT), seen[0][0])
signal.signal(signal.SIGINT, signal.default_int_handler)
print(attempt(lambda: signal.raise_signal(signal.SIGINT)))

# Only the main thread sets handlers and runs them.
def other():
    print(attempt(lambda: signal.signal(signal.SIGUSR1, print)))
    print(attempt(lambda: signal.set_wakeup_fd(-1)))


thread = threading.Thread(target=other)
thread.start()
thread.join()
names = []
signal.signal(signal.SIGUSR2, lambda number, frame: names.append(threading.current_thread().name))
thread = threading.Thread(target=signal.raise_signal, args=(signal.SIGUSR2,))
thread.start()
thread.join()
while not names:
    time.sleep(0.001)
print(names, signal.set_wakeup_fd(-1))
