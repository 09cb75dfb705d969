# timeit: what is run how often, with which names; what is refused.
import gc
import timeit

counts = []
ticks = iter(range(1000000))


def tick():
    return next(ticks)


def attempt(what, action):
    try:
        print(what, "->", action())
    except Exception as error:
        print(what, "->", type(error).__name__, error)


print(timeit.timeit("counts.append(1)", "counts.clear()", number=7, globals=globals()) > 0, len(counts))
print(timeit.timeit(lambda: counts.append(1), number=3) >= 0, len(counts))
print(timeit.timeit("x += 1", "x = 5", timer=tick, number=100), timeit.repeat(timer=tick, repeat=4, number=10))
print(timeit.timeit(stmt="for i in range(3):\n    counts.append(i)", setup=counts.clear, number=2, globals={"counts": counts}) > 0, counts)
timer = timeit.Timer("a = b", "b = 1\nc = 2", tick)
print(timer.timeit(5), timer.repeat(3, 2), timer.repeat(number=1))
print(timer.src)
print(timeit.Timer(tick, tick, tick).src)
print(timeit.reindent("a\nb\n  c", 4).splitlines())
collecting = []
timeit.timeit(lambda: collecting.append(gc.isenabled()), number=1)
print(collecting, gc.isenabled())
number, taken = timeit.Timer("sum(range(1000))").autorange(lambda number, taken: None)
print(taken >= 0.2, str(number)[0] in "125")
seen = []
slow = iter([0, 0.1, 1, 1.15, 2, 2.19, 3, 3.2])
print(timeit.Timer(timer=lambda: next(slow)).autorange(lambda number, taken: seen.append(number)), seen)
attempt("number", lambda: timeit.Timer(5))
attempt("setup", lambda: timeit.Timer("pass", 5))
attempt("syntax", lambda: timeit.Timer("a b"))
attempt("syntax", lambda: timeit.Timer("return 5"))
attempt("syntax", lambda: timeit.Timer("pass", "break"))
attempt("name", lambda: timeit.timeit("nothing", number=1))
print(timeit.default_number, timeit.default_repeat, timeit.__all__)
