"""deque, OrderedDict, defaultdict, Counter, itertools, lru_cache, heapq, StringIO and BytesIO under threads: what is promised of
them holds (a deque loses nothing, a cache gives the right answer), and nothing comes out that was not put in."""

import collections
import functools
import heapq
import io
import itertools
import random

from crew import finish, keep_doing, problems, together

counted = collections.deque()
windowed = collections.deque(maxlen=20)
wild = collections.deque(range(30))
KNOWN = frozenset(range(1000))
ordered = collections.OrderedDict()
grouped = collections.defaultdict(list)
tally = collections.Counter()
chained = collections.ChainMap({}, {i: i for i in range(10)})
pushed = [[0], [0]]
popped = [[], []]


def push(me):
    def step(n):
        if len(counted) < 500:
            pushed[me][0] += 1
            (counted.append if n % 2 else counted.appendleft)((me, pushed[me][0]))

    return step


def pop(me):
    def step(n):
        popped[me].append(counted.pop() if n % 2 else counted.popleft())

    return step


def deques(n):
    windowed.append(n % 1000)
    windowed.extendleft([n % 1000, 1, 2])
    if len(windowed) > 20 or not KNOWN.issuperset(windowed.copy()):
        problems.append("a deque overflows")
    wild.rotate(n % 7 - 3)
    wild.extend(range(n % 4))
    wild.insert(n % 5, n % 1000)
    wild.reverse()
    if len(wild) > 200:
        wild.clear()
    del wild[0]
    wild[n % 3] = 7
    wild.remove(7)


def read_deques(n):
    if not KNOWN.issuperset(wild.copy()) or wild[0] not in KNOWN or wild[-1] not in KNOWN:
        problems.append("a deque holds what nobody put in")
    wild.count(3), 3 in wild, repr(wild), wild == wild.copy(), wild.index(2)
    for value in wild:
        if value not in KNOWN:
            problems.append("a deque yields what nobody put in")
    for value in reversed(windowed):
        if value not in KNOWN:
            problems.append("a deque yields what nobody put in")


def order(n):
    ordered[n % 50] = n % 50
    ordered.move_to_end(n * 3 % 50, last=bool(n % 2))
    if n % 3 == 0:
        key, value = ordered.popitem(last=bool(n % 2))
        if key != value:
            problems.append("an ordered dict's item is torn")
    ordered.pop(n * 7 % 50, None)
    for key, value in list(ordered.items()):
        if key != value:
            problems.append("an ordered dict's item is torn")
    list(reversed(ordered)), ordered == ordered.copy(), repr(ordered)
    ordered.setdefault(n % 60, n % 60)


def group(n):
    grouped[n % 30].append(n % 30)
    for key in (n % 30, n * 7 % 30):
        if any(v != key for v in grouped[key][-10:]):
            problems.append("a default dict's list has another's items")
    tally.update("abc")
    tally[n % 20] += 1
    tally.most_common(3), tally.total(), tally + tally
    chained[n % 20] = n % 20
    if chained[n % 10] != n % 10 or len(chained) > 20:
        problems.append("a chain gives another value")
    chained.pop(n % 20, None)
    if n % 300 == 0:
        grouped.clear()


@functools.lru_cache(maxsize=16)
def square(n):
    return (n, n * n)


@functools.cache
def double(n):
    return (n, n + n)


class Lazy:
    def __init__(self, n):
        self.n = n

    @functools.cached_property
    def answer(self):
        return (self.n, self.n + 1)


lazy = [Lazy(i) for i in range(20)]


def caches(n):
    if square(n % 40) != (n % 40, (n % 40) ** 2) or double(n % 90) != (n % 90, n % 90 * 2):
        problems.append("a cache gives another value")
    info = square.cache_info()
    if info.currsize > 16 or info.hits < 0:
        problems.append("a cache overflows")
    if n % 50 == 0:
        square.cache_clear()
        double.cache_clear()
        lazy[n // 50 % 20] = Lazy(n // 50 % 20)
    if lazy[n % 20].answer != (n % 20, n % 20 + 1):
        problems.append("a cached property gives another value")


def make_iterators():
    a, b = itertools.tee(range(200))
    return [
        itertools.count(),
        itertools.cycle(range(100)),
        itertools.chain(range(100), range(100)),
        a,
        b,
        itertools.islice(itertools.count(), 300),
        itertools.accumulate([1] * 300),
        itertools.zip_longest(range(50), range(80), fillvalue=0),
        itertools.product(range(8), repeat=2),
        itertools.permutations(range(5)),
        itertools.combinations(range(9), 3),
        itertools.combinations_with_replacement(range(6), 3),
        itertools.groupby(i // 5 for i in range(200)),
        itertools.batched(range(200), 3),
        itertools.pairwise(range(200)),
        itertools.repeat(5, 200),
        itertools.compress(range(200), itertools.cycle([1, 0])),
        itertools.filterfalse(None, [0] * 200),
        itertools.dropwhile(lambda x: x < 5, range(200)),
        itertools.takewhile(lambda x: x < 150, range(200)),
        itertools.starmap(lambda x, y: x + y, zip(range(200), range(200))),
    ]


iterators = make_iterators()


def draw(n):
    it = iterators[n % len(iterators)]
    for value in itertools.islice(it, n % 7):
        for part in value if isinstance(value, tuple) else (value,):
            if type(part) is int and part < 0:
                problems.append("an iterator yields a strange value")
    if n % 3000 == 0:
        iterators[:] = make_iterators()


heap = []


def heaps(n):
    heapq.heappush(heap, n % 1000)
    heapq.heappushpop(heap, n % 500)
    if len(heap) > 100:
        if heapq.heappop(heap) not in KNOWN:
            problems.append("a heap gives what nobody put in")
        heapq.heapify(heap)
        heapq.nsmallest(5, heap)
    random.shuffle(heap)
    random.choice(heap), random.random(), random.sample(range(50), 5)


text = io.StringIO()
binary = io.BytesIO()


def streams(n):
    text.write("ab")
    binary.write(b"xyz")
    if set(text.getvalue()) - set("ab\0") or set(binary.getvalue()) - set(b"xyz\0"):
        problems.append("a stream holds what nobody wrote")
    text.seek(n % 5), binary.seek(n % 7)
    text.read(3), binary.read(4), text.readline(), binary.readlines(1)
    if n % 20 == 0:
        text.truncate(0), binary.truncate(n % 9)
        text.seek(0), binary.seek(0)
    with binary.getbuffer() as view:
        if set(view.tobytes()) - set(b"xyz\0"):
            problems.append("a stream's buffer holds what nobody wrote")


may_fail = (IndexError, ValueError, RuntimeError, KeyError, BufferError, AttributeError)
together(
    keep_doing(push(0)),
    keep_doing(push(1)),
    keep_doing(pop(0), IndexError),
    keep_doing(pop(1), IndexError),
    keep_doing(deques, *may_fail),
    keep_doing(read_deques, *may_fail),
    keep_doing(order, *may_fail),
    keep_doing(order, *may_fail),
    keep_doing(group, *may_fail),
    keep_doing(caches),
    keep_doing(caches),
    keep_doing(draw, *may_fail),
    keep_doing(draw, *may_fail),
    keep_doing(heaps, *may_fail),
    keep_doing(streams, *may_fail),
    keep_doing(streams, *may_fail),
)
everything = sorted(popped[0] + popped[1] + list(counted))
if everything != sorted((me, i + 1) for me in (0, 1) for i in range(pushed[me][0])):
    problems.append(f"a deque lost or doubled items: {len(everything)} of {pushed}")
finish()
