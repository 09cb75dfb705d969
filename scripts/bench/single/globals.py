"""Counters that live in globals, list items and dict entries: load, add, store."""

counter = 0
items = [0] * 8
table = {"hits": 0, "misses": 0}
LIMIT = 3600000


def bump():
    global counter
    counter += 1


def main():
    global counter
    for i in range(LIMIT):
        counter += 1
        items[i & 7] += counter
        table["hits"] += 1
    for i in range(LIMIT // 2):
        bump()
    print("checksum", counter, items[3], table["hits"])


main()
