"""gc: cycles are found and `__del__` runs."""

import gc


class Node:
    def __init__(self, name):
        self.name = name
        self.other = None

    def __del__(self):
        deleted.append(self.name)


deleted = []


def make_cycle():
    a = Node("a")
    b = Node("b")
    a.other, b.other = b, a


def make_one(name):
    Node(name)


class Other:
    def __init__(self, name):
        self.name = name


def overwrite(depth):
    """Calls that leave nothing of earlier ones on the stack, which a collector may scan conservatively."""
    items = [depth, (depth, depth)]
    a, b = Other(items), Other(items)
    a.other, b.other = b, a
    return depth and overwrite(depth - len(items) + 1)


make_cycle()
overwrite(50)
gc.collect()
print(sorted(deleted))
print(gc.isenabled())
gc.disable()
print(gc.isenabled())
gc.enable()
print(isinstance(gc.collect(), int), isinstance(gc.get_count(), tuple))
make_one("single")
overwrite(50)
gc.collect()
print(deleted[-1])


def churn():
    for i in range(50000):
        x = [i, [i]]
        x.append(x)
    return x[0]


print(churn())
