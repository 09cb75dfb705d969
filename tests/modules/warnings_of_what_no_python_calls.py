# warnings.warn as a thread's target has no caller to name.
import _thread
import sys
import time
import warnings


def alone(function, *args):
    _thread.start_new_thread(function, args)
    time.sleep(0.1)


def show(message, category, filename, lineno, file=None, line=None):
    print(category.__name__, message, filename, lineno)


warnings.showwarning = show
alone(warnings.warn, "hello")
alone(warnings.warn, "hello")
alone(warnings.warn, "higher up", UserWarning, 3)
alone(warnings.warn, "not shown", DeprecationWarning)
print([key[:1] for key in sys.__dict__["__warningregistry__"] if key != "version"])
