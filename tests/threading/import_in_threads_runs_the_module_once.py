"""Several threads import the same module at the same time."""

import threading

barrier = threading.Barrier(4)
values = []


def work():
    barrier.wait()
    import slow_part

    values.append(slow_part.value)


threads = [threading.Thread(target=work) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(values)
