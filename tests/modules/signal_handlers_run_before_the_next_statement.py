# gilbox: -A
"""A signal that ends a system call early has its handler run before the program goes on."""

import os
import signal
import threading
import time


def handler(number, frame):
    raise InterruptedError(signal.Signals(number).name)


signal.signal(signal.SIGALRM, handler)


def read_all(descriptor):
    time.sleep(0.1)
    while os.read(descriptor, 1 << 20):
        pass


for turn in range(8):
    reader, writer = os.pipe()
    with open(writer, "wb", buffering=0) as raw:
        thread = threading.Thread(target=read_all, args=(reader,))
        went_on = False
        try:
            # More than the pipe takes: the call writes a part and waits, until the signal comes.
            signal.setitimer(signal.ITIMER_REAL, 0.03)
            thread.start()
            written = raw.write(bytes(10_000_000))
            went_on = True
            time.sleep(1)
        except InterruptedError as error:
            print(turn, "raised", error, "went on:", went_on)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    thread.join()
    os.close(reader)
