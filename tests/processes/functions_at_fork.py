"""os.register_at_fork: what is called before and after, in which order, and what its errors become."""
import os
import sys


def say(text):
    return lambda: print(text, flush=True)


for arguments in ({}, {"before": 1}, {"after_in_child": "x"}, {"other": say("x")}):
    try:
        os.register_at_fork(**arguments)
    except TypeError as e:
        print(repr(e))
sys.stdout.flush()
called = []
for number in (1, 2):
    os.register_at_fork(before=lambda n=number: called.append(f"before {n}"),
                        after_in_parent=lambda n=number: called.append(f"parent {n}"),
                        after_in_child=lambda n=number: called.append(f"child {n}"))
pid = os.fork()
if pid == 0:
    print("child:", called, flush=True)
    os._exit(0)
os.waitpid(pid, 0)
print("parent:", called, flush=True)


def broken():
    raise ValueError("not now")


hook, sys.unraisablehook = sys.unraisablehook, lambda args: print(
    args.err_msg.split(" at 0x")[0], repr(args.exc_value), args.object, flush=True)
os.register_at_fork(before=broken)
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
