"""Defaults, code and the dict of keywords change while other threads call: every call sees one state or another."""

import threading


def one(a, b=1, *, c=1, **options):
    return "one", a, b, c, options


def two(a, b=2, *rest, c=2, d=4):
    x = y = z = None
    return "two", a, b, c, rest, d, (x, y, z)


def three(a, b=3):
    return "three", a, b


codes = [one.__code__, two.__code__, three.__code__]
changing = one
keywords = {"c": 5}
stop = False
start = threading.Barrier(4)
wrong = []


def change():
    start.wait()
    for turn in range(10000):
        changing.__code__ = codes[turn % 3]
        changing.__defaults__ = (turn % 7,)
        changing.__kwdefaults__ = {"c": turn % 5, "d": 4}
        for at in range(turn % 12):
            keywords[f"k{at}"] = at
        if turn % 5 == 0:
            keywords.clear()
            keywords["c"] = 5
    global stop
    stop = True


def collect(*args, **options):
    return args, options


def check(result):
    name, a, b = result[:3]
    if name not in ("one", "two", "three") or a != 0 or not isinstance(b, int):
        wrong.append(result)


def call():
    start.wait()
    while not stop:
        for each in (
            lambda: changing(0),
            lambda: changing(0, c=9),
            lambda: changing(0, b=8),
            lambda: changing(*(0,)),
            lambda: changing(0, **{"c": 9}),
            lambda: changing(0, **keywords),
        ):
            try:
                check(each())
            except TypeError:
                pass
        args, options = collect(1, *(2, 3), **keywords)
        if args != (1, 2, 3) or any(options[name] != int(name[1:]) for name in options if name != "c"):
            wrong.append((args, options))
        args, options = collect(**keywords)
        if args or options.get("c", 5) != 5:
            wrong.append((args, options))


threads = [threading.Thread(target=call) for _ in range(3)] + [threading.Thread(target=change)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("wrong:", wrong[:3])
