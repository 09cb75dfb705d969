"""Starting and joining threads that do next to nothing, one at a time and by eights."""

import threading


def worker(out, i):
    out.append(i)


def main():
    out = []
    for i in range(3000):
        thread = threading.Thread(target=worker, args=(out, i))
        thread.start()
        thread.join()
    for _ in range(500):
        threads = [threading.Thread(target=worker, args=(out, i)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print("checksum", len(out), sum(out))


main()
