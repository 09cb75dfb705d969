import copy
its = {
 "list": lambda: iter([1,2,3]), "tuple": lambda: iter((1,2,3)), "str": lambda: iter("abc"), "stru": lambda: iter("ab\u1234"),
 "bytes": lambda: iter(b"abc"), "bytearray": lambda: iter(bytearray(b"abc")), "range": lambda: iter(range(3)), "bigrange": lambda: iter(range(10**20, 10**20+3)),
 "dict": lambda: iter({1:2,3:4,5:6}), "items": lambda: iter({1:2,3:4,5:6}.items()), "values": lambda: iter({1:2,3:4,5:6}.values()),
 "set": lambda: iter({1,2,3}), "frozenset": lambda: iter(frozenset({1,2,3})), "revlist": lambda: reversed([1,2,3]), "revtuple": lambda: reversed((1,2,3)),
 "revrange": lambda: reversed(range(3)), "revdict": lambda: reversed({1:2,3:4,5:6}), "enumerate": lambda: enumerate("abc"), "zip": lambda: zip("abc", [1,2,3]),
 "map": lambda: map(str, [1,2,3]), "filter": lambda: filter(None, [1,0,3,4]), "calliter": lambda: iter([1,2,3].pop, 1),
 "memview": lambda: iter(memoryview(b"abc")), "revitems": lambda: reversed({1:2,3:4,5:6}.items()),
}
class Seq:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i
    def __len__(self): return 4
    def __eq__(self, o): return True
    def __repr__(self): return "Seq()"
its["seqiter"] = lambda: iter(Seq())
its["revseq"] = lambda: reversed(Seq())
for n, mk in its.items():
    it = mk()
    next(it)
    print(n, type(it).__name__, [a for a in dir(it) if a not in dir(object)])
    for what in ("__length_hint__", "__reduce__"):
        try: print("  ", what, getattr(it, what)())
        except Exception as e: print("  ", what, type(e).__name__, e)
    try:
        c = copy.copy(it)
        print("   copy", list(c), list(it))
    except Exception as e: print("   copy", type(e).__name__, e)
    it = mk()
    try:
        it.__setstate__(1)
        print("   setstate", list(it))
    except Exception as e: print("   setstate", type(e).__name__, e)
    it = mk(); 
    try:
        for _ in it: pass
        print("   done", it.__reduce__(), getattr(it, "__length_hint__", lambda: "-")())
    except Exception as e: print("   done", type(e).__name__, e)
