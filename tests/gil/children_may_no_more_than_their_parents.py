# gilbox: --allow-read=/tmp/gilbox-children --allow-write=/tmp/gilbox-children --max-memory 200M --max-threads 4
"""What was allowed, and the limits, hold in child processes, however they are started."""

import multiprocessing
import os
import socket
import subprocess
import sys
import threading

HERE = "/tmp/gilbox-children"


def said(function, *args):
    try:
        result = function(*args)
        close = getattr(result, "close", None)
        if close is not None:
            close()
        return "done"
    except (OSError, MemoryError, RuntimeError) as error:
        words = str(error).replace(str(os.getpid()), "PID")
        return f"{type(error).__name__}: {words}" if words else type(error).__name__


def too_many_threads():
    go = threading.Event()
    crew = []
    try:
        for _ in range(10):
            crew.append(threading.Thread(target=go.wait))
            crew[-1].start()
    finally:
        go.set()
        for thread in crew[:-1]:
            thread.join()


def look(results):
    inside = f"{HERE}/file-{os.getpid()}"
    results.put([
        said(open, inside, "w"),
        said(open, inside),
        said(os.remove, inside),
        said(open, "/etc/passwd"),
        said(open, f"{HERE}/../outside", "w"),
        said(socket.create_connection, ("127.0.0.1", 9)),
        said(subprocess.run, ["true"]),
        said(os.kill, os.getppid(), 0),
        said(bytearray, 400 << 20),
        said(too_many_threads),
    ])


def grandchild(results):
    child = multiprocessing.Process(target=look, args=(results,))
    child.start()
    child.join()


if __name__ == "__main__":
    try:
        os.mkdir(HERE)
    except FileExistsError:
        pass
    mine = multiprocessing.SimpleQueue()
    look(mine)
    mine = mine.get()
    mine[7] = "not asked"
    for line in mine:
        print(line)
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        for target in (look, grandchild):
            results = context.SimpleQueue()
            child = context.Process(target=target, args=(results,))
            child.start()
            theirs = results.get()
            child.join()
            # A parent is no child of its child's.
            print(method, target.__name__, child.exitcode, theirs[7])
            theirs[7] = mine[7]
            if theirs != mine:
                print(*theirs, sep="\n")
    try:
        os.rmdir(HERE)
    except OSError:
        pass
