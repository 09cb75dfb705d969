"""Processes are started, killed at any moment, and end by themselves: none is lost, no zombie and no descriptor stays."""

import multiprocessing
import os
import random
import sys
import time

seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
end = time.monotonic() + seconds
lock = multiprocessing.Lock()
value = multiprocessing.Value("i", 0, lock=False)
started = 0


def work(connection, patience):
    connection.send_bytes(b"begun")
    with connection:
        time.sleep(patience)
    value.value += 1


while time.monotonic() < end:
    batch = []
    for _ in range(8):
        ours, theirs = multiprocessing.Pipe()
        p = multiprocessing.Process(target=work, args=(theirs, random.choice((0, 0.001, 5))), daemon=True)
        p.start()
        theirs.close()
        batch.append((p, ours))
    time.sleep(random.random() * 0.01)
    for p, ours in batch:
        p.kill() if random.random() < 0.5 else p.terminate()
    for p, ours in batch:
        p.join(30)
        if p.exitcode not in (0, -9, -15):
            print("a process ended with", p.exitcode)
        try:
            while True:
                if ours.recv_bytes() != b"begun":
                    print("a message was changed")
        except (EOFError, OSError):
            pass
        ours.close()
        p.close()
    started += len(batch)
if multiprocessing.active_children():
    print("children stay", multiprocessing.active_children())
try:
    print("a zombie stays", os.waitpid(-1, os.WNOHANG))
except ChildProcessError:
    pass
low = os.dup(0)
if low > 40:
    print("descriptors stay", low)
if len(sys.argv) > 2:
    print(started, file=sys.stderr)
print("ok")
