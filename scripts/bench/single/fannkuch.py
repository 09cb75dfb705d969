"""Fannkuch: permutations of a list and reversals of its head."""


def fannkuch(n):
    perm1 = list(range(n))
    count = [0] * n
    best = 0
    checksum = 0
    r = n
    sign = 1
    while True:
        if perm1[0]:
            perm = perm1[:]
            flips = 0
            k = perm[0]
            while k:
                perm[: k + 1] = perm[k::-1]
                flips += 1
                k = perm[0]
            if flips > best:
                best = flips
            checksum += sign * flips
        if sign == 1:
            perm1[0], perm1[1] = perm1[1], perm1[0]
            sign = -1
            continue
        perm1[1], perm1[2] = perm1[2], perm1[1]
        sign = 1
        r = 2
        while True:
            count_r = count[r]
            if count_r != r:
                count[r] = count_r + 1
                break
            count[r] = 0
            if r == n - 1:
                return checksum, best
            first = perm1[0]
            perm1[: r + 1] = perm1[1 : r + 2]
            perm1[r + 1] = first
            r += 1


def main():
    for n in (7, 8, 9, 9):
        checksum, best = fannkuch(n)
        print("checksum", n, checksum, best)


main()
