"""Small integers in a `while` loop: compare, add, multiply, divide, mask."""


def main():
    i = 0
    a = 1
    b = 0
    while i < 3500000:
        a = (a * 1103515245 + 12345) & 0x7FFFFFFF
        if a % 3 == 0:
            b += a // 7
        elif a & 1:
            b -= i
        else:
            b ^= i << 1
        i += 1
    print("checksum", a, b)


main()
