"""What a process says that fails."""
import multiprocessing
import sys
import threading

ctx = multiprocessing.get_context("fork")


def run(target, *args, **options):
    sys.stdout.flush()
    p = ctx.Process(target=target, args=args, **options)
    p.start()
    p.join()
    print(p.name, p.exitcode)


def inner(text):
    raise ValueError(text)


def chained():
    try:
        {}["key"]
    except KeyError:
        raise RuntimeError("because of it")


def in_thread():
    thread = threading.Thread(target=inner, args=("in a thread",))
    thread.start()
    thread.join()


run(inner, "not now")
run(chained, name="chained")
run(in_thread)
run(sys.exit, "a text is printed")
run(lambda: sys.exit(-1))
run(lambda: exec("raise KeyboardInterrupt"))
run(lambda: 1 / 0, daemon=True)


def at_exit():
    import atexit
    atexit.register(print, "at the child's exit", flush=True)
    raise SystemExit


run(at_exit)
try:
    ctx.Process(target=inner, args=(1,), kwargs=5)
except TypeError as e:
    print(e)
