"""Workers of pools are killed at any moment, in the middle of whatever they do: each task ends with its result or with an
error that says what happened, the pool goes on or is told to be broken, and no process, no descriptor and no thread stays."""

import multiprocessing
import os
import random
import signal
import sys
import threading
import time
import warnings
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from crew import finish, going_on, problems

# That a pool's thread runs while the next one forks is the point.
warnings.simplefilter("ignore", DeprecationWarning)
PATIENCE = 60
kills = 0


def work(n, size, patience):
    if patience:
        time.sleep(patience)
    return n, b"%d" % (n % 10) * size


def is_right(n, size, result):
    return result == (n, b"%d" % (n % 10) * size)


def tasks(count):
    """Quick ones and slow ones, with small results and with such as fill a pipe."""
    return [(n, random.choice((0, 10, 10, 300_000)), random.choice((0, 0, 0.001, 0.01))) for n in range(count)]


def kill_some(pids, times):
    """Kill that many of the processes that there are at the moment, one after the other."""
    global kills
    for _ in range(times):
        time.sleep(random.random() * 0.005)
        if not (alive := pids()):
            return
        try:
            os.kill(random.choice(alive), signal.SIGKILL)
            kills += 1
        except (ProcessLookupError, PermissionError):
            # It was quicker, and is no child any more.
            pass


def executor(context):
    wanted = tasks(30)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        futures = []
        try:
            for task in wanted:
                futures.append(pool.submit(work, *task))
            kill_some(lambda: list(pool._processes or ()), random.choice((0, 1, 2)))
        except BrokenProcessPool:
            # Killed between two tasks.
            pass
        if (left := wait(futures, PATIENCE).not_done):
            problems.append(f"an executor hangs: {len(left)} of {len(futures)} tasks")
            return
        broken = 0
        for (n, size, _), future in zip(wanted, futures):
            if isinstance(error := future.exception(), BrokenProcessPool):
                broken += 1
            elif error is not None:
                problems.append(f"an executor's task failed with {error!r}")
            elif not is_right(n, size, future.result()):
                problems.append("an executor's result is wrong")
        if broken:
            try:
                pool.submit(work, 1, 1, 0)
                problems.append("a broken executor takes tasks")
            except BrokenProcessPool:
                pass


def pool(context):
    wanted = tasks(30)
    with context.Pool(2) as pool:
        results = [pool.apply_async(work, task) for task in wanted]
        kill_some(lambda: [child.pid for child in pool._pool], random.choice((0, 1, 3)))
        lost = 0
        for (n, size, _), result in zip(wanted, results):
            try:
                if not is_right(n, size, result.get(PATIENCE)):
                    problems.append("a pool's result is wrong")
            except multiprocessing.TimeoutError:
                problems.append("a pool hangs")
                return
            except multiprocessing.ProcessError:
                lost += 1
        if lost > 3:
            problems.append(f"three workers were killed at most, and {lost} tasks were lost")
        # Others have taken their places.
        if pool.map(abs, range(-20, 0), chunksize=3) != list(range(20, 0, -1)):
            problems.append("a pool that went on is wrong")


def talk(connection):
    try:
        while True:
            connection.send(connection.recv() * 2)
    except EOFError:
        pass


def process(context):
    """One that answers is killed, between two messages or within one."""
    ours, theirs = context.Pipe()
    child = context.Process(target=talk, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    killer = threading.Thread(target=kill_some, args=(lambda: [child.pid], 1))
    killer.start()
    try:
        while True:
            sent = random.choice(("x", "y" * 200_000))
            ours.send(sent)
            if ours.recv() != sent * 2:
                problems.append("a message was changed")
    except (EOFError, OSError):
        # Killed between two messages, or within one.
        pass
    killer.join()
    child.join(PATIENCE)
    if child.exitcode != -signal.SIGKILL:
        problems.append(f"a killed process ended with {child.exitcode}")
    ours.close()
    child.close()


def lowest():
    """The number that the next descriptor gets."""
    fd = os.dup(0)
    os.close(fd)
    return fd


def check(what, before):
    if multiprocessing.active_children():
        problems.append(f"{what}: children stay: {multiprocessing.active_children()}")
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            problems.append(f"{what}: a zombie stays")
    except ChildProcessError:
        pass
    if lowest() > before:
        problems.append(f"{what}: descriptors stay: {before}, then {lowest()}")
    if threading.active_count() > 1:
        problems.append(f"{what}: threads stay: {threading.enumerate()}")


rounds = 0
context = multiprocessing.get_context("fork")
before = None
while going_on():
    for what in (executor, pool, process):
        if going_on():
            what(context)
            before = before or lowest()
            check(what.__name__, before)
    rounds += 1
if len(sys.argv) > 2:
    print(rounds, "rounds,", kills, "kills", file=sys.stderr)
finish()
