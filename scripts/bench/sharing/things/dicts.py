"""Reads of one dict: by key, by `get`, by `in`, and all of its items."""

by_name = {f"name{i}": i for i in range(256)}
by_number = {i: i * i for i in range(256)}


def work():
    total = 0
    for i in range(6_000_000):
        total += by_number[i & 255]
        if i in by_number:
            total += by_number.get(i, 0)
    for _ in range(30_000):
        for key, value in by_name.items():
            total += value
    return total
