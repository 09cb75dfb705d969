"""Lists: append, index, assign, slice, insert, pop, extend, reverse, `in`, copying."""


def main():
    total = 0
    for _ in range(72):
        items = []
        for i in range(60000):
            items.append(i ^ 21)
        for i in range(len(items)):
            items[i] += i
        for i in range(0, 60000, 3):
            items[i], items[-i - 1] = items[-i - 1], items[i]
        part = items[1000:50000:7]
        part.extend(items[:500])
        part.reverse()
        for i in range(300):
            part.insert(i, i)
        while len(part) > 2000:
            total += part.pop()
        total += 17 in part
        copy = part * 3 + part
        del copy[100:200]
        for x in copy:
            total ^= x
    print("checksum", total)


main()
