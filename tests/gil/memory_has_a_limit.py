# gilbox: --max-memory 64M
"""Under --max-memory everything that a program piles up ends in a MemoryError, and what it drops can be used again."""


def lists(made):
    made.append([None] * 10000)


def texts(made):
    made.append("x" * 100000 + str(len(made)))


def numbers(made):
    made.append(7 << (1 << 22))


def dicts(made):
    made.append({i: str(i) for i in range(1000)})


def bytes_(made):
    made.append(bytearray(100000))


def fill(step):
    made = []
    try:
        while True:
            step(made)
    except MemoryError:
        full = len(made)
        made.clear()
        return full


for step in (lists, texts, numbers, dicts, bytes_):
    first = fill(step)
    second = fill(step)
    print(step.__name__, first > 10, second > first // 2)

try:
    list(range(10**9))
except MemoryError:
    print("MemoryError")
