"""Sorting: built-in with and without keys, and a quicksort and merge sort written in Python."""


def quicksort(items, lo, hi):
    while lo < hi:
        pivot = items[(lo + hi) // 2]
        i = lo
        j = hi
        while i <= j:
            while items[i] < pivot:
                i += 1
            while items[j] > pivot:
                j -= 1
            if i <= j:
                items[i], items[j] = items[j], items[i]
                i += 1
                j -= 1
        quicksort(items, lo, j)
        lo = i


def merge_sort(items):
    if len(items) < 2:
        return items
    mid = len(items) // 2
    left = merge_sort(items[:mid])
    right = merge_sort(items[mid:])
    out = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    return out + left[i:] + right[j:]


def main():
    x = 42
    data = []
    for _ in range(90000):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        data.append(x)
    total = 0
    copy = data[:]
    quicksort(copy, 0, len(copy) - 1)
    merged = merge_sort(data)
    total += merged == copy
    for k in range(4):
        plain = sorted(data)
        by_key = sorted(data, key=lambda v: v % 1000)
        down = sorted(data, reverse=True)
        words = sorted(str(v) for v in data)
        total += plain[k] + by_key[k] + down[k] + len(words[k])
    pairs = [(v % 100, v) for v in data]
    pairs.sort()
    total += pairs[500][1]
    print("checksum", total)


main()
