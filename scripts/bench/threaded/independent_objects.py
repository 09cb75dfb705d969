"""Independent work in two threads that makes and drops objects: instances, strings, lists, dicts.

Arguments as in `independent_cpu.py`; here the allocator and the collector are in play.
"""
# bench: 1
# bench: 2
# bench: 2 sequential

import sys
import threading

ROUNDS = 330


class Item:
    def __init__(self, name, size):
        self.name = name
        self.size = size

    def weight(self):
        return len(self.name) + self.size


def kernel(seed):
    """Independent work on objects of the thread's own; only code and classes are shared."""
    total = seed
    for r in range(ROUNDS):
        items = [Item("item%d" % i, i ^ r) for i in range(2500)]
        by_name = {item.name: item for item in items}
        sizes = sorted([(item.size, item.name) for item in items])
        for size, name in sizes:
            total += by_name[name].weight() ^ size
        total += len("".join([item.name for item in items]))
    return total


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
