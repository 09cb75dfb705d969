"""A shared counter: four threads add to it, each time under a `Lock`."""

import threading

counter = 0
lock = threading.Lock()


def worker(n):
    global counter
    for _ in range(n):
        with lock:
            counter += 1


def main():
    threads = [threading.Thread(target=worker, args=(1000000,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", counter)


main()
