"""Reads of one list: by index, by slice, by a loop over it."""

squares = [i * i for i in range(256)]


def work():
    total = 0
    for i in range(6_000_000):
        total += squares[i & 255] + len(squares)
    for _ in range(60_000):
        for square in squares:
            total += square
        total += squares[3:5][0]
    return total
