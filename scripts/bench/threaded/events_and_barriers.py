"""Threads in step: a `Barrier` each round, `Event`s and a `Semaphore` between rounds."""

import threading

PARTIES = 4
ROUNDS = 5000


def main():
    barrier = threading.Barrier(PARTIES)
    gate = threading.Semaphore(2)
    done = [threading.Event() for _ in range(PARTIES)]
    counts = [0] * PARTIES

    def worker(index):
        for _ in range(ROUNDS):
            with gate:
                counts[index] += 1
            barrier.wait()
        done[index].set()

    threads = [threading.Thread(target=worker, args=(i,)) for i in range(PARTIES)]
    for thread in threads:
        thread.start()
    for event in done:
        event.wait()
    for thread in threads:
        thread.join()
    print("checksum", sum(counts))


main()
