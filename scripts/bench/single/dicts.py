"""Dicts: insert, look up, update, delete, iterate; keys that are ints, strings and tuples."""


def main():
    total = 0
    names = ["key%d" % i for i in range(2000)]
    for r in range(85):
        table = {}
        for i in range(20000):
            table[i * 7 % 20011] = i
        for i in range(20011):
            if i in table:
                total += table[i]
        counts = {}
        for name in names:
            for _ in range(5):
                counts[name] = counts.get(name, 0) + 1
        for name in names:
            counts[name] += r
        for key, value in counts.items():
            total += len(key) * value
        grid = {}
        for x in range(60):
            for y in range(60):
                grid[x, y] = x * y
        for x in range(59):
            for y in range(59):
                total += grid[x + 1, y + 1]
        for i in range(0, 20000, 2):
            total -= table.pop(i, 0)
        table.update(counts)
        total += len(table)
        total += counts.setdefault("absent", r)
    print("checksum", total)


main()
