# gilbox: --max-memory 16M
"""Whatever asks for more memory than there may be gets a MemoryError, and the program goes on with what it had."""

import threading


def endless_list():
    items = []
    while True:
        items.append(object())


def endless_dict():
    table = {}
    n = 0
    while True:
        table[n] = str(n)
        n += 1


def doubled(start):
    while True:
        start += start


def endless_members():
    members = set()
    n = 0
    while True:
        members.add(n)
        n += 1


asked = {
    "a list of nothing but None": lambda: [None] * 10**12,
    "a tuple": lambda: (0,) * 10**9,
    "a string": lambda: "a" * 10**12,
    "bytes": lambda: b"a" * 10**9,
    "a bytearray": lambda: bytearray(10**12),
    "a wide field": lambda: f"{1:{10**12}}",
    "a shifted integer": lambda: 1 << 10**10,
    "all of a long range": lambda: list(range(10**12)),
    "all of an endless iterator": lambda: set(enumerate(iter(int, 1))),
    "a list that grows": endless_list,
    "a dict that grows": endless_dict,
    "a set that grows": endless_members,
    "a string that grows": lambda: doubled("a"),
    "a list added to itself": lambda: doubled([1]),
    "a power": lambda: 3 ** 10**12,
}


def ask():
    for what, make in asked.items():
        try:
            make()
        except MemoryError:
            pass
        else:
            print(what, "was there")


ask()
print("asked")
thread = threading.Thread(target=ask)
thread.start()
thread.join()
print("asked in a thread")
print(sum(list(range(1000))), len("a" * 10**6))
