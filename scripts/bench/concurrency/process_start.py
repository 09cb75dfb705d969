"""Processes that do nothing are started and joined, one after the other."""

import multiprocessing


def nothing():
    pass


def main():
    context = multiprocessing.get_context("fork")
    codes = []
    for _ in range(150):
        process = context.Process(target=nothing)
        process.start()
        process.join()
        codes.append(process.exitcode)
    print("checksum", len(codes), sum(codes))


main()
