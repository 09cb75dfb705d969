"""A hundred threads at once, each with a little work of its own."""

import threading


def worker(seed, results):
    x = seed
    for _ in range(80000):
        x = (x * 75 + 74) % 65537
    results[seed] = x


def main():
    results = [0] * 100
    threads = [threading.Thread(target=worker, args=(i, results)) for i in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", sum(results))


main()
