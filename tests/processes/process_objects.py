"""multiprocessing.Process: its states, names, codes and errors."""
import multiprocessing
import os
import signal
import sys
import time

ctx = multiprocessing.get_context("fork")


def shown(process):
    return repr(process).replace(f"pid={process.pid}", "pid=PID").replace(f"parent={os.getpid()}", "parent=PARENT")


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as e:
            print(type(e).__name__, e)


def nothing():
    pass


p = ctx.Process(target=nothing)
print(shown(p), p.name, p.pid, p.ident, p.daemon, p.exitcode, p.is_alive(), len(p.authkey), type(p).__mro__)
p.start()
print(p.pid == p.ident, p.pid != os.getpid())
p.join()
print(shown(p), p.exitcode, p.is_alive(), p.join(), p.join(0))

for target, args in ((sys.exit, (3,)), (sys.exit, (None,)), (sys.exit, (True,)), (os.abort, ()), (os._exit, (4,)),
                     (signal.raise_signal, (signal.SIGUSR1,))):
    p = ctx.Process(target=target, args=args)
    p.start()
    p.join()
    print(p.exitcode, shown(p))

p = ctx.Process(target=time.sleep, args=(20,), name="Sleepy", daemon=True)
p.start()
print(p.is_alive(), p.exitcode, shown(p), ctx.active_children() == [p])
p.join(timeout=0.01)
print(p.is_alive())
p.terminate()
p.join()
print(p.exitcode, shown(p), ctx.active_children())
p.terminate(), p.kill()

p = ctx.Process(target=time.sleep, args=(20,))
p.start()
p.kill()
p.join()
print(p.exitcode)
p.close()
p.close()
attempt(lambda: p.is_alive(), lambda: p.join(), lambda: p.pid, lambda: shown(p), lambda: p.sentinel,
        lambda: p.start(), lambda: p.terminate(), lambda: p.kill(), lambda: p.exitcode, lambda: p.name)

p = ctx.Process(target=time.sleep, args=(0.1,))
p.start()
attempt(lambda: p.close(), lambda: p.start(), lambda: setattr(p, "daemon", True), lambda: setattr(p, "name", 1),
        lambda: setattr(p, "name", "renamed"), lambda: type(p.sentinel), lambda: p.name)
print(multiprocessing.connection.wait([p.sentinel], 5) == [p.sentinel])
p.join()
q = ctx.Process(target=nothing)
attempt(lambda: q.join(), lambda: q.sentinel, lambda: q.terminate(), lambda: q.kill(), lambda: q.close(),
        lambda: ctx.Process(1), lambda: ctx.Process(targt=1))

main = multiprocessing.current_process()
print(main, multiprocessing.parent_process(), type(main.authkey), main.pid == os.getpid(), main._identity, main.name)


class Counting(multiprocessing.get_context("fork").Process):
    def __init__(self, *args):
        super().__init__(args=args)

    def run(self):
        print(self.name, self._args, multiprocessing.current_process() is self, flush=True)


p = Counting(1, 2)
p.start()
p.join()


def family():
    me, parent = multiprocessing.current_process(), multiprocessing.parent_process()
    print(me.name, parent, me._identity, parent.pid == os.getppid(), parent.is_alive(), me.is_alive(), flush=True)

    def below():
        print(multiprocessing.current_process().name, multiprocessing.parent_process().name, flush=True)

    p = ctx.Process(target=below)
    p.start()
    p.join()
    attempt(lambda: setattr(me, "daemon", True), lambda: me.join())
    print(sys.stdin.read() == "")


p = ctx.Process(target=family, name="kid")
p.start()
p.join()


def have_children():
    attempt(lambda: ctx.Process(target=nothing).start())


p = ctx.Process(target=have_children, daemon=True)
p.start()
p.join()

print(ctx.get_start_method(), ctx.get_context() is ctx, ctx.cpu_count() == os.cpu_count())
attempt(lambda: multiprocessing.get_context("x"), lambda: ctx.set_start_method("fork"))
multiprocessing.set_start_method("fork", force=True)
attempt(lambda: multiprocessing.set_start_method("spawn"), lambda: multiprocessing.set_start_method("x", force=True),
        lambda: multiprocessing.get_start_method())
p = multiprocessing.Process(target=nothing)
print(shown(p))
p.start()
p.join()

# A process that is not joined is waited for at the end; a daemon is not.
multiprocessing.Process(target=time.sleep, args=(50,), daemon=True).start()


def late():
    time.sleep(0.1)
    print("late, but before the end")


multiprocessing.Process(target=late).start()
print("the main process is done", flush=True)
