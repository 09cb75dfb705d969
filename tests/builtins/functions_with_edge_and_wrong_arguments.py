# Built-in functions with ordinary, edge and wrong arguments.
import sys
def t(what, f):
    try: print(what, "->", repr(f()))
    except BaseException as e: print(what, "->", type(e).__name__, e)
class I:
    def __init__(s, v): s.v = v
    def __index__(s): return s.v
class Bad:
    def __index__(s): return "x"
    def __len__(s): return -1
    def __hash__(s): return "x"
    def __bool__(s): return 5
    def __iter__(s): return 5
    def __repr__(s): return 5
    def __str__(s): return 5
    def __format__(s, f): return 5
    def __reversed__(s): return "rev"
    def __length_hint__(s): return -5
    def __abs__(s): return "abs"
    def __round__(s, n="none"): return ("round", n)
    def __divmod__(s, o): return ("divmod", o)
    def __rdivmod__(s, o): return ("rdivmod", o)
    def __pow__(s, o, m="none"): return ("pow", o, m)
    def __dir__(s): return ["b", "a"]
    def __instancecheck__(s, o): return "yes"
b = Bad()
for name, f in [("len", len), ("hash", hash), ("bool", bool), ("iter", iter), ("repr", repr), ("format", format), ("list", list), ("bin", bin), ("hex", hex), ("oct", oct), ("abs", abs), ("round", round), ("dir", dir), ("reversed", reversed), ("str", str), ("ascii", ascii), ("chr", chr), ("sum", sum), ("min", min), ("sorted", sorted), ("callable", callable), ("int", int), ("float", float), ("range", range), ("next", next), ("enumerate", enumerate), ("id", lambda x: id(x) == id(x)), ("vars", vars), ("ord", ord), ("all", all), ("any", any), ("set", set), ("dict", dict), ("tuple", tuple), ("bytes", bytes)]:
    t(name + " Bad", lambda: f(b)); t(name + " int", lambda: f(5)); t(name + " none", lambda: f(None)); t(name + " no", lambda: f()) if f is not None and name not in ("id",) else 0
    t(name + " many", lambda: f(1, 2, 3, 4, 5)); t(name + " kw", lambda: f(nope=1)) if name != "min" else 0
