"""Slices of lists, strings and tuples with plain bounds, and where the slice is needed again."""


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
