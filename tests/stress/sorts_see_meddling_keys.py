"""Lists are sorted by keys and comparisons that change the list, from many threads: no value appears that was never put in,
what is sorted undisturbed is in order, and who meddles gets a ValueError."""

from crew import finish, keep_doing, problems, together

shared = [(i * 37) % 101 for i in range(101)]
KNOWN = frozenset(range(1000))


class Odd:
    """Compares by its number, and meddles with the list meanwhile."""

    def __init__(self, number, meddle=None):
        self.number = number
        self.meddle = meddle

    def __lt__(self, other):
        if self.meddle:
            self.meddle()
        return self.number < other.number


class Refusing(Odd):
    def __lt__(self, other):
        if self.number % 7 == 0:
            raise LookupError(self.number)
        return self.number < other.number


def by_key(n):
    def key(item):
        if item % 10 == 0:
            shared.append(n % 1000)
        return -item

    shared.sort(key=key)


def by_clearing_key(n):
    def key(item):
        if item == n % 50:
            shared.clear()
            shared.extend(range(50))
        return item

    shared.sort(key=key)


def reverse(n):
    shared.sort(reverse=bool(n % 2))
    shared.reverse()


def look(n):
    if not KNOWN.issuperset(shared) or not KNOWN.issuperset(shared[::3]):
        problems.append("a list holds what nobody put in")
    len(shared), shared[:5], 7 in shared
    if len(shared) > 500:
        del shared[100:]


def alone(n):
    """What nobody else touches is sorted, and stable."""
    items = [(i * 7919 + n) % 211 for i in range(211)]
    pairs = sorted(((i % 10, i) for i in items), key=lambda p: p[0])
    if sorted(items) != list(range(211)) or any(a > b for a, b in zip(pairs, pairs[1:]) if a[0] != b[0]):
        problems.append("sorted() did not sort")
    items.sort(key=Odd)
    if items != list(range(211)):
        problems.append("list.sort() did not sort")


def meddling_comparison(n):
    mine = []
    mine.extend(Odd((i * 17) % 31, (lambda: mine.append(None)) if i == 5 else None) for i in range(31))
    try:
        mine.sort()
    except ValueError:
        pass
    else:
        problems.append("a change during the sort was not noticed")
    if sorted(o.number for o in mine) != list(range(31)):
        problems.append("a disturbed sort lost items")


def refused_comparison(n):
    mine = [Refusing((i * 17) % 31) for i in range(31)]
    try:
        mine.sort()
    except LookupError:
        pass
    if sorted(o.number for o in mine) != list(range(31)):
        problems.append("a failed sort lost items")


odd = [Odd(i) for i in range(60)]
odd_numbers = frozenset(range(60))


def sort_shared_objects(n):
    # Meanwhile the list may seem empty, as it does while it is sorted.
    odd[n % 60].meddle = odd.reverse if n % 3 else None
    odd.sort()


def look_at_objects(n):
    if not odd_numbers.issuperset([o.number for o in odd]):
        problems.append("a list of objects holds what nobody put in")
    min(odd, key=lambda o: o.number, default=None)
    max(odd, default=None)


together(
    keep_doing(by_key, ValueError),
    keep_doing(by_clearing_key, ValueError),
    keep_doing(reverse, ValueError),
    keep_doing(look, IndexError),
    keep_doing(alone),
    keep_doing(meddling_comparison),
    keep_doing(refused_comparison),
    keep_doing(sort_shared_objects, ValueError, IndexError),
    keep_doing(sort_shared_objects, ValueError, IndexError),
    keep_doing(look_at_objects),
)
finish()
