"""`sys.excepthook` and `threading.excepthook` set by the program."""

import sys
import threading


def hook(kind, value, traceback):
    print("hook", kind.__name__, value, traceback is not None)


def thread_hook(args):
    print("thread hook", args.exc_type.__name__, args.exc_value, args.thread.name, args.exc_traceback is not None)


threading.excepthook = thread_hook
t = threading.Thread(target=lambda: [][3], name="T")
t.start()
t.join()
sys.excepthook = hook
raise KeyError("last")
