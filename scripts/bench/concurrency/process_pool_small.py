"""Small items go to a pool of processes and come back: by `map`, one by one with `imap`, and through an executor."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor


def square(n):
    return n * n


def main():
    context = multiprocessing.get_context("fork")
    total = 0
    with context.Pool(2) as pool:
        for _ in range(20):
            total += sum(pool.map(square, range(5000)))
        total += sum(pool.imap(square, range(5000)))
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        total += sum(executor.map(square, range(2000)))
    print("checksum", total)


main()
