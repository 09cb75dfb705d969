"""Loops in loops with early exits: `for`, `range` with steps, `break`, `continue`, `else`."""


def main():
    found = 0
    steps = 0
    for n in range(3, 300000, 2):
        for d in range(3, n, 2):
            steps += 1
            if d * d > n:
                found += 1
                break
            if n % d:
                continue
            break
        else:
            found += 1
    for i in range(1500):
        for j in range(1500, 0, -3):
            for _ in range(2):
                steps += 1
                found ^= i & j
    print("checksum", found, steps)


main()