t("divmod", lambda: divmod(b, 1)); t("divmod", lambda: divmod(1, b)); t("divmod", lambda: divmod(7, -2)); t("divmod", lambda: divmod(1, 0)); t("divmod", lambda: divmod(1.0, 0)); t("divmod", lambda: divmod("a", 1)); t("divmod", lambda: divmod(-7.5, 2)); t("dm", lambda: divmod(5))
t("pow", lambda: pow(b, 2)); t("pow", lambda: pow(b, 2, 3)); t("pow", lambda: pow(3, -1, 7)); t("pow", lambda: pow(2, -1, 4)); t("pow", lambda: pow(2, 5, 0)); t("pow", lambda: pow(2, 5, -7)); t("pow", lambda: pow(2.0, 2, 3)); t("pow", lambda: pow(2, 2, 3.0)); t("pow", lambda: pow(0, -1)); t("pow", lambda: pow(-8, 1/3)); t("pow", lambda: pow(2, -2)); t("pow", lambda: pow("a", 2)); t("pow", lambda: pow(exp=2, base=3)); t("pow", lambda: pow(2, 3, mod=None)); t("pow", lambda: pow(2)); t("pow", lambda: pow(0, 0, 1)); t("pow", lambda: pow(3, -2, 5)); t("pow", lambda: pow(10, -1, 1)); t("pow", lambda: pow(True, 2, 2)); t("pow", lambda: pow(1j, 2, 3))
for v in (2.5, 3.5, -2.5, 0.5, 1e300, float("inf"), float("nan"), 1234, -1250, True): t(f"round {v}", lambda: round(v)); t(f"round {v} 1", lambda: round(v, 1)); t(f"round {v} -2", lambda: round(v, -2)); t(f"round {v} None", lambda: round(v, None))
t("round", lambda: round(2.675, 2)); t("round", lambda: round(1, "x")); t("round", lambda: round("x")); t("round", lambda: round(1.5, 2.0)); t("round", lambda: round(number=2.567, ndigits=1)); t("round", lambda: round(5e-324, 400)); t("round", lambda: round(1.5, -400)); t("round", lambda: round(10**30 + 5, -1))
t("bin", lambda: bin(I(-5))); t("hex", lambda: hex(-255)); t("oct", lambda: oct(I(8))); t("bin", lambda: bin(1.5)); t("chr", lambda: chr(-1)); t("chr", lambda: chr(0x110000)); t("chr", lambda: chr(I(97))); t("chr", lambda: chr(2**70)); t("chr", lambda: chr("a")); t("ord", lambda: ord("ab")); t("ord", lambda: ord(b"a")); t("ord", lambda: ord(b"ab")); t("ord", lambda: ord(bytearray(b"x"))); t("ord", lambda: ord("")); t("chr", lambda: chr(0xD800))
t("zip", lambda: list(zip("ab", [1, 2, 3]))); t("zip s", lambda: list(zip("ab", [1, 2, 3], strict=True))); t("zip s", lambda: list(zip("abc", [1], strict=True))); t("zip s", lambda: list(zip("abc", "abc", "ab", strict=True))); t("zip s", lambda: list(zip("a", "a", "ab", strict=True))); t("zip e", lambda: list(zip())); t("zip", lambda: zip(5)); t("zip", lambda: zip("a", 5)); t("zip", lambda: zip("a", x=1)); t("zip", lambda: list(zip("ab", strict=True)))
t("map", lambda: list(map(len, ["a", "bc"]))); t("map", lambda: list(map(lambda a, b: a + b, "ab", "cde"))); t("map s", lambda: list(map(lambda a, b: a + b, "ab", "cde", strict=True))); t("map s", lambda: list(map(lambda a, b: a + b, "abc", "cd", strict=True))); t("map", lambda: map()); t("map", lambda: map(len)); t("map", lambda: map(len, 5)); t("map", lambda: next(map(5, "a"))); t("map", lambda: map(len, "a", foo=1))
t("filter", lambda: list(filter(None, [0, 1, "", "a"]))); t("filter", lambda: list(filter(lambda x: x > 1, [1, 2]))); t("filter", lambda: filter(None)); t("filter", lambda: filter(None, 5)); t("filter", lambda: list(filter(5, [1]))); t("filter", lambda: filter(None, [], x=1)); t("filter", lambda: list(filter(bool, [0, 1])))
t("enum", lambda: list(enumerate("ab", 5))); t("enum", lambda: list(enumerate(iterable="a", start=-1))); t("enum", lambda: enumerate(5)); t("enum", lambda: enumerate("a", "b")); t("enum", lambda: enumerate("a", 1, 2)); t("enum", lambda: list(enumerate("ab", 2**63 - 1))); t("enum", lambda: enumerate("a", foo=1)); t("enum", lambda: enumerate())
t("rev", lambda: list(reversed([1, 2]))); t("rev", lambda: list(reversed({1: 2, 3: 4}))); t("rev", lambda: reversed({1})); t("rev", lambda: reversed((x for x in ()))); t("rev", lambda: "".join(reversed("abc"))); t("rev", lambda: list(reversed(range(3)))); t("rev", lambda: reversed(b)); t("rev", lambda: reversed(seq=[1]))
t("sum", lambda: sum([1, 2.5, 3j])); t("sum", lambda: sum(["a"])); t("sum", lambda: sum(["a"], "")); t("sum", lambda: sum([b"a"], b"")); t("sum", lambda: sum([bytearray()], bytearray())); t("sum", lambda: sum([[1]], [])); t("sum", lambda: sum([1], start=5)); t("sum", lambda: sum([.1] * 10)); t("sum", lambda: sum([1, None])); t("sum", lambda: sum(5)); t("sum", lambda: sum([], "x"))
t("min", lambda: min([])); t("max", lambda: max([])); t("min", lambda: min([], default=5)); t("min", lambda: min(1, 2, default=5)); t("max", lambda: max("abc", "b", key=len)); t("max", lambda: max([1, 3, 2], key=lambda x: -x)); t("min", lambda: min(1)); t("min", lambda: min()); t("max", lambda: max(1, "a")); t("max", lambda: max([1], key=5)); t("max", lambda: max(1, 2, foo=1)); t("min", lambda: min([1, 2], key=None)); t("max", lambda: max(float("nan"), 1)); t("max", lambda: max(1, float("nan")))
t("sorted", lambda: sorted([3, 1, 2], reverse=True)); t("sorted", lambda: sorted("bca", key=str.upper)); t("sorted", lambda: sorted([1, "a"])); t("sorted", lambda: sorted([1, 2], key=5)); t("sorted", lambda: sorted([1], [2])); t("sorted", lambda: sorted(iterable=[1])); t("sorted", lambda: sorted([2, 1], reverse="x")); t("sorted", lambda: sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda p: p[0])); t("sorted", lambda: sorted([1], foo=2)); t("sorted", lambda: sorted([3, 1], key=None, reverse=0))
t("iter s", lambda: list(iter([1, 2, 3, 4].pop, 2))); t("iter", lambda: iter(5, 1)); t("iter", lambda: iter(5)); t("iter", lambda: iter([], 1)); t("iter", lambda: iter()); t("iter", lambda: next(iter(lambda: 1, 1))); t("iter", lambda: next(iter(lambda: 1, 1), "end")); t("iter", lambda: iter(int, 1)); t("next", lambda: next([])); t("next", lambda: next(iter([]))); t("next", lambda: next(iter([]), None)); t("next", lambda: next(iter([]), 1, 2)); t("next", lambda: next())
t("aiter", lambda: aiter(5)); t("anext", lambda: anext(5)); t("aiter", lambda: aiter()); t("anext", lambda: anext(1, 2, 3))
async def ag(): yield 1
t("aiter", lambda: type(aiter(ag())).__name__)
t("isinst", lambda: isinstance(1, int | str)); t("isinst", lambda: isinstance("a", (int, (float, str)))); t("isinst", lambda: isinstance(1, 5)); t("isinst", lambda: isinstance(1, (int, 5))); t("isinst", lambda: isinstance("a", (int, 5))); t("isinst", lambda: isinstance(1, list[int])); t("isinst", lambda: isinstance(None, int | None)); t("isinst", lambda: isinstance(1, None)); t("isinst", lambda: isinstance(1)); t("isinst", lambda: isinstance(1, b)); t("isinst", lambda: isinstance(1, ())); t("issub", lambda: issubclass(bool, int | str)); t("issub", lambda: issubclass(5, int)); t("issub", lambda: issubclass(int, 5)); t("issub", lambda: issubclass(int, (str, (bool, int)))); t("issub", lambda: issubclass(int, list[int])); t("issub", lambda: issubclass(int)); t("issub", lambda: issubclass(int, ())); t("isinst", lambda: isinstance(1, int | list[int]))
t("hash", lambda: hash([])); t("hash", lambda: hash({})); t("hash", lambda: hash((1, []))); t("hash", lambda: hash(slice(1))); t("hash", lambda: hash(1.0) == hash(1) == hash(True)); t("hash", lambda: hash(2**61 - 1)); t("hash", lambda: hash(-1)); t("hash", lambda: hash(float("inf")))
