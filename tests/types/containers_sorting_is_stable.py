"""list.sort and sorted: stable, by __lt__ alone, whatever the keys are."""

state = 7


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


class Card:
    compared = 0

    def __init__(self, rank, tag):
        self.rank, self.tag = rank, tag

    def __lt__(self, other):
        Card.compared += 1
        return self.rank < other.rank

    def __repr__(self):
        return f"{self.rank}{self.tag}"


for n in (0, 1, 2, 3, 10, 33, 64, 65, 200, 1000):
    numbers = [rand(n + 1) for _ in range(n)]
    cards = [Card(r, i) for i, r in enumerate(numbers)]
    for reverse in (False, True):
        a = sorted(cards, reverse=reverse)
        b = sorted(cards, key=lambda c: c.rank, reverse=reverse)
        c = sorted(range(n), key=numbers.__getitem__, reverse=reverse)
        assert [x.tag for x in a] == [x.tag for x in b] == c
        assert sorted(numbers, reverse=reverse) == [x.rank for x in a]
        assert sorted(map(str, numbers), reverse=reverse) == [str(x) for x in sorted(numbers, key=str, reverse=reverse)]
        assert sorted([x / 2 for x in numbers], reverse=reverse) == [x.rank / 2 for x in a]
        assert sorted([(x % 5, x) for x in numbers]) == [(x % 5, x) for x in sorted(sorted(numbers), key=lambda x: x % 5)]
    print(a[:12])
Card.compared = 0
sorted([Card(i, 0) for i in range(500)])
sorted([Card(-i, 0) for i in range(500)])
print(Card.compared)
mixed = [3, 1.5, True, 2, False, -1 << 60, 1 << 60, 0.0]
mixed.sort()
print(mixed, sorted("banana"), sorted({3: 1, 1: 2}), sorted((2, 1), reverse=1), sorted([[2], [1, 5], [1]]))
print(sorted(["é", "z", "a", "Z", "", "aa", "\U0001F600"]), sorted([b"b", b"a"]), sorted([(1, "b"), (1, "a")]))


def attempt(l, **how):
    try:
        l.sort(**how)
    except Exception as e:
        print(type(e).__name__, e)
    print(l)


attempt([1, "a", 2])
attempt([3, 1, 2], key=lambda x: 1 // (x - 1))
attempt([3, 1, 2], key=[].append)
l = [3, 1, 2]
attempt(l, key=lambda x: l.append(9) or x)
l = [3, 1, 2]
attempt(l, key=lambda x: print(l) or x)


class Chaos:
    def __lt__(self, other):
        return rand(2)


attempt([])
l = [Chaos() for _ in range(300)]
before = set(map(id, l))
l.sort()
print(len(l), set(map(id, l)) == before)
