"""Signals of several kinds arrive faster than they can be served, while the main thread computes, waits, reads, forks and
handles exceptions: what arrives while one of its kind is pending is one with it, as the system has it; nothing else is lost,
no wait ends early, no call fails."""

import os
import queue
import signal
import socket
import sys
import threading
import time
import warnings

from crew import finish, going_on, problems

# That threads run while it forks is the point.
warnings.simplefilter("ignore", DeprecationWarning)
KINDS = (signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGHUP, signal.SIGCHLD)
seen = dict.fromkeys(KINDS, 0)
over = False


def handle(number, frame):
    start = time.monotonic()
    if threading.current_thread() is not threading.main_thread():
        problems.append("a handler runs in another thread")
    seen[number] += 1
    if number == signal.SIGALRM and not over:
        signal.setitimer(signal.ITIMER_REAL, 0.0005 + 5 * (time.monotonic() - start))


def blow(kind, send):
    """A thread that sends one kind in bursts, each as soon as something of the one before has been seen."""
    def work():
        while not over:
            before, start = seen[kind], time.monotonic()
            for _ in range(3):
                send()
            patience = time.monotonic() + 30
            while seen[kind] == before and not over:
                time.sleep(0.0002)
                if time.monotonic() > patience:
                    problems.append(f"{kind.name} was lost")
                    return
            # Where handlers are slow, the main thread is to come to something else as well.
            time.sleep(2 * (time.monotonic() - start))

    return work


def sleep():
    start = time.monotonic()
    time.sleep(0.02)
    if time.monotonic() - start < 0.02:
        problems.append("a sleep was cut short")


def wait_for_lock():
    lock = threading.Lock()
    with lock:
        start = time.monotonic()
        if lock.acquire(timeout=0.02) or time.monotonic() - start < 0.02:
            problems.append("a wait was cut short")


def read_and_write():
    reader, writer = os.pipe()
    data = b"0123456789" * 20_000
    thread = threading.Thread(target=write_all, args=(writer, data))
    thread.start()
    got = b""
    while more := os.read(reader, 1 << 16):
        got += more
    thread.join()
    os.close(reader)
    if got != data:
        problems.append(f"{len(got)} bytes of {len(data)} came through a pipe")


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]
    os.close(fd)


def talk():
    one, other = socket.socketpair()
    with one, other:
        one.settimeout(10)
        data = b"x" * 300_000
        thread = threading.Thread(target=other.sendall, args=(data,))
        thread.start()
        got = 0
        while got < len(data):
            got += len(one.recv(1 << 16))
        thread.join()


def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(sum(range(1000)) % 256)
    if os.waitpid(pid, 0) != (pid, (499500 % 256) << 8):
        problems.append("a child ended with something else")


def hand_on():
    lines = queue.Queue()
    thread = threading.Thread(target=lambda: [lines.put(n) for n in range(200)])
    thread.start()
    if [lines.get(timeout=10) for _ in range(200)] != list(range(200)):
        problems.append("a queue lost something")
    thread.join()


def compute():
    if sum(n * n for n in range(20_000)) != 2666466670000:
        problems.append("a sum is wrong")


def raise_inside():
    for _ in range(2000):
        try:
            [].pop()
        except IndexError:
            pass


def interrupt_a_wait():
    """A handler that raises ends a wait, and only its own."""
    class Enough(Exception):
        pass

    def stop(number, frame):
        while frame is not None:
            if ended or frame.f_code is handle.__code__:
                # The exception would end the handler that this one interrupts.
                return
            frame = frame.f_back
        raise Enough

    def send():
        # What the exception met within start() would be in a state that nobody expects.
        while not begun:
            time.sleep(0.005)
        while not ended:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.002)

    begun, ended = [], []
    before = signal.signal(signal.SIGTERM, stop)
    sender = threading.Thread(target=send)
    try:
        sender.start()
        begun.append(True)
        time.sleep(30)
        problems.append("a handler's exception was lost")
    except Enough:
        pass
    finally:
        ended.append(True)
    sender.join()
    signal.signal(signal.SIGTERM, before)


for kind in KINDS:
    signal.signal(kind, handle)
signal.setitimer(signal.ITIMER_REAL, 0.0005)
main = threading.main_thread().ident
storms = [blow(kind, lambda kind=kind: os.kill(os.getpid(), kind)) for kind in KINDS[:2]]
storms.append(blow(signal.SIGHUP, lambda: signal.pthread_kill(main, signal.SIGHUP)))
threads = [threading.Thread(target=storm) for storm in storms]
for thread in threads:
    thread.start()
works = (sleep, wait_for_lock, read_and_write, talk, fork, hand_on, compute, raise_inside, interrupt_a_wait)
turn = 0
while going_on():
    try:
        works[turn % len(works)]()
    except BaseException as error:
        problems.append(f"{works[turn % len(works)].__name__}: {error!r}")
    turn += 1
over = True
for thread in threads:
    thread.join()
signal.setitimer(signal.ITIMER_REAL, 0)
time.sleep(0.01)
# What comes after the storm arrives one by one.
for kind in KINDS:
    for _ in range(20):
        before = seen[kind]
        os.kill(os.getpid(), kind)
        if seen[kind] != before + 1:
            problems.append(f"{signal.Signals(kind).name} arrived {seen[kind] - before} times")
if turn > len(works) and not all(seen.values()):
    problems.append(f"not all have arrived: {seen}")
if len(sys.argv) > 2:
    print(turn, "turns,", seen, file=sys.stderr)
finish()
