# gilbox: -A
"""Signals that all threads block stay pending for the process until one of them waits; others go to the main thread."""

import os
import signal
import subprocess
import threading
import time

SIGNAL = signal.SIGUSR1


def in_thread(function):
    thread = threading.Thread(target=function)
    thread.start()
    thread.join()


def kill():
    os.kill(os.getpid(), SIGNAL)


def kill_later():
    time.sleep(0.2)
    kill()


signal.pthread_sigmask(signal.SIG_BLOCK, [SIGNAL])
killer = threading.Thread(target=kill_later)
killer.start()
print(signal.sigwait([SIGNAL]), signal.sigpending())
killer.join()
kill()
print(signal.sigpending())
in_thread(lambda: print(signal.sigpending(), signal.sigwait([SIGNAL])))
print(signal.sigpending())
print(subprocess.run(["/bin/sh", "-c", f"kill -USR1 {os.getpid()}"]).returncode, signal.sigpending())
print(signal.sigtimedwait([SIGNAL], 5).si_signo, signal.sigtimedwait([SIGNAL], 0))
kill()
signal.signal(SIGNAL, lambda number, frame: print("handled in", threading.current_thread().name))
print(signal.pthread_sigmask(signal.SIG_UNBLOCK, [SIGNAL]))
for send in (kill, lambda: signal.pthread_kill(threading.get_ident(), SIGNAL), lambda: signal.raise_signal(SIGNAL)):
    send()
    in_thread(lambda: (send(), time.sleep(0.1)))


def blocked():
    signal.pthread_sigmask(signal.SIG_BLOCK, [SIGNAL])
    kill()
    time.sleep(0.1)
    print(signal.sigpending())
    signal.raise_signal(SIGNAL)
    print(signal.sigpending())


in_thread(blocked)
print(signal.sigpending())


def show(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


for given in (1 << 1000, 0, 65, "a"):
    show(signal.pthread_sigmask, signal.SIG_BLOCK, [given])
show(signal.pthread_sigmask, 1700, [])
show(signal.sigtimedwait, [SIGNAL], float("nan"))
show(signal.sigtimedwait, [SIGNAL], -1)
show(signal.getsignal, 1 << 70)
show(signal.alarm, 1 << 40)
