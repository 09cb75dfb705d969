"""What has a short way: slices with plain bounds, sums of generators, numbers as text."""


def cuts(row, text, pair):
    print(row[1:3], row[:], row[::2], row[::-1], row[5:1], row[-2:], row[:100], row[None:None])
    print(text[1:3], text[5:], text[:-1], text[::-1], text[True:3], text[9:])
    print(pair[1:], pair[:] is pair, pair[::-1])
    row[1:3] += [9]
    print(row)
    a = 1
    a = row[a:]
    print(a)


class Shows(list):
    def __getitem__(self, key):
        return key


class Index:
    def __index__(self):
        return 2


cuts([1, 2, 3, 4], "héllo", (1, 2))
cuts([1, 2, 3, 4], "hello", (1, 2))
row = [1, 2, 3, 4]
row[1:2] += [7, 8]
row[-1:] *= 2
print(row, row[Index() :], "hello"[Index() :], row[2**70 :], row[: -(2**70)])
print(Shows()[1:2], Shows([1])[3])
for wrong in (lambda: row[::0], lambda: row["a":], lambda: "text"[1.5:], lambda: (1,)[::0], lambda: {}[1:2]):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)
row[::2] = row[:4]
print(row)
row[2:] = row
print(row)
try:
    row[::2] = row
except ValueError as error:
    print(error)


def stores(row):
    row[1:3] = [7]
    print(row)
    row[: len(row)] = row[::-1]
    print(row)
    row[::2] = (0, 0)
    row[9:] = row
    print(row)
    row[2:2], row[-1:] = (5, 6), [8]
    print(row)
    row[:2] = (c for c in "xy")
    row[1:2] = "uv"
    print(row)
    try:
        row[::2] = [1]
    except ValueError as error:
        print(error, error.__traceback__.tb_lineno)
    try:
        row[1:2] = 5
    except TypeError as error:
        print(error)


stores([1, 2, 3, 4])
print(sum(v * v for v in range(4)), max(v for v in (3, 9, 2)), sorted(c for c in "cab"), list(v for v in {5}))
for f in (0.5, 1.5, 2.675, -0.001, 1e15, 123456789.125, 5e-324, 1e22, 0.1 + 0.2):
    print(f"{f:.0f} {f:.1f} {f:.2f} {f:10.3f} {f:<12.6f}| {f:+.15f} {f:.1%}", "%.2f %8.1f" % (f, f))
print("{} {:>5} {!r} {0}".format(1, 2, "x") if False else "{0} {1:>5} {2!r} {k}".format(1, 2, "x", k=9))
for wrong in ("{} {}", "{k}", "{0} {}", "{2}"):
    try:
        print(wrong.format(1))
    except Exception as error:
        print(type(error).__name__, error)
for n in (0, 7, -255, 2**40, 2**70):
    print(f"{n:5d}|{n:<8x}|{n:^9o}|{n:=+12}|{n:#b}|{n:X}|{n:*>6}|{n:08}", "%5d %-6x %o %+d" % (n, n, n, n))
