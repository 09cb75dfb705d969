"""dict: every method, view and operator with odd arguments."""


def t(text):
    d = {"a": 1, "b": 2}
    try:
        print(text, "->", eval(text), d)
    except Exception as error:
        print(text, "->", type(error).__name__, error, d)


class Keys:
    def keys(self):
        return ["x", "y"]

    def __getitem__(self, key):
        return key * 2


class BadKeys:
    def keys(self):
        return 5


for text in ["dict(), dict(a=1), dict([('a', 1)]), dict({'a': 1}, b=2), dict(['ab', 'cd']), dict(Keys()), dict(zip('ab', [1, 2]))", "dict(5)", "dict([1])", "dict(['abc'])", "dict([('a',)])", "dict([(1, 2, 3)])", "dict(1, 2)", "dict([([], 1)])", "dict(BadKeys())", "dict(None)", "dict(**{'a b': 1})", "dict(**{1: 2})", "dict(a=1, **{'a': 2})", "dict.fromkeys('ab'), dict.fromkeys('ab', 0), dict.fromkeys([])", "dict.fromkeys(5)", "dict.fromkeys()", "dict.fromkeys([[]])",
             "d['a'], d.get('z'), d.get('z', 5), d.get('a', 5)", "d['z']", "d[[]]", "d.get([])", "d.get()", "d[1]", "d[None]", "d['a', 'b']", "d.pop('a')", "d.pop('z')", "d.pop('z', None)", "d.pop([])", "d.pop()", "d.popitem()", "{}.popitem()", "d.setdefault('a', 9), d.setdefault('c'), d.setdefault('e', 5)", "d.setdefault()", "d.setdefault([], 1)", "d.update({'a': 5}, c=3)", "d.update([('x', 1)])", "d.update(Keys())", "d.update(5)", "d.update([5])", "d.update(['a'])", "d.update({}, {})", "d.update()", "d.update(self=1, other=2)", "d.clear()", "d.copy(), d.copy() is d", "d.keys(), d.values(), d.items()", "len(d), len(d.keys()), bool({}), bool({}.keys())", "'a' in d, 'a' in d.keys(), 1 in d.values(), ('a', 1) in d.items(), ('a', 2) in d.items(), 5 in d.items()", "[] in d", "[] in d.values()", "([], 1) in d.items()",
             "d | {'a': 5, 'z': 6}, {'q': 1} | d", "d | [('a', 1)]", "d | 5", "d.__ior__([('x', 1)])", "d.__ior__(5)", "d.__or__([])", "d == {'b': 2, 'a': 1}, d != {}, d == 5, d == [('a', 1)]", "d < d", "d + d", "d.keys() & ['a', 'z'], d.keys() | {'q'} == {'a', 'b', 'q'}, d.keys() - ['a'], d.keys() ^ ['a', 'z'] == {'b', 'z'}", "d.keys() == {'a', 'b'}, d.keys() < {'a', 'b', 'c'}, d.keys() >= ['a'] if False else 0, d.keys().isdisjoint(['z'])", "d.keys() & 5", "d.items() & [('a', 1)], d.items() - [('a', 1)]", "d.items() ^ d.items()", "d.values() == d.values(), d.keys() == d.keys(), d.items() == {('a', 1), ('b', 2)}", "d.values() & []", "list(reversed(d)), list(reversed(d.items())), list(reversed(d.values()))", "d.keys().mapping, type(d.keys().mapping).__name__", "d.keys()[0]", "next(d)", "next(iter(d)), next(iter(d.items()))", "iter(d).__length_hint__()", "sorted(d, reverse=True), min(d), max(d, key=d.get), sum(d.values())", "hash(d)", "hash(d.keys())", "d.__contains__('a'), d.__getitem__('b'), d.__len__()", "d.__delitem__('a')", "d.__delitem__('z')", "d.__setitem__('n', 5)", "d.__setitem__([], 5)", "{**d, 'a': 9}, {'a': 0, **d}", "{**5}", "{**[('a', 1)]}", "{1: 'a', 1.0: 'b', True: 'c'}", "{0: 1, False: 2, 0.0: 3}", "repr(d), str({}), repr({1: {2: []}})", "d.a", "d.keys", "dict.keys({}), dict.keys(5)", "dict.get({}, 1, 2)", "dict.__new__(dict, 5), dict.__new__(str)", "dict[str, int], dict.__class_getitem__(int)", "d.__init__({'z': 1}, y=2)", "{}.__class__, type({}.keys()).__name__, type({}.items()).__name__", "type({}.keys())()", "{'a': 1}.items() <= {'a': 1, 'b': 2}.items()", "dict(a=1).__eq__(5), dict().__lt__({})", "{[]: 1}", "{{}: 1}", "{(1, []): 1}", "{slice(1): 2}"]:
    t(text)
d = {"a": 1}
d["self"] = d
print(d)
d = {i: i for i in range(5)}
for operation in ("d[9] = 1", "del d[1]", "d.clear()", "d.popitem()", "d[0] = 5", "d.pop(2)", "d.update({3: 3})", "d.setdefault(99)"):
    d = {i: i for i in range(5)}
    try:
        for key in d:
            exec(operation)
            break
        for key in d:
            exec(operation)
        print(operation, "ok", d)
    except Exception as error:
        print(operation, type(error).__name__, error)
d = {i: i for i in range(3)}
it = iter(d.items())
next(it)
d[7] = 7
for _ in range(2):
    try:
        next(it)
    except RuntimeError as error:
        print(error)
print(list(it) if False else "end")
views = {1: 2}.keys(), {1: 2}.values(), {1: 2}.items()
print(views)


class D(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 10)

    def __repr__(self):
        return "D" + super().__repr__()


x = D(a=1)
x["b"] = 2
x.update(c=3)
x.setdefault("d", 4)
print(x, x.copy(), type(x.copy()).__name__, x | {"e": 5}, type(x | {}).__name__, D.fromkeys("q", 1), {**x})
import types
proxy = types.MappingProxyType({"k": 1})
for text in ["proxy['k']", "proxy['z']", "proxy | {'y': 2}", "proxy.copy()", "proxy == {'k': 1}", "len(proxy), list(proxy), 'k' in proxy", "proxy.get('z', 0)", "reversed(proxy)", "hash(proxy)", "proxy", "types.MappingProxyType(5)", "types.MappingProxyType([])", "exec('proxy[1] = 2')", "exec('del proxy[1]')"]:
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)
