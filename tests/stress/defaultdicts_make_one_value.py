"""Threads that miss the same key of a `defaultdict` get one value: nothing appended to it is lost."""

import collections

from crew import finish, going_on, problems, together

WORKERS = 4
rounds = [collections.defaultdict(list) for _ in range(200)]


def work(me):
    def append():
        for table in rounds:
            for key in range(10):
                table[key].append(me)

    append.__name__ = f"append_{me}"
    return append


while going_on():
    together(*map(work, range(WORKERS)))
    for table in rounds:
        if any(sorted(row) != list(range(WORKERS)) for row in table.values()) or len(table) != 10:
            problems.append("a value was made twice, or an append lost")
        table.clear()
finish()
