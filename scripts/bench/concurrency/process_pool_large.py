"""Large items go to a pool of processes and come back: bytes, lists of numbers, dictionaries."""

import multiprocessing


def turned(data):
    return data[::-1]


def summed(numbers):
    return [n + 1 for n in numbers]


def counted(words):
    return {word: count + 1 for word, count in words.items()}


def main():
    blocks = [bytes([i]) * 1_000_000 for i in range(40)]
    rows = [list(range(i, i + 20_000)) for i in range(40)]
    tables = [{f"word {n}": n for n in range(5_000)} for _ in range(40)]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        total = sum(map(len, pool.map(turned, blocks)))
        total += sum(map(sum, pool.map(summed, rows)))
        total += sum(sum(table.values()) for table in pool.map(counted, tables))
    print("checksum", total)


main()
