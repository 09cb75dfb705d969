# Dicts that change while they are taken over, keywords that are not there, states of iterators, texts of numbers.
from array import array
from itertools import islice
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, getattr(e, "__notes__", ""))
class X:
    def __init__(self, what): self.what = what
    def __hash__(self): return 0
    def __eq__(self, other):
        self.what()
        return False
for change in ("other.clear()", "other['new'] = 1", "other[0.5] = 2", "d.clear()"):
    other = {i: 0 for i in range(1, 100)}
    other[X(lambda: exec(change))] = 0
    d = {X(lambda: exec(change)): 0, 1: 1}
    t(lambda: d.update(other) or len(d))
    other = {i: 0 for i in range(1, 100)}
    other[X(lambda: exec(change))] = 0
    d = {X(lambda: exec(change)): 0, 1: 1}
    t(lambda: len(d | other) > 90)
def bad():
    yield "key"
    raise TypeError("oops")
t(lambda: dict([bad() for _ in range(3)])); t(lambda: {}.update([(1, 2), bad()])); t(lambda: dict([object()])); t(lambda: dict([3]))
t(lambda: {}.update([object() for _ in range(3)])); t(lambda: dict([(1, 2), (1, 2, 3)]))
for r, n in ((range(10, 20, 2), 2), (range(-2**65, 20, 2), 2**64 + 7), (range(10, 20, 2), 100), (range(2**65), -4), (range(2**65, 2**65 + 5), 4)):
    it = iter(r); it.__setstate__(n); print(list(islice(it, 6)))
it = reversed(range(10, 2**65, 2)); it.__setstate__(2**64 - 7); print(list(it))
for r in (range(10), range(2**65)):
    for bad_state in (1.0, ""): t(lambda: iter(r).__setstate__(bad_state))
for x in ("11", b"11", bytearray(b"11"), memoryview(b"11"), array("B", b"11"), 11, 1.5, None):
    t(lambda: int(x)); t(lambda: int(x, 2))
t(lambda: property().__set_name__()); t(lambda: property().__set_name__(1)); t(lambda: property().__set_name__(1, 2, 3))
class P:
    p = property(lambda self: 1)
print(P.p.__name__)
# Lists that are emptied while they are compared, iterators that end within themselves, modules as they show themselves.
class Empties:
    def __init__(self, which): self.which = which
    def __eq__(self, other):
        lists[self.which].clear()
        return NotImplemented
for op in ("==", "!=", "<", ">="):
    lists = [[], []]
    lists[0].append(Empties(1)); lists[1].append(Empties(0)); t(lambda: eval(f"lists[0] {op} lists[1]"))
    lists[0][:] = [Empties(0)]; lists[1][:] = [1]; t(lambda: eval(f"lists[0] {op} lists[1]"))
inside = False
def spam():
    global inside
    if inside: return 0
    inside = True
    list(it)
    inside = False
    return 1
it = iter(spam, 0)
t(lambda: next(it)); t(lambda: next(it, "end"))
import struct, types
class Loader: pass
m = types.ModuleType("foo"); t(lambda: repr(m))
m.__loader__ = Loader; t(lambda: repr(m)); m.__loader__ = 3; t(lambda: repr(m))
del m.__name__; t(lambda: repr(m)); m.__name__ = 5; t(lambda: repr(m)); m.__file__ = "/x"; t(lambda: repr(m)); m.__name__ = "q"; t(lambda: repr(m))
z = complex("nan"); print(complex(z) is z, complex.from_number(z) is z, struct.pack(">d", float("-nan")).hex(), struct.pack(">d", float("nan")).hex())
