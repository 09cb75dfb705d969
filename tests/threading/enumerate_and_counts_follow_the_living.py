"""enumerate, active_count, main_thread, current_thread, get_ident."""

import threading

print(threading.active_count(), threading.enumerate() == [threading.main_thread()])
stop = threading.Event()
ids = []


def work():
    ids.append((threading.get_ident(), threading.current_thread().ident, threading.get_native_id()))
    stop.wait()


threads = [threading.Thread(target=work, name=f"w{i}") for i in range(3)]
for t in threads:
    t.start()
while len(ids) < 3:
    pass
print(threading.active_count(), sorted(t.name for t in threading.enumerate()))
print(len({i[0] for i in ids}), all(a == b for a, b, _ in ids), len({i[2] for i in ids}), all(isinstance(i[2], int) for i in ids))
stop.set()
for t in threads:
    t.join()
print(threading.active_count(), [t.name for t in threading.enumerate()])
print(threading.get_ident() == threading.main_thread().ident, threading.main_thread().native_id == threading.get_native_id())
print(threading.current_thread().name, threading.TIMEOUT_MAX > 1000)
