"""Formatting: f-strings with specs, `%`, `str.format`, `repr`, numbers to text and back."""


def main():
    total = 0
    name = "thread"
    for i in range(250000):
        total += len(f"{name}-{i}: {i * 2} of {i / 7:.3f}")
        total += len(f"{i:>8}|{i:08x}|{name!r:<10}|{i:,}")
        total += len("%s %d %5.2f" % (name, i, i * 0.5))
        total += len("{} has {:>6} items".format(name, i))
        total += int(str(i)) + len(repr(name))
        total += int(float("%d.5" % i))
    print("checksum", total)


main()
