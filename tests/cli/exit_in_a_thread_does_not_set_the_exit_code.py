"""Only the main thread decides."""

import sys
import threading

t = threading.Thread(target=sys.exit, args=(9,))
t.start()
t.join()
print("main goes on")
