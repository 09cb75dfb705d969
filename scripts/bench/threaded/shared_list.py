"""A list shared by four threads: all append, all read by index, all pop."""

import threading

shared = []


def worker(n, out):
    for i in range(n):
        shared.append(i)
    total = 0
    for i in range(n):
        total += shared[i] & 0
    for _ in range(n // 2):
        shared.pop()
    out.append(total)


def main():
    out = []
    threads = [threading.Thread(target=worker, args=(600000, out)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", len(shared), out)


main()
