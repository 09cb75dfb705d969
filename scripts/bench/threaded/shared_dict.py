"""A dict shared by four threads: each writes keys of its own, all read each other's."""

import threading

shared = {}


def worker(which, n, out):
    for i in range(n):
        shared[which, i & 1023] = i
    found = 0
    for i in range(n):
        if (which, i & 1023) in shared:
            found += 1
        shared.get((which ^ 1, i & 1023))
    out[which] = found


def main():
    out = {}
    threads = [threading.Thread(target=worker, args=(w, 600000, out)) for w in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", len(shared), sorted(out.items()))


main()
