"""Corners of format(), str.format, % and of assignments to slices, errors included."""

def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except BaseException as e: print(type(e).__name__, e, *getattr(e, "__notes__", ()))
def ex(src, **ns):
    try: exec(src, ns)
    except BaseException as e: print(type(e).__name__, e)
# 1 format corners
for v, s in [(1234.5678, "z.1f"), (-0.01, "z.1f"), (-0.0, "z"), (1e10, "_.3e"), (255, "#_x"), (255, "_b"), (12345, "_d"), (3, "c"), (3, ",c"), (0x110000, "c"), (1.5, "d"), (5, "n"), (5.5, "n"), ("x", "=10"), ("x", "010"), ("abc", ".2"), ("a", "s<5"), (True, "d"), (True, ""), (True, "5"), (None, "5"), (1j, ".2f"), (1+2j, ">20"), (1j, "=20"), (1j, "05"), (3, "z"), (3.0, ",.2%"), (1e300, ".400f"[:5]), (float("nan"), "010"), (float("inf"), "+.1e"), (2**70, ",.3g"), (2**70, "x"), (10, "#o"), (10, "+#b"), (-5, "08b"), (5, "<<8"), (5, "^-8"), (5, " d"), ("é", "*^7"), ("x", ","), ("x", "+"), ("x", "#"), (5, ".2"), (5, "z.2"), (5, "1_000"), (5.0, "_,f"), (5, ",_"), (5, "__"), (5, "q"), (1.0, "s"), ("x", "d"), (12345.678, "_.2f"), (12345.6789, ",.4_f"), (12345.6789, "._f"), (1e-5, "g"), (1e16, ""), (123456789.0, "n"), (0.1, ".0%"), (5, "\u0660<4"), ([], "5"), (object, "x"), (lambda: 0, "5")]:
    try: print(repr(v) if not callable(v) else "fn", repr(s), repr(format(v, s)))
    except Exception as e: print(repr(v) if not callable(v) else "fn", repr(s), type(e).__name__, e)
# 2 str.format
for f, a, k in [("{}{1}", (1, 2), {}), ("{0}{}", (1, 2), {}), ("{", (), {}), ("}", (), {}), ("{!x}", (1,), {}), ("{!}", (1,), {}), ("{0!r", (1,), {}), ("{0.}", (1,), {}), ("{0[}", (1,), {}), ("{0[]}", ([1],), {}), ("{0[0]x}", ([1],), {}), ("{a.b[c]}", (), {"a": 1}), ("{:{}}", (5, 8), {}), ("{:{}{}}", (5, "<", 8), {}), ("{:{:{}}}", (5, 8, 9), {}), ("{0[-1]}", ([1],), {}), ("{0[a]}", ({"a": 3},), {}), ("{0[1]}", ({1: 3, "1": 4},), {}), ("{99999999999999999999}", (), {}), ("{x}", (), {}), ("{}", (), {}), ("{!r:>5}", ("a",), {}), ("{0.__class__.__name__}", (1,), {}), ("{!s:}", (1,), {}), ("{!r }", (1,), {}), ("{ }", (1,), {}), ("{0 }", (1,), {}), ("{{}}{}", (1,), {}), ("{:%Y}", (5,), {}), ("{!rr}", (1,), {})]:
    t(f.format, *a, **k)
t("{a}".format_map, {}); t("{0}".format_map, [5]); t("{a}".format_map, 5)
# 3 percent
for f, a in [("%d", "x"), ("%d", 1.5), ("%d", 1j), ("%x", 1.5), ("%c", 1.5), ("%c", "ab"), ("%c", -1), ("%c", 0x110000), ("%s %s", (1,)), ("%s", (1, 2)), ("%", ()), ("%q", 1), ("%(a", {"a": 1}), ("%(a)s", 1), ("%(a)s", {}), ("%(a)s %s", {"a": 1}), ("%*d", (5, 3)), ("%*d", ("x", 3)), ("%.*f", (2, 3.14159)), ("%-*d|", (-5, 3)), ("%#x %#o", (255, 8)), ("%+d % d", (5, 5)), ("%05d %-5d|", (42, 42)), ("%.3s", "abcdef"), ("%r %a", ("é", "é")), ("%%", ()), ("%5%", ()), ("%i %u", (1.9, True)), ("%e %G", (12345.678, 1e-10)), ("%(x)d %(x)5.1f", {"x": 3}), ("%s", ()), ("%s", []), ("%d", None), ("%d", "3"), ("%c", ""), ("%b", 5), ("%.2147483648f", 1.0), ("%99999999999d", 1), ("%ld %hd", (1, 2)), ("%s", {"a": 1}), ("a", {"a": 1}), ("a", 5), ("a", [1])]:
    try: print(repr(f), repr(f % a)[:60])
    except Exception as e: print(repr(f), type(e).__name__, e)
for f, a in [(b"%s", "x"), (b"%b", b"y"), (b"%b", 5), (b"%c", 256), (b"%c", b"xy"), (b"%a %r", ("é", "é")), (b"%d", b"x"), (b"%s", bytearray(b"z")), (b"%(a)s", {b"a": b"q"}), (b"%(a)s", {"a": b"q"}), (b"%x", 3.5), (b"%.2f", "x")]:
    try: print(f, f % a)
    except Exception as e: print(f, type(e).__name__, e)
# 4 slices
l = list(range(5))
def asg(s, v):
    m = list(l)
    try: m[s] = v; print(m)
    except Exception as e: print(type(e).__name__, e)
for s, v in [(slice(0, 4, 2), [1]), (slice(None, None, -1), "abcde"), (slice(1, 3), 5), (slice(0, 4, 2), 5), (slice(None, None, 0), []), (slice("a", None), []), (slice(3, 1), [9]), (slice(10, 20), [7]), (slice(-100, 1), ()), (5, 1), (-6, 1), ("a", 1), (1.0, 1), (slice(1, 2, 10**30), [3]), (slice(0, 5, 2), iter("xyz"))]: asg(s, v)
ex("l=[1]; del l[5]"); ex("l=[1]; del l['x']"); ex("l=[1,2]; del l[::0]"); ex("(1,)[0]=1"); ex("del (1,)[0]"); ex("'abc'[0]='x'"); ex("b=bytearray(3); b[0]=256"); ex("b=bytearray(3); b[0]='x'"); ex("b=bytearray(3); b[0:2]='x'"); ex("b=bytearray(4); b[::2]=b'x'"); ex("b=bytearray(4); b[1:2]=5;print(b)"); ex("memoryview(b'abc')[0]=1"); ex("m=memoryview(bytearray(3)); m[0:2]=b'abc'"); ex("m=memoryview(bytearray(3)); m[0]=300"); ex("m=memoryview(bytearray(3)); del m[0]"); ex("range(5)[0]=1"); ex("range(5)['x']"); ex("'abc'['x']"); ex("'abc'[1.5]"); ex("b'abc'[None]"); ex("(1,2)['a']"); ex("[][0]"); ex("()[0]"); ex("''[0]"); ex("b''[0]"); ex("range(0)[0]"); ex("{}[[]]"); ex("{1}[0]"); ex("5[0]"); ex("None[0]"); ex("int[0]"); ex("len[0]"); ex("(lambda:0)[0]"); ex("type[0]"); ex("list[0][0]=1"); ex("bytearray()[0]"); ex("memoryview(b'')[0]"); ex("[1][10**30]"); ex("'a'[10**30]")
