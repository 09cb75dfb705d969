"""list and tuple: every method with odd arguments."""


def t(text):
    a = [3, 1, 2]
    try:
        print(text, "->", eval(text), a)
    except Exception as error:
        print(text, "->", type(error).__name__, error, a)


class Index:
    def __index__(self):
        return 1


class Bad:
    def __index__(self):
        return "x"


for text in ["list(), list('ab'), list((1, 2)), list({1: 2}), list(range(3))", "list(5)", "list(1, 2)", "list(x=1)", "tuple(), tuple('ab'), tuple([1])", "tuple(5)", "tuple(x=1)", "a[0], a[-1], a[Index()], a[True]", "a[3]", "a[-4]", "a['x']", "a[1.0]", "a[None]", "a[10**20]", "a[Bad()]", "(1,)[5]", "(1,)['x']", "a[0:2], a[::-1], a[5:], a[-100:100:2], a[2:0:-1]", "a[::0]", "a['a':]", "a[Index():]",
             "a.append(4)", "a.append()", "a.append(1, 2)", "a.append(x=1)", "a.extend('ab')", "a.extend(5)", "a.extend(a)", "a.extend(x for x in a[:1])", "a.insert(0, 9)", "a.insert(-1, 9)", "a.insert(100, 9)", "a.insert('x', 9)", "a.insert(1)", "a.pop()", "a.pop(0)", "a.pop(-1)", "a.pop(5)", "a.pop('x')", "[].pop()", "a.remove(1)", "a.remove(9)", "a.clear()", "a.copy()", "a.reverse()", "a.count(1), a.index(2)", "a.index(9)", "a.index(1, 2)", "a.index(2, -1), a.index(2, 0, 10**30)", "a.index(1, 'x')", "(1, 2, 1).count(1), (1, 2).index(2)", "(1,).index(5)",
             "a.sort()", "a.sort(reverse=True)", "a.sort(key=lambda x: -x)", "a.sort(lambda x: x)", "a.sort(key=5)", "a.sort(reverse='x')", "a.sort(key=None, reverse=0)", "[1, 'a'].sort()", "a.sort(cmp=1)", "a.__setitem__(0, 9)", "a.__setitem__(5, 9)", "a.__setitem__(slice(0, 2), 'xyz')", "a.__setitem__(slice(0, 2), 5)", "a.__setitem__(slice(None, None, 2), [1])", "a.__setitem__(slice(None, None, 2), [7, 8])", "a.__setitem__(slice(None, None, -1), [7, 8, 9])", "a.__setitem__('x', 1)", "a.__delitem__(0)", "a.__delitem__(9)", "a.__delitem__(slice(None, None, 2))", "a.__delitem__(slice(2, 0, -1))", "a.__delitem__('x')",
             "a + [1]", "a + (1,)", "(1,) + [1]", "a + 5", "a * 2, 2 * a, a * 0, a * -1, a * True", "a * 1.5", "a * a", "a.__iadd__('ab')", "a.__iadd__(5)", "a.__imul__(2)", "a.__imul__('x')", "(1, 2) * 2", "(1, 2) + ()", "1 in a, 9 in a, 1.0 in a, True in a", "a == [3, 1, 2], a == (3, 1, 2), a != [], a < [3, 2], a <= a, [1, 2] < [1, 2, 0], [] < [0]", "a < (1,)", "[1] < ['a']", "(1, 2) == (1.0, 2)", "hash((1, 2)) == hash((1.0, 2))", "hash(a)", "hash(([],))", "len(a), bool(a), bool([])", "a.__len__(), a.__contains__(1), a.__eq__(5), a.__lt__(5)", "a.__getitem__(slice(1))", "a.__reversed__()" if False else "list(reversed(a))", "repr([[], ()]), repr((1,)), str([1, 'a', None])", "[*a, *a][:4], (*a,), {*a}", "max(a), min(a), sum(a), sorted(a), any(a), all(a)", "list.append(a, 5)", "list.append((1,), 5)", "list.append()", "list.sort(5)", "tuple.__new__(list)", "tuple.__new__(tuple, [1])", "list.__new__(list, 5, 6)", "list.__init__(a, 'xy')", "list[int], tuple[int, ...]", "list.__class_getitem__(int)", "a.__class__", "a.foo", "a.append = 5", "(1).__class__.__mro__", "divmod(*(7, 2))", "[1, 2, 3].__ne__([1, 2, 3])", "[0] * 10**20", "[1, 2] * 10**19", "a.insert(10**20, 1)", "a.insert(None, 1)"]:
    t(text)


class L(list):
    def __getitem__(self, at):
        return "intercepted"


l = L([1, 2])
print(l[0], list(l), [*l], l == [1, 2], l + [3], type(l + [3]).__name__, type(l * 2).__name__, type(l[:]).__name__, type(l.copy()).__name__)
l.extra = 5
print(l.extra, l.__dict__)
a = [1]
a.append(a)
print(a, a == a)
t1 = ([],)
try:
    t1[0] += [1]
except TypeError as error:
    print(error, t1)
x = [1, 2, 3, 4]
x[1:3] = x
print(x)
x[:] = (i for i in x if i % 2)
print(x)
del x[:]
print(x)
y = [0, 1, 2]
for i in y:
    if i < 3:
        y.append(i + 10)
print(y)
y = [1, 2, 3, 4]
for i in y:
    y.remove(i)
print(y)


class Evil:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return False


z = [1, 2, 3]
z[0] = Evil(z)
try:
    print(z.index(3))
except ValueError as error:
    print(error)
z = [1, 2, 3]
z[0] = Evil(z)
print(z.count(3), 5 in z)
z = [3, 2, 1]
try:
    z.sort(key=lambda v: z.append(v))
except ValueError as error:
    print(error, z)
except TypeError as error:
    print(error, len(z))
