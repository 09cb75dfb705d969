"""The main thread ends first; the program waits."""

import threading
import time


def late():
    time.sleep(0.1)
    print("late thread finished")


threading.Thread(target=late).start()
print("main thread finished")
