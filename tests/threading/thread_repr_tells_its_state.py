"""initial, started, stopped, daemon."""

import threading


def shape(t):
    return repr(t).replace(str(t.ident), "N")


stop = threading.Event()
t = threading.Thread(target=stop.wait, name="T")
d = threading.Thread(target=stop.wait, name="D", daemon=True)
print(shape(t), shape(d))
t.start()
d.start()
print(shape(t), shape(d))
stop.set()
t.join()
d.join()
print(shape(t), shape(d))
print(shape(threading.main_thread()))
