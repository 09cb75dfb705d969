"""threading.excepthook, __excepthook__, ExceptHookArgs."""

import sys
import threading

seen = []


def hook(args):
    seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))


threading.excepthook = hook


def fail(x):
    raise ValueError(x)


for i in range(3):
    t = threading.Thread(target=fail, args=(i,), name=f"t{i}")
    t.start()
    t.join()
print(seen)
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=sys.exit, args=(3,))
t.start()
t.join()
print("sys.exit in a thread ends only that thread")


def bad_hook(args):
    raise KeyError("in the hook")


print(len(seen))
