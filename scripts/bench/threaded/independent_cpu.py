"""Independent CPU-bound work in two threads.

With an argument, in that many threads; with `sequential` after it, one after the other in the
main thread: the yardstick for what taking turns under a lock costs, and for the speed-up without one.
"""
# bench: 1
# bench: 2
# bench: 2 sequential

import sys
import threading

ROUNDS = 50


def kernel(seed):
    """Independent work on integers, a list of its own and calls; nothing is shared."""
    x = seed
    buckets = [0] * 64
    for _ in range(ROUNDS):
        for i in range(60000):
            x = (x * 1103515245 + 12345) & 0x7FFFFFFF
            buckets[x & 63] += i
            if x & 1:
                x += 1
    return sum(buckets) + x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    results = [0] * count

    def work(index):
        results[index] = kernel(index + 1)

    if sys.argv[2:] == ["sequential"]:
        for index in range(count):
            work(index)
    else:
        threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    print("checksum", *results)


main()
