"""__getitem__ and friends in classes: iteration, membership, reversal, slices, missing keys."""


class Old:
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, at):
        print("get", at)
        return self.items[at]


print(list(Old(1, 2)), 2 in Old(1, 2, 3), 9 in Old(1), tuple(Old()), max(Old(3, 1)), [*Old("a")])
first, *rest = Old(1, 2, 3)
print(first, rest)
print(Old(1, 2, 3)[0:2], Old(1, 2)[::-1], Old(5)[-1])
for text in ["reversed(Old(1))", "len(Old(1))", "Old(1)['x']", "dict(Old((1, 2)))", "{**Old()}", "iter(3)", "next([])",
             "5 in 5", "None[0]", "(1)[0]", "int[0]", "len[0]", "del_item()", "set_item()"]:
    def del_item():
        del Old(1)[0]

    def set_item():
        Old(1)[0] = 5
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)


class Full:
    def __len__(self):
        return 3

    def __getitem__(self, at):
        return ("item", at)

    def __setitem__(self, at, value):
        print("set", at, value)

    def __delitem__(self, at):
        print("del", at)

    def __contains__(self, what):
        print("contains", what)
        return "yes" if what else ""

    def __iter__(self):
        return iter("xyz")

    def __reversed__(self):
        return "not an iterator, but fine"


f = Full()
f[1] = 2
f[1:2] = "ab"
f[1, 2:3, ...] = None
del f[5]
del f[::2]
f[0] += ("more",)
print(f[1], f[1:2], f[1, 2], f[...], f[-1], f[1:2, ::3])
print(0 in f, 1 in f, 1 not in f, list(f), reversed(f))


class Missing(dict):
    def __missing__(self, key):
        print("missing", key)
        return key * 2


m = Missing(a=1)
print(m["a"], m["b"], m.get("c"), "b" in m, m)
print("%(zz)s" % m, "{x}".format_map(m))
try:
    m[[]]
except TypeError as error:
    print(error)


class Raises:
    def __iter__(self):
        return 5

    def __contains__(self, x):
        raise ValueError("no")

    def __len__(self):
        raise KeyError("len")


class NoIter:
    __iter__ = None
    __contains__ = None
    __reversed__ = None
    __hash__ = None

    def __getitem__(self, at):
        return at


for text in ["iter(Raises())", "1 in Raises()", "len(Raises())", "bool(Raises())", "list(Raises())", "iter(NoIter())",
             "1 in NoIter()", "reversed(NoIter())", "hash(NoIter())", "[*NoIter()]", "{NoIter()}"]:
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)


class Counter:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration("done", 1)
        return self.n

    def __length_hint__(self):
        print("hint")
        return 10


print(list(Counter()), sum(Counter()), next(Counter(), None), list(zip(Counter(), "ab")))
import operator
print(operator.length_hint(Counter()), operator.length_hint([1]), operator.length_hint(object(), 7))
for hint in (-1, "x", NotImplemented):
    Counter.__length_hint__ = lambda self, hint=hint: hint
    try:
        print(operator.length_hint(Counter(), 4))
    except Exception as error:
        print(type(error).__name__, error)


class Generic:
    def __class_getitem__(cls, item):
        return cls.__name__, item


print(Generic[int], Generic[1, 2], Generic[()])
