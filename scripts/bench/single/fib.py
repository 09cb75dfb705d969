"""Plain recursion: Fibonacci numbers, and Ackermann's function for depth."""


def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def main():
    print("checksum", fib(34), ackermann(2, 200))


main()
