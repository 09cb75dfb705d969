"""Echoes beside spinning threads: what a busy thread costs one that only answers, at several switch intervals.

A thread answers what another process sends (so that the asking needs no lock of ours), beside no, one and two threads that
count without end. To answer takes microseconds. But a thread that has waited must ask for the lock, and whoever spins gives it
up when the switch interval has passed: so answers per second fall to about one an interval for each spinning thread
(CPython issue 7946). A shorter interval is one remedy, `--gil priority` another, `--gil off` needs none.

    gilbox scripts/gil/echo_server.py
    gilbox --gil priority scripts/gil/echo_server.py
    gilbox --gil off scripts/gil/echo_server.py
    gilbox --gil 2.7 scripts/gil/echo_server.py
"""

import multiprocessing
import sys
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 0.5
INTERVALS = (0.0005, 0.005, 0.05)


def ask(connection, seconds):
    """The other process: sends, waits for the echo, counts."""
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        connection.send_bytes(b"x" * 64)
        connection.recv_bytes()
        count += 1
    connection.send_bytes(b"")
    connection.send(count / seconds)


def answer(connection, result):
    while message := connection.recv_bytes():
        connection.send_bytes(message)
    result.append(connection.recv())


def spin(go_on):
    while go_on.is_set():
        pass


def echoes_per_second(spinning):
    here, there = multiprocessing.Pipe()
    client = multiprocessing.Process(target=ask, args=(there, SECONDS))
    client.start()
    result, go_on = [], threading.Event()
    go_on.set()
    crew = [threading.Thread(target=spin, args=(go_on,)) for _ in range(spinning)]
    for thread in crew:
        thread.start()
    echo = threading.Thread(target=answer, args=(here, result))
    echo.start()
    echo.join()
    go_on.clear()
    for thread in crew:
        thread.join()
    client.join()
    return result[0]


if __name__ == "__main__":
    print(f"{'interval':<12}{'alone':>14}{'one spins':>14}{'two spin':>14}")
    for interval in INTERVALS:
        sys.setswitchinterval(interval)
        row = [echoes_per_second(spinning) for spinning in (0, 1, 2)]
        print(f"{interval * 1000:>6.1f} ms   " + "".join(f"{count:>14,.0f}" for count in row), flush=True)
