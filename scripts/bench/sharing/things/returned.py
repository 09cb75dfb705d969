"""Functions and containers that give out the same objects, which are kept, compared and dropped."""

token = object()
pair = (token, "text")
table = {"key": pair, "none": None, "name": "text"}


def give():
    return token


def choose(i):
    return pair if i & 1 else table


def work():
    kept = [None] * 16
    same = 0
    for i in range(5_000_000):
        kept[i & 15] = give()
        if choose(i) is pair:
            same += kept[i & 15] is pair[0]
        kept[(i + 3) & 15] = table["key"]
    return same
