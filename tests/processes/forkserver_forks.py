"""The `forkserver` method: processes come from a server of their own, which has imported what was asked for."""
import multiprocessing as mp
import os
import signal
import sys
import threading
import time

print("imported as", __name__, "by", mp.current_process().name, sys.argv[1:], flush=True)


def look(end, *modules):
    me, parent = mp.current_process(), mp.parent_process()
    found = [name for name in modules if name in sys.modules]
    end.send((os.getppid(), me.name, parent.name, __name__, threading.active_count(), found, mp.get_start_method()))


def server_of(context, *modules):
    """The process that a new process comes from; what that sees is printed."""
    ours, theirs = context.Pipe()
    p = context.Process(target=look, args=(theirs, *modules))
    p.start()
    server, *seen = ours.recv()
    p.join()
    print(*seen, p.exitcode, mp.parent_process() or server != os.getpid())
    return server


def nested(end):
    end.send(server_of(mp.get_context("forkserver")) == os.getppid())


def adds(lock, number, queue, event):
    event.wait()
    for _ in range(100):
        with lock:
            number.value += 1
    queue.put(mp.current_process().name)


def signals(end):
    end.send([signal.getsignal(number) for number in (signal.SIGINT, signal.SIGCHLD)])


def ends(how):
    if how == "raises":
        raise LookupError("from the child")
    if how == "exits":
        sys.exit(7)
    if how == "exits early":
        os._exit(8)
    time.sleep(0.5 if how == "outlives the server" else 1000)


if __name__ == "__main__":
    context = mp.get_context("forkserver")
    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
    server = server_of(context, "sched", "nothing")
    print("the same server:", server_of(context) == server)
    ours, theirs = context.Pipe()
    for target in (nested, signals):
        p = context.Process(target=target, args=(theirs,))
        p.start()
        print(target.__name__, ours.recv())
        p.join()

    lock, number, queue, event = context.Lock(), context.Value("i"), context.Queue(), context.Event()
    team = [context.Process(target=adds, args=(lock, number, queue, event), name=f"worker {n}") for n in range(4)]
    for p in team:
        p.start()
    event.set()
    print(sorted(queue.get() for _ in team), [p.join() for p in team], number.value)
    with context.Pool(2) as pool:
        print(pool.map(abs, range(-5, 0)))

    for how in ("exits", "exits early", "raises", "terminate", "kill"):
        p = context.Process(target=ends, args=(how,))
        p.start()
        print(how, p.is_alive() if how in ("terminate", "kill") else "", flush=True)
        getattr(p, how, lambda: None)()
        print(mp.connection.wait([p.sentinel]) == [p.sentinel], p.join(), p.exitcode, p.is_alive())

    # What is asked for now is not what the server has.
    context.set_forkserver_preload(["__main__", "sched", "no_such_module"])
    server_of(context, "sched")
    print("the server is killed")
    p = context.Process(target=ends, args=("outlives the server",))
    p.start()
    os.kill(server, signal.SIGKILL)
    p.join()
    print("nobody knows:", p.exitcode)
    print("another one:", server_of(context, "sched") != server)
    context.set_forkserver_preload([])
