"""A CPU-bound thread beside a thread that sleeps often, as one that waits for I/O does."""

import threading
import time


def compute(n, out):
    total = 0
    for i in range(n):
        total = (total * 31 + i) & 0xFFFFFFFF
    out["cpu"] = total


def wait_often(n, out):
    for _ in range(n):
        time.sleep(0.0005)
    out["io"] = n


def main():
    out = {}
    threads = [
        threading.Thread(target=compute, args=(9000000, out)),
        threading.Thread(target=wait_often, args=(60, out)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", out["cpu"], out["io"])


main()
