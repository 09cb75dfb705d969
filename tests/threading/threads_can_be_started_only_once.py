"""RuntimeErrors of misuse."""

import threading

t = threading.Thread(target=lambda: None)
try:
    t.join()
except RuntimeError as error:
    print(error)
t.start()
t.join()
t.join()
try:
    t.start()
except RuntimeError as error:
    print(error)
try:
    threading.current_thread().join()
except RuntimeError as error:
    print(error)
try:
    t.daemon = True
except RuntimeError as error:
    print("daemon set after the end:", error)
s = threading.Thread(target=lambda: None)
s.daemon = True
print(s.daemon)
running = threading.Event()
r = threading.Thread(target=running.wait)
r.start()
try:
    r.daemon = True
except RuntimeError as error:
    print(error)
running.set()
r.join()


class NoInit(threading.Thread):
    def __init__(self):
        pass


try:
    NoInit().start()
except RuntimeError as error:
    print(error)
try:
    threading.Thread("group")
except AssertionError as error:
    print(error)
