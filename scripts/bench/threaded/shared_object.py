"""One instance and one function used by two threads: reads of shared state, writes of one's own."""

import threading


class Config:
    def __init__(self):
        self.scale = 3
        self.offset = 1
        self.table = [i * i for i in range(256)]

    def apply(self, x):
        return self.table[x & 255] * self.scale + self.offset


def worker(config, n, results, index):
    total = 0
    for i in range(n):
        total += config.apply(i)
    results[index] = total


def main():
    config = Config()
    results = [0, 0]
    threads = [
        threading.Thread(target=worker, args=(config, 2000000, results, i)) for i in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", results)


main()
