"""Edit distance: a table of rows, `min` of three, characters compared."""


def distance(a, b):
    before = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            if x == y:
                row.append(before[j - 1])
            else:
                row.append(1 + min(before[j], row[j - 1], before[j - 1]))
        before = row
    return before[-1]


def main():
    one = "the global interpreter lock protects the interpreter " * 8
    two = "a local interrupter clock projects the interpolator  " * 8
    total = 0
    for k in range(45):
        total += distance(one[k:], two[: 400 - k])
    print("checksum", total)


main()
