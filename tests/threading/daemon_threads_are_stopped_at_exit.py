"""A daemon that would run forever does not keep the program alive."""

import threading
import time


def forever():
    while True:
        time.sleep(0.01)


def spin():
    while True:
        pass


d = threading.Thread(target=forever, daemon=True)
d.start()
e = threading.Thread(target=spin, daemon=True)
e.start()


def inherits():
    print(threading.Thread().daemon)


i = threading.Thread(target=inherits, daemon=True)
i.start()
i.join()
print(d.is_alive(), e.is_alive(), e.daemon, threading.Thread().daemon)
print("leaving")
