"""The game of life on an unbounded board: a set of tuples and a dict of neighbour counts."""


def step(alive):
    counts = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = (x + dx, y + dy)
                    counts[cell] = counts.get(cell, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in alive}


def main():
    alive = {(0, 1), (1, 3), (2, 0), (2, 1), (2, 4), (2, 5), (2, 6)}
    total = 0
    for _ in range(1400):
        alive = step(alive)
        total += len(alive)
    print("checksum", total, len(alive))


main()
