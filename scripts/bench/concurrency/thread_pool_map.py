"""Small calls through a pool of four threads."""

from concurrent.futures import ThreadPoolExecutor


def square(n):
    return n * n


def main():
    with ThreadPoolExecutor(max_workers=4) as pool:
        total = 0
        for _ in range(8):
            total += sum(pool.map(square, range(5000)))
    print("checksum", total)


main()
