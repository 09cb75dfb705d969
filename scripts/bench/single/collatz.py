"""Collatz chains: integer division and a dict as a memory of what is known."""


def longest_below(limit):
    known = {1: 1}
    longest = 0
    where = 0
    for start in range(1, limit):
        n = start
        path = []
        while n not in known:
            path.append(n)
            n = n // 2 if n % 2 == 0 else 3 * n + 1
        length = known[n]
        while path:
            length += 1
            known[path.pop()] = length
        if length > longest:
            longest = length
            where = start
    return where, longest, len(known)


def main():
    total = 0
    for limit in range(100000, 220000, 15000):
        where, longest, size = longest_below(limit)
        total += where + longest + size
    print("checksum", where, longest, total)


main()
