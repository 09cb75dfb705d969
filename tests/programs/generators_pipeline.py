"""Pipelines of generators and coroutines by hand: send, throw, close, yield from, context managers, itertools recipes."""

import functools
import heapq
import itertools
from collections import deque
from contextlib import ExitStack, contextmanager, closing, suppress


def primed(function):
    @functools.wraps(function)
    def start(*args, **kwargs):
        coroutine = function(*args, **kwargs)
        next(coroutine)
        return coroutine

    return start


@primed
def averager():
    """Gives the running mean of what is sent."""
    total = count = 0
    mean = None
    while True:
        try:
            total += yield mean
        except ValueError as error:
            print("  ignored", error)
            continue
        except GeneratorExit:
            print("  closing after", count)
            raise
        count += 1
        mean = total / count


@primed
def broadcast(*targets):
    try:
        while True:
            item = yield
            for target in targets:
                target.send(item)
    finally:
        for target in targets:
            target.close()


@primed
def collect(into, keep=lambda item: True):
    while True:
        item = yield len(into)
        if keep(item):
            into.append(item)


def flatten(nested):
    for item in nested:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


def chunks(iterable, size):
    iterator = iter(iterable)
    while chunk := tuple(itertools.islice(iterator, size)):
        yield chunk


def sliding(iterable, size):
    window = deque(maxlen=size)
    for item in iterable:
        window.append(item)
        if len(window) == size:
            yield tuple(window)


def primes():
    yield 2
    composites = {}
    for n in itertools.count(3, 2):
        step = composites.pop(n, None)
        if step is None:
            yield n
            composites[n * n] = 2 * n
        else:
            m = n + step
            while m in composites:
                m += step
            composites[m] = step


def roundrobin(*iterables):
    pending = deque(map(iter, iterables))
    while pending:
        with suppress(StopIteration):
            while True:
                yield next(pending[0])
                pending.rotate(-1)
        pending.popleft()


def delegating():
    """What a delegate returns comes back; what is thrown reaches it."""
    result = yield from inner("first")
    print("  inner gave", result)
    try:
        result = yield from inner("second")
    except KeyError as error:
        print("  caught outside", error)
    return "done"


def inner(name):
    got = []
    try:
        while len(got) < 2:
            got.append((yield f"{name}{len(got)}"))
    except RuntimeError as error:
        got.append(str(error))
    return got


@contextmanager
def section(name, swallow=()):
    print(f"  <{name}>")
    try:
        yield name.upper()
    except swallow as error:
        print(f"  swallowed {error!r} in {name}")
    finally:
        print(f"  </{name}>")


mean = averager()
print([mean.send(n) for n in (10, 20, 60)])
print(mean.throw(ValueError("bad input")), mean.send(30))
mean.close()
try:
    mean.send(1)
except StopIteration as stop:
    print("stopped", stop.value)

small, even = [], []
hub = broadcast(collect(small, lambda n: n < 4), collect(even, lambda n: n % 2 == 0))
for n in range(8):
    hub.send(n)
hub.close()
print(small, even)

print(list(flatten([1, [2, (3, [4, []], 5)], (), [[[6]]]])))
print(list(chunks("abcdefg", 3)), list(itertools.batched("abcdefg", 3)))
print(list(sliding(range(6), 4)), list(roundrobin("ABC", "D", "EF")))
print(list(itertools.takewhile(lambda p: p < 60, primes())))
print(next(itertools.dropwhile(lambda p: p < 1000, primes())))

process = delegating()
print(next(process), process.send("a"), process.send("b"))
print(process.send("c"))
try:
    process.throw(KeyError("k"))
except StopIteration as stop:
    print("returned", stop.value)

with ExitStack() as stack:
    names = [stack.enter_context(section(name)) for name in ("outer", "middle")]
    stack.callback(print, "  callback", *names, sep="|")
    stack.push(lambda kind, error, trace: print("  saw", kind and kind.__name__) or False)
    with section("guard", swallow=(ZeroDivisionError, LookupError)) as name:
        print(" ", name, 1 // 0)
try:
    with section("failing"):
        raise OSError(5, "broken")
except OSError as error:
    print(error, error.errno)

a, b = itertools.tee(x * x for x in range(5))
print(next(a), next(a), list(b), list(a))
print(list(heapq.merge([1, 4, 9], [2, 3, 10], [0], key=None, reverse=False)))
print(dict(zip("abc", itertools.count(10, 5))), list(itertools.zip_longest("ab", "xyz", fillvalue="-")))
print(["".join(p) for p in itertools.permutations("abc", 2)], list(itertools.combinations_with_replacement("ab", 2)))
print(list(itertools.compress("abcdef", [1, 0, 1, 0, 1])), list(itertools.starmap(pow, [(2, 5), (3, 2)])))
print([k + str(len(list(g))) for k, g in itertools.groupby("aaabccdd")], sum(itertools.islice(itertools.cycle([1, 2, 3]), 10)))


def leaky():
    try:
        yield 1
    finally:
        print("  leaky cleaned")


with closing(leaky()) as it:
    print(next(it))
gen = leaky()
print(gen.gi_running, gen.gi_frame is not None, gen.gi_yieldfrom, gen.__name__, next(gen), gen.gi_suspended)
with suppress(ValueError):
    gen.throw(ValueError)
print(gen.gi_frame, list(gen))
try:
    list(x for x in iter(lambda: next(iter([])), None))
except RuntimeError as error:
    print(type(error).__name__, error, repr(error.__cause__))
