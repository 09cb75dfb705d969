"""Two threads hand a turn to each other through a pair of locks."""

import threading


def main():
    ping = threading.Lock()
    pong = threading.Lock()
    pong.acquire()
    turns = []

    def player(mine, other, name, n):
        for i in range(n):
            mine.acquire()
            turns.append(name)
            other.release()

    n = 100_000
    a = threading.Thread(target=player, args=(ping, pong, "ping", n))
    b = threading.Thread(target=player, args=(pong, ping, "pong", n))
    a.start()
    b.start()
    a.join()
    b.join()
    print("checksum", len(turns), turns[0], turns[-1], turns[: 2 * n : 2].count("ping"))


main()
