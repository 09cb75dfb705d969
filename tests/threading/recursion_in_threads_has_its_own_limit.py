"""Each thread has its own depth; an endless recursion in one ends in RecursionError there."""

import threading

results = []


def down(n):
    return n if n == 0 else 1 + down(n - 1)


def endless():
    endless()


def work():
    try:
        endless()
    except RecursionError as error:
        results.append(str(error))
    results.append(down(500))


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(map(str, results)))
