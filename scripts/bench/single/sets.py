"""Sets: add, discard, membership, union, intersection, difference."""


def main():
    total = 0
    for r in range(60):
        seen = set()
        x = r + 1
        for _ in range(25000):
            x = (x * 75 + 74) % 65537
            if x in seen:
                total += 1
            seen.add(x)
        evens = {v for v in seen if not v & 1}
        low = set(range(0, 40000, 3))
        total += len(seen & low) + len(seen | low) + len(seen - low) + len(evens ^ low)
        for v in range(0, 20000, 2):
            seen.discard(v)
        total += len(seen) + evens.issubset(seen | evens)
        words = frozenset(["ab", "cd", "ef", str(r)])
        for i in range(20000):
            if "cd" in words:
                total += 1
    print("checksum", total)


main()
