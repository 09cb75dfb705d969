"""Matrix multiplication with nested lists, of ints and of floats."""


def multiply(a, b):
    n = len(a)
    m = len(b[0])
    inner = len(b)
    out = []
    for i in range(n):
        row = []
        ai = a[i]
        for j in range(m):
            total = 0
            for k in range(inner):
                total += ai[k] * b[k][j]
            row.append(total)
        out.append(row)
    return out


def main():
    n = 190
    a = [[(i * j + i) % 10 for j in range(n)] for i in range(n)]
    b = [[(i - j) % 7 for j in range(n)] for i in range(n)]
    c = multiply(a, b)
    total = sum(sum(row) for row in c)
    x = [[(i + j) * 0.5 for j in range(n)] for i in range(n)]
    y = [[(i - j) * 0.25 for j in range(n)] for i in range(n)]
    z = multiply(x, y)
    print("checksum", total, sum(sum(row) for row in z))


main()
