import os
import signal
import threading
from signal import SIG_BLOCK, SIG_SETMASK, SIG_UNBLOCK, SIGUSR1, SIGUSR2


def attempt(call, *args):
    try:
        return call(*args)
    except Exception as exc:
        return f"{type(exc).__name__}: {exc}"


seen = []
signal.signal(SIGUSR1, lambda number, frame: seen.append(signal.Signals(number).name))
signal.signal(SIGUSR2, lambda number, frame: seen.append(signal.Signals(number).name))

# Blocked, a signal stays pending until it is let through.
print(signal.pthread_sigmask(SIG_BLOCK, [SIGUSR1]), signal.pthread_sigmask(SIG_BLOCK, []), signal.sigpending())
os.kill(os.getpid(), SIGUSR1)
print(signal.sigpending(), seen)
print(signal.pthread_sigmask(SIG_UNBLOCK, {SIGUSR1}), seen, signal.sigpending())
signal.raise_signal(SIGUSR2)
print(seen)
print(signal.pthread_sigmask(SIG_SETMASK, [SIGUSR1, SIGUSR2]), sorted(signal.pthread_sigmask(SIG_BLOCK, [])))

# Waited for, it is not handled.
seen.clear()
signal.raise_signal(SIGUSR2)
print(repr(signal.sigwait([SIGUSR1, SIGUSR2])), signal.sigpending(), seen)
signal.pthread_kill(threading.get_ident(), SIGUSR1)
info = signal.sigwaitinfo([SIGUSR1])
print(info.si_signo == SIGUSR1, info.si_pid == os.getpid(), info.si_uid == os.getuid(), info.si_errno, len(info), info[0] == SIGUSR1)
print(signal.sigtimedwait([SIGUSR1], 0), signal.sigtimedwait([SIGUSR1], 0.01))
os.kill(os.getpid(), SIGUSR1)
print(signal.sigtimedwait([SIGUSR1], 10).si_signo, type(info).__name__, repr(info).split("=")[0])

# A thread waits for what another one sends it; it has inherited the mask.
received = []


def wait():
    received.append(signal.sigwait({SIGUSR1, SIGUSR2}))


thread = threading.Thread(target=wait)
thread.start()
signal.pthread_kill(thread.ident, SIGUSR2)
thread.join()
print(received, seen)
print(signal.pthread_sigmask(SIG_SETMASK, []) == {SIGUSR1, SIGUSR2}, seen)
signal.pthread_kill(threading.main_thread().ident, SIGUSR1)
signal.pthread_kill(threading.main_thread().ident, 0)
print(seen)

# What is wrong.
print(attempt(signal.pthread_kill, threading.get_ident(), 1000))
print(attempt(signal.pthread_sigmask, 77, []))
print(attempt(signal.pthread_sigmask, SIG_BLOCK, [0]))
print(attempt(signal.pthread_sigmask, SIG_BLOCK, [1000]))
print(attempt(signal.pthread_sigmask, SIG_BLOCK, 3))
print(attempt(signal.sigwait, ["x"]))
print(attempt(signal.sigtimedwait, [], -1))
print(repr(signal.SIG_BLOCK), signal.Sigmasks(signal.SIG_SETMASK).name)
