"""gil.stats has figures for the threads that ran."""

import gil
import threading


def spin():
    n = 0
    while n < 20000:
        n += 1


threads = [threading.Thread(target=spin, name=f"spinner-{i}") for i in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
text = str(gil.stats())
print("spinner-0" in text, "spinner-1" in text, "MainThread" in text)
