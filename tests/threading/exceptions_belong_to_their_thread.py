"""sys.exc_info in one thread does not show another's exception."""

import sys
import threading

handling = threading.Event()
looked = threading.Event()
seen = []


def holds():
    try:
        raise ValueError("mine")
    except ValueError:
        handling.set()
        looked.wait()
        seen.append(repr(sys.exception()))


t = threading.Thread(target=holds)
t.start()
handling.wait()
print(sys.exc_info())
try:
    raise KeyError("other")
except KeyError as error:
    print(error.__context__)
looked.set()
t.join()
print(seen)
