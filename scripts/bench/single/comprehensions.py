"""List, dict and set comprehensions, nested and with conditions."""


def main():
    total = 0
    for k in range(420):
        squares = [i * i for i in range(10000)]
        even = [x for x in squares if x % 2 == 0]
        index = {i: x for i, x in enumerate(even)}
        last = {x % 1000 for x in squares}
        grid = [[r * c for c in range(50)] for r in range(50)]
        flat = [x for row in grid for x in row if x & 1]
        total += len(even) + len(last) + index[k] + sum(flat)
    print("checksum", total)


main()
