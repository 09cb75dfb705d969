"""Sets of numbers are printed, iterated over and popped from in the order that CPython's tables give."""

state = 12345


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


print({3, 1, 2, 10, 5, 33, -1, -2, 100, 64}, set(range(0, 1000, 97)), {1, 2, 3} | {20, 30, 8, 16})
print({0.5, 2.5, 3}, {True, False, 2}, {8, 0, 16, 24}, frozenset([5, 4, 100]), {(1, 2), (3, 4), (5, 6)}, {None})
print({1, 2, 3, 4, 5, 6, 7, 8, 9, 10} & {100, 2, 4, 50, 33}, {1, 9, 17} ^ {9, 33}, set(range(20)) - set(range(5, 15)))
print(hash((1, 2)), hash(()), hash((1, (2, 3), None)), hash(frozenset({1, 2, 3})), hash(frozenset()), hash(None))
print(hash(1.5), hash(-1), hash(1 << 70), hash(float("inf")), hash(-1.0), hash(1e300), hash(5e-324), hash(True))

for size in (3, 5, 8, 20, 60, 300):
    a, b = set(), set()
    for _ in range(size):
        a.add(rand(size * 3))
        b.add(rand(size * 3) - size)
        if rand(4) == 0:
            a.discard(rand(size * 3))
    print(list(a)[:40], len(a), len(b))
    for c in (a | b, a & b, a - b, b - a, a ^ b, a.union(b, range(5)), a.intersection(list(b)), a.difference(list(b))):
        print(list(c)[:25], len(c))
    a |= b
    print(list(a)[:25])
    a &= set(range(size))
    print(list(a)[:25])
    a ^= {1, 2, 3, size * 100}
    print(list(a)[:25])
    a -= {1, 2}
    print(list(a)[:25], a <= b, a.isdisjoint(b), a >= {3})
    print([a.pop() for _ in range(min(4, len(a)))], list(a.copy())[:25])

s = set()
for i in range(2000):
    s.add(rand(1 << 40) - (1 << 39))
print(sum(i * x for i, x in enumerate(s)))
for x in list(s)[::3]:
    s.remove(x)
s.update(range(500))
print(sum(i * x for i, x in enumerate(s)))
print(set({3: 1, 1: 2}), set({5: 0}.keys()), sorted(set("hello")), set(frozenset([9, 1])), frozenset({9, 1}))
