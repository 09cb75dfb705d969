"""Sets and frozensets: operators, methods, comparisons."""

a = {1, 2, 3}
b = {3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a.union(b) == {1, 2, 3, 4}, a.intersection([3]), a.difference((1,)) == {2, 3}, a.symmetric_difference(b) == {1, 2, 4})
print(a <= {1, 2, 3}, a < a, a >= {1}, a > {1}, a == {3, 2, 1}, a != b, a.issubset(range(5)), a.issuperset([1]), a.isdisjoint({9}))
a.add(5)
a.add(5)
a.discard(99)
a.remove(5)
print(sorted(a), len(a), 2 in a, 9 in a, bool(set()), set(), {1}, frozenset(), frozenset({1}))
a |= {10}
a &= {1, 2, 10}
a -= {1}
a ^= {2, 7}
print(sorted(a))
a.update([1], (2,), "x" if False else [])
a.difference_update({10})
a.intersection_update({1, 2, 7})
a.symmetric_difference_update({1})
print(sorted(a), set("hello") == {"h", "e", "l", "o"}, set([1, 1.0, True]), set(range(3)))
f = frozenset([1, 2])
print(f | {3} == {1, 2, 3}, type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset([2, 1])), {f: "key"}[frozenset([2, 1])], f == {1, 2}, {f} == {frozenset([1, 2])})
c = {1, 2}
popped = c.pop()
print(len(c), popped in (1, 2), c.copy() == c, c.copy() is c)
c.clear()
print(c, {frozenset({1}) in {frozenset({1})}}, {1} in {frozenset({1})})
for bad in ("a.remove(99)", "set().pop()", "{[]}", "a | [1]", "a < [1]", "f.add(1)", "hash(a)", "set(5)", "c[0]", "{1} + {2}", "a.add()", "{{1}}"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
try:
    for x in (s := {1}):
        s.add(x + 1)
except RuntimeError as error:
    print(error)
print({x for x in range(5) if x % 2} == {1, 3}, sum({1, 2, 3}), min({3, 1}), sorted({"b", "a"}), {*(), *[1]}, {None}, {()})
