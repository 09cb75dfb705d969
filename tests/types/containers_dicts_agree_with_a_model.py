"""Random operations on a dict and on a list of pairs come to the same."""

state = 99


def rand(n):
    global state
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    return (state >> 8) % n


def model_find(pairs, key):
    for i, (k, v) in enumerate(pairs):
        if k == key:
            return i
    return None


def key():
    kind = rand(4)
    n = rand(40)
    return n if kind == 0 else str(n) if kind == 1 else n + 0.0 if kind == 2 else (n, "x")


d, pairs = {}, []
for step in range(20000):
    op, k = rand(12), key()
    i = model_find(pairs, k)
    if op < 5:
        d[k] = step
        if i is None:
            pairs.append((k, step))
        else:
            pairs[i] = (pairs[i][0], step)
    elif op < 8:
        assert d.pop(k, None) == (None if i is None else pairs.pop(i)[1])
    elif op == 8:
        assert d.setdefault(k, step) == (step if i is None else pairs[i][1])
        if i is None:
            pairs.append((k, step))
    elif op == 9:
        assert d.get(k, -1) == (-1 if i is None else pairs[i][1])
        assert (k in d) == (i is not None)
    elif op == 10 and rand(20) == 0 and pairs:
        assert d.popitem() == pairs.pop()
    elif op == 11 and rand(50) == 0:
        d = [d.copy(), dict(d), {**d}, d | {}, dict(d.items()), {k: v for k, v in d.items()}][rand(6)]
    if step % 500 == 0:
        assert list(d.items()) == pairs and len(d) == len(pairs)
        assert list(reversed(d.items())) == pairs[::-1] and list(d) == [k for k, v in pairs]
        print(step, len(d), list(d.items())[:3])

queue = {}
for i in range(3000):
    queue[i] = i
    if i >= 10:
        first = next(iter(queue))
        assert first == i - 10
        del queue[first]
print(queue)
big = {i: str(i) for i in range(100000)}
print(len(big), big[77777], sum(big), list(big)[::20000])
while len(big) > 5:
    big.popitem()
print(big)
d = dict.fromkeys("abc", 0)
d.update({"b": 1}, d=2)
d |= [("e", 3)]
print(d, d | {"a": 9}, {"z": 1} | d, list(d.keys() & {"a", "e", "q"}) != [], sorted(d.keys() - ["a"]), d.items() >= {("a", 0)})
d.clear()
print(d, bool(d), len(d), {1: 2} == {1.0: 2}, {1: 2} != {1: 3}, {1: 2} == [1], {True: "a", 1: "b", 1.0: "c"})
