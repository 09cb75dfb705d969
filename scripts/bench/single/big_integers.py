"""Big integers: factorials, powers, a long product, division, conversion to decimal."""


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def main():
    total = 0
    for n in range(1, 700):
        f = 1
        for i in range(1, n + 200):
            f *= i
        total += f % 1000000007
    total += fib(60000) % 1000000007
    for i in range(400):
        total += pow(3, 20011 + i, 10**40 + 9) & 0xFFFF
    big = 7**4000
    other = 3**1500
    for i in range(10000):
        q, r = divmod(big + i, other)
        total += r & 0xFF
        total ^= q & 0xFF
    text = str(2**9000)
    for ch in text:
        total += int(ch)
    x = 1
    for i in range(200000):
        x = (x << 3 ^ x >> 2) & (1 << 256) - 1 | 1
    total += x & 0xFFFFFFFF
    print("checksum", total)


main()
