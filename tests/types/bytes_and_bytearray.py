"""Literals, indexing, methods, bytearray mutation, memoryview basics."""

b = b"hello\x00\xff"
print(b, b[0], b[-1], b[1:3], len(b), list(b[:3]), b + b"!", b * 2, b"ell" in b, 104 in b)
print(bytes(3), bytes([1, 2]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(), bytes.fromhex("00ff 10"))
print(b.hex(), b.find(b"l"), b.count(b"l"), b.replace(b"l", b"L"), b.split(b"l"), b"a,b".split(b","), b"-".join([b"x", b"y"]))
print(b"AbC".lower(), b"AbC".upper(), b" x ".strip(), b"ab".startswith(b"a"), b"12".isdigit(), b"a'b", b'a"b', b"\t\n\\")
print(b"a" < b"b", b"a" == "a", b"abc" == bytearray(b"abc"), hash(b"a") == hash(b"a"), b"abc"[::-1], b"%d %s" % (1, b"x"))
a = bytearray(b"abc")
a[0] = 65
a.append(100)
a.extend(b"ef")
a[1:3] = b"__"
del a[0]
print(a, a.pop(), len(a), bytes(a), a.decode(), a + b"x", bytearray(2), a.upper())
a.reverse()
a.insert(0, 33)
a += b"?"
print(a, list(a[:2]), a.index(b"?"))
m = memoryview(b"abcdef")
print(m[0], bytes(m[1:3]), len(m), m.tolist()[:2])
for bad in ("bytes([256])", "bytes(['a'])", "bytes('x')", "b'a' + 'b'", "b[100]", "bytes(-1)", "bytearray([300])", "b'é'" if False else "bytes.fromhex('0')", "b'a'.join(['x'])"):
    try:
        eval(bad)
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
try:
    b[0] = 1
except TypeError as error:
    print(error)
try:
    a[0] = 256
except ValueError as error:
    print(error)
