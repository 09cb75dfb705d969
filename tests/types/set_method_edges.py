"""set and frozenset: every method and operator with odd arguments."""


def show(value):
    return f"{type(value).__name__}{sorted(value, key=repr)}" if isinstance(value, (set, frozenset)) else repr(value)


def t(text):
    for kind in (set, frozenset):
        s = kind([1, 2, 3])
        try:
            print(kind.__name__, text, "->", show(eval(text)), show(s))
        except Exception as error:
            print(kind.__name__, text, "->", type(error).__name__, error, show(s))


for text in ["kind()", "kind('hello')", "kind(5)", "kind([[]])", "kind([1], [2])", "kind(x=1)", "s | {9}", "s | [9]", "s | frozenset([9])", "frozenset([9]) | s", "s & {1, 9}", "s - {1}", "s ^ {1, 9}", "s - 5", "s & None", "[1] & s", "s + s", "s.union([9], 'a')", "s.union()", "s.union(5)", "s.union([[]])", "s.intersection([1], [1, 2])", "s.intersection()", "s.intersection(5)", "s.difference([1], [2])", "s.difference()", "s.symmetric_difference([1, 9])", "s.symmetric_difference()", "s.symmetric_difference([], [])", "s.issubset([1, 2, 3, 4])", "s.issuperset('a')", "s.isdisjoint([9])", "s.isdisjoint(5)", "s.issubset(5)", "s < {1, 2, 3, 4}, s <= s, s > {1}, s >= {9}, s < s", "s < [1]", "s == frozenset([1, 2, 3]), s == [1, 2, 3], s != {1}", "1 in s, 9 in s, 1.0 in s, True in s", "[] in s", "{1} in s", "frozenset([1]) in {frozenset([1])}, {1} in {frozenset([1])}", "len(s), bool(s), bool(kind())", "hash(s)", "hash(kind()) == hash(frozenset())", "s.add(4)", "s.add([])", "s.remove(1)", "s.remove(9)", "s.remove([])", "s.remove({9})", "s.discard(1)", "s.discard(9)", "s.discard([])", "kind([5]).pop()", "kind().pop()", "s.clear()", "s.copy()", "s.copy() is s", "s.update([9], 'a')", "s.update(5)", "s.update()", "s.intersection_update([1])", "s.difference_update([1], [2])", "s.symmetric_difference_update([1, 9])", "s.__ior__({9})", "s.__ior__([9])", "s.__isub__({1})", "s.__iand__({1})", "s.__ixor__({1, 7})", "s.__or__([1])", "s.__eq__(5), s.__lt__(5)", "s.__contains__(1)", "s[0]", "s.x", "sorted(s), min(s), max(s), sum(s)", "repr(kind()), repr(kind([1])), str(kind(['a']))", "s.__reduce__()[0].__name__", "s.__class_getitem__(int)", "kind[int]", "kind.union({1}, {2})", "kind.union([1], {2})", "kind.add", "iter(s).__length_hint__()", "next(iter(s)) in s", "{*s, *s} == {1, 2, 3}", "kind.__new__(dict)", "kind(kind([1])) is kind([1])", "kind.__doc__[:5] != ''", "s.union({1: 2})", "s.issubset({1: 0, 2: 0, 3: 0})", "s.__sub__(frozenset([1]))", "s.__rsub__({1, 9})", "s.__ror__([1])", "s.intersection({1}, 'ab', [1])", "s > frozenset(), s < set(), kind() < s", "s ^ s, s & s == s, s | s == s, s - s", "kind('abc') & kind('bcd') == kind('bc')", "kind([0.0, -0.0, False, 0])"]:
    t(text)
for operation in ("s.add(100)", "s.remove(1)", "s.clear()", "s.discard(50)", "s.update([7, 8])", "s |= {77}", "s.pop()"):
    s = {1, 2, 3}
    try:
        for _ in s:
            exec(operation)
        print(operation, "ok")
    except RuntimeError as error:
        print(operation, error)


class S(set):
    pass


class F(frozenset):
    pass


for made in (S([1]) | {2}, {2} | S([1]), S([1]).copy(), S([1]).union([2]), F([1]) | {2}, F([1]).copy(), frozenset(F([1])), S([1]) & {1}, F([1]) - {1}, {1} - F([1])):
    print(type(made).__name__, sorted(made))


class Evil:
    def __init__(self, target=None):
        self.target = target

    def __hash__(self):
        return 1

    def __eq__(self, other):
        if self.target is not None:
            self.target.clear()
        return False


target = {1, 2}
target.add(Evil(target))
print(len(target) <= 3)
try:
    {1} - {Evil(): 1}.keys()
    print("fine")
except RuntimeError as error:
    print(error)
