"""Sieve of Eratosthenes over a list, with slice assignment and with a plain loop."""


def by_slices(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    for i in range(2, int(n**0.5) + 1):
        if flags[i]:
            flags[i * i :: i] = [False] * len(range(i * i, n + 1, i))
    return sum(flags)


def by_loop(n):
    flags = [1] * (n + 1)
    count = 0
    i = 2
    while i <= n:
        if flags[i]:
            count += 1
            j = i * i
            while j <= n:
                flags[j] = 0
                j += i
        i += 1
    return count


def main():
    print("checksum", by_slices(5000000), by_loop(4000000))


main()
