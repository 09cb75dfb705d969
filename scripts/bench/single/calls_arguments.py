"""Calls with defaults, keywords, star arguments and keyword-only parameters."""


def defaults(a, b=2, c=3):
    return a + b + c


def keyword_only(a, *, scale=1, offset=0):
    return a * scale + offset


def gather(*args, **options):
    return len(args) + len(options)


def forward(*args, **options):
    return defaults(*args, **options)


def main():
    total = 0
    pair = (1, 2)
    for i in range(1000000):
        total += defaults(i)
        total += defaults(i, c=5)
        total += keyword_only(i, scale=3, offset=1)
        total += gather(i, 1, 2, key=i)
        total += forward(i, c=7)
        total += gather(*pair)
    print("checksum", total)


main()
