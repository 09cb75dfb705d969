"""N-queens by backtracking, once with lists and once with bit masks."""


def solve(n, row, columns, left, right):
    if row == n:
        return 1
    count = 0
    for c in range(n):
        if columns[c] or left[row + c] or right[row - c + n]:
            continue
        columns[c] = left[row + c] = right[row - c + n] = True
        count += solve(n, row + 1, columns, left, right)
        columns[c] = left[row + c] = right[row - c + n] = False
    return count


def bits(full, columns, left, right):
    if columns == full:
        return 1
    count = 0
    free = full & ~(columns | left | right)
    while free:
        bit = free & -free
        free ^= bit
        count += bits(full, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return count


def main():
    n = 11
    first = solve(n, 0, [False] * n, [False] * 2 * n, [False] * (2 * n + 1))
    second = bits((1 << 13) - 1, 0, 0, 0)
    print("checksum", first, second)


main()
