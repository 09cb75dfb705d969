"""An object that goes at the end of the program cannot wait for a daemon, which will never end, nor start a thread."""

import threading
def loop():
    while True: pass
class Cycle:
    def __init__(self):
        self.self_ref = self
        self.thr = threading.Thread(target=loop, daemon=True)
        self.thr.start()
    def __del__(self):
        print(self.thr.is_alive())
        try:
            self.thr.join()
        except PythonFinalizationError as e:
            print('got', e)
        try:
            self.thr.join(timeout=10)
        except PythonFinalizationError as e:
            print('got', e)
        try:
            threading.Thread(target=print).start()
        except BaseException as e:
            print('got', repr(e))
Cycle()
