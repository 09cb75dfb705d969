"""gil.disable and gil.enable under running threads: nothing that a Lock protects is lost."""

import gil
import threading
import time

counter = 0
lock = threading.Lock()
stop = False


def work():
    global counter
    own = 0
    while not stop:
        with lock:
            counter += 1
        own += 1
    done.append(own)


done = []
threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
seen = set()
for i in range(40):
    gil.disable() if i % 2 else gil.enable()
    seen.add(gil.enabled())
    time.sleep(0.005)
stop = True
for t in threads:
    t.join()
print(counter == sum(done), counter > 0, sorted(seen))
