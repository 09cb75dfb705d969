from collections import OrderedDict
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
for kind in (dict, OrderedDict):
    for mk in (lambda d: reversed(d), lambda d: reversed(d.keys()), lambda d: reversed(d.values()), lambda d: reversed(d.items()), lambda d: iter(d), lambda d: iter(d.items())):
        d = kind.fromkeys('abcde')
        it = mk(d)
        d.clear()
        t(lambda: list(it))
        d = kind.fromkeys('abcde'); it = mk(d); next(it); d.clear()
        t(lambda: next(it)); t(lambda: next(it)); t(lambda: list(it))
        d = kind.fromkeys('abcde'); it = mk(d); next(it); d['z']=1
        t(lambda: next(it)); t(lambda: next(it))
        d = kind.fromkeys('abcde'); it = mk(d); next(it); del d['c']
        t(lambda: next(it)); t(lambda: list(it))
        d = kind.fromkeys('abcde'); it = mk(d); next(it); del d['a']; d['q']=3
        t(lambda: list(it))
        d = kind(); it = mk(d); t(lambda: list(it)); d['a']=3; t(lambda: list(it))
        d = kind.fromkeys('abc'); it = mk(d); t(lambda: it.__length_hint__()); next(it);  t(lambda: it.__length_hint__()); d['x']=1; t(lambda: it.__length_hint__())
class Spam:
    def __init__(s, hook): s.hook=hook
    def __hash__(s): return 1
    def __eq__(s, o):
        if s.hook: h, s.hook = s.hook, None; h()
        return True
def cmp(hook):
    a = OrderedDict(); b = OrderedDict()
    for i in range(3): a[i]=i; b[i]=i
    class V:
        def __eq__(s,o): hook(a,b); return True
    a[1]=V(); b[1]=V()
    return a == b
t(lambda: cmp(lambda a,b: a.clear()))
t(lambda: cmp(lambda a,b: b.clear()))
t(lambda: cmp(lambda a,b: a.pop(0,None)))
t(lambda: cmp(lambda a,b: a.__setitem__('n',1)))
t(lambda: cmp(lambda a,b: a.move_to_end(0)))
t(lambda: cmp(lambda a,b: None))
def cp(hook, cls=OrderedDict):
    class M(cls):
        def __setitem__(s,k,v): hook(a); cls.__setitem__(s,k,v)
        def __getitem__(s,k): hook(a); return cls.__getitem__(s,k)
    hk=hook
    hook=lambda a: None
    a=M()
    for i in range(3): a[i]=i
    hook=hk
    c=a.copy()
    return c, type(c).__name__
t(lambda: cp(lambda a: a.clear()))
t(lambda: cp(lambda a: a.pop(0,None)))
t(lambda: cp(lambda a: a.pop(1,None)))
t(lambda: cp(lambda a: OrderedDict.__setitem__(a,'n',3)))
t(lambda: cp(lambda a: a.move_to_end(0)))
t(lambda: cp(lambda a: None))
class M2(OrderedDict):
    def __getitem__(s,k): return 'got%s'%k
m=M2(a=1); t(lambda: m.copy()); t(lambda: repr(m)); t(lambda: list(m.items())); t(lambda: m == {'a':1}); t(lambda: dict(m)); t(lambda: OrderedDict(m)); t(lambda: {**m})
t(lambda: OrderedDict([('a',1)]) | {'b':2}); t(lambda: {'b':2}|OrderedDict([('a',1)]))
t(lambda: OrderedDict(1)); t(lambda: OrderedDict(1,2)); t(lambda: OrderedDict([1])); t(lambda: OrderedDict.fromkeys()); t(lambda: OrderedDict().popitem()); t(lambda: OrderedDict().pop('a'));t(lambda: OrderedDict().move_to_end('a'))
d=OrderedDict(a=1); d['self']=d; t(lambda: repr(d)); t(lambda: repr(d.keys())); t(lambda: repr(d.items())); t(lambda: d.values())

# Copies of every size, of tables as large as the copy's and of others, with and without deleted keys; then both change.
from collections import OrderedDict

copied = 0
for n in (0, 1, 5, 6, 10, 11, 21, 171, 342):
    for make in (
        lambda: {i * 8: i for i in range(n)},
        lambda: {str(i): i for i in range(n)},
        lambda: dict(zip(range(0, -n, -1), range(n))),
        lambda: OrderedDict((i << 20, i) for i in range(n)),
    ):
        for gone in (0, 1, n // 2):
            old = make()
            keys = list(old)
            for key in keys[:gone]:
                old.pop(key, None)
            if isinstance(old, OrderedDict) and old:
                old.move_to_end(keys[-1], last=False)
            expected = list(old.items())
            for new in (old.copy(), dict(old), old | {}, {**old}):
                assert list(new.items()) == expected and len(new) == len(expected)
                assert [new[key] for key, _ in expected] == [value for _, value in expected]
                for absent in (-1 << 40, "absent", None):
                    assert absent not in new
                for key, _ in expected[::3]:
                    del new[key]
                new["more"] = n
                for i in range(9):
                    new["more", i] = i
                assert new["more"] == n and new["more", 8] == 8 and "more" not in old
                assert [key in new for key, _ in expected] == [bool(i % 3) for i in range(len(expected))]
                assert list(old.items()) == expected
                copied += 1
print("copied", copied)
large = {i * 8: i for i in range(43691)}
for i in range(3):
    assert large.copy() == large and list(large.copy()) == list(large)
    large[-1 - i] = i
    del large[i * 8]


# Unions, differences and comparisons of sets without any table, with few keys and with many.
for n in (0, 1, 4, 5, 100, 3000):
    some, none = set(range(n)), set()
    print(
        len(some | none), len(none | some), len(some & none), len(some - none), len(none - some), len(some ^ none),
        none <= some, none.isdisjoint(some), none == some, len(frozenset(some)), sum(some), sorted(some & set(range(2, 7))),
    )
