"""The article's loop: a million times nothing, forty times over."""


def worker(n):
    for _ in range(n):
        pass
    return n


def main():
    total = 0
    for _ in range(40):
        total += worker(1000000)
    print("checksum", total)


main()
