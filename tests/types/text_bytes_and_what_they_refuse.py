"""Bytes, bytearrays and memoryviews: methods, items, slices, and the words of their errors."""


def show(expression):
    try:
        print(expression, "->", repr(eval(expression)))
    except BaseException as error:
        print(expression, "->", type(error).__name__, error)


for line in r"""
b"a".index(b"b")
bytearray(b"a").index(b"b")
b"a".find("a")
b"a".find(300)
b"a".find(-1)
b"a".count("a")
b"a".startswith("a")
b"a".startswith(("a",))
b"a".split("a")
b"a".split(b"")
b"a".strip("a")
b"a".strip(1)
b"a".center(5,"x")
b"a".center(5,b"xx")
b"a".center(5,1)
b"a".replace("a",b"b")
b"a".replace(b"a","b")
b"a".join([1])
b"a".join(["a"])
b"a".join(1)
b"a"+"a"
b"a"+1
b"a"+bytearray(b"b")
bytearray(b"a")+b"b"
b"a"*1.5
bytearray(b"a")[5]
bytearray(b"a")["a"]
"a" in b"a"
300 in b"a"
1.5 in b"a"
1.5 in bytearray(b"a")
bytes("a")
bytes("a","utf8")
bytes(1.5)
bytes([1,300])
bytes([1,"a"])
bytes(-1)
bytes(5,"utf8")
bytes(5,errors="utf8")
bytes(None)
bytes([1]) == bytearray([1])
bytes(1<<70)
bytearray([300])
bytearray("a")
bytearray(1.5)
bytearray(b"abc").append("a")
bytearray(b"abc").append(300)
bytearray(b"abc").extend("a")
bytearray(b"abc").extend(1)
bytearray(b"abc").extend([300])
bytearray(b"abc").extend(["a"])
bytearray(b"abc").insert(0,"a")
bytearray(b"abc").pop(5)
bytearray(b"").pop()
bytearray(b"abc").remove(5)
bytearray(b"abc").remove("a")
bytearray(b"abc").__setitem__(0,"a")
bytearray(b"abc").__setitem__(0,300)
bytearray(b"abc").__setitem__(5,3)
bytearray(b"abc").__setitem__("a",3)
bytearray(b"abc").__setitem__(slice(0,1),5)
bytearray(b"abc").__setitem__(slice(0,1),"a")
bytearray(b"abc").__setitem__(slice(0,3,2),b"a")
bytearray(b"abc").__delitem__(5)
bytearray(b"abc").__delitem__("a")
bytearray(b"abc").__iadd__("a")
bytearray(b"abc").__iadd__(1)
bytes.fromhex("ab cd")
bytes.fromhex("ab c")
bytes.fromhex("abxd")
bytes.fromhex("a bc")
bytes.fromhex(1)
bytes.fromhex(b"abcd")
b"\x01\x02\x03\x04".hex(":")
b"\x01\x02\x03\x04\x05".hex(":",2)
b"\x01\x02\x03\x04\x05".hex(":",-2)
b"\x01".hex("::")
b"\x01".hex("\xff")
b"abc".hex(sep="-", bytes_per_sep=0)
b"a" < "a"
b"a" < b"b"
b"a" == "a"
b"%d %s %r %a %b %c" % (1,b"x","y","z",b"w",65)
b"%s" % "a"
b"%s" % 5
b"%d" % "a"
b"%c" % 300
b"%c" % "a"
b"%c" % b"ab"
b"%x" % 1.5
b"%y" % 1
b"%(a)s" % {b"a":b"x"}
b"%(a)s" % {"a":b"x"}
bytearray(b"%d") % 5
repr(bytearray(b"it's"))
str(bytearray(b"a\"b'"))
bytearray(b"abc").reverse()
b"abc".translate(None,b"b")
b"abc".translate(b"x")
b"abc".translate("x")
b"abc".maketrans(b"a",b"xy")
b"a b".title()
b"abc".__getnewargs__()
b"abc".__bytes__()
bytes(memoryview(b"abc"))
memoryview(b"abc")[1]
memoryview(b"abc")[1:]
memoryview(b"abc")[::2].tobytes()
memoryview(b"abc").tolist()
memoryview("abc")
memoryview(b"abc").__setitem__(0,1)
memoryview(bytearray(b"abc")).__setitem__(0,300)
memoryview(bytearray(b"abc")).__setitem__(0,"a")
memoryview(bytearray(b"abc")).__setitem__(slice(0,2),b"abc")
memoryview(bytearray(b"abc")).__setitem__(9,3)
memoryview(b"abc")[9]
memoryview(b"abc")["a"]
memoryview(b"abc").nbytes, memoryview(b"abc").itemsize, memoryview(b"abc").format, memoryview(b"abc").shape, memoryview(b"abc").strides, memoryview(b"abc").ndim, memoryview(b"abc").readonly, memoryview(b"abc").obj
memoryview(b"abc") == b"abc"
hash(memoryview(b"abc")) == hash(b"abc")
hash(memoryview(bytearray(b"abc")))
len(memoryview(b"abc"))
memoryview(b"abc").hex()
memoryview(b"abc").cast("B")
memoryview(b"abcd").cast("I")[0]
memoryview(b"abc").cast("x")
memoryview(b"abc").c_contiguous
b"a".__iter__()
bytearray(b"a").__iter__()
memoryview(b"a").__iter__()
bytearray(b"abc").copy()
bytearray(b"abc").clear()
bytearray(3).resize(5)
b"abc".isalpha(), b"".isalpha(), b"aB".istitle(), b"Ab Cd".istitle()
bytes.__new__(int)
bytes(b"abc", "utf8")
bytes("abc", encoding="utf8", errors=5)
bytes(1,2,3,4)
bytes(x=1)
bytes(source=b"a")
b"".splitlines()
b"a\x0bb\r\nc".splitlines(True)
b"a\x0bb c".split()
b" a b ".rsplit(None,1)
sum(b"abc")
list(bytearray(b"ab"))
b"abc".endswith((b"c",b"d"))
b"a".ljust(3,bytearray(b"x"))
b"abc".expandtabs("a")
b"abc".find(b"c",-1,None)
b"ab".removeprefix("a")
b"abc".partition("b")
b"abc".partition(b"b")
bytearray(b"abc").partition(b"b")
b"a".decode("ascii", errors="strict")
""".strip().splitlines():
    show(line)
view = memoryview(bytearray(b"abc"))
view.release()
for line in ("view[0]", "bytes(view)", "len(view)", "view.tobytes()", "repr(view)[:9]", "view == b'abc'"):
    show(line)
with memoryview(b"x") as view:
    print(view[0])
show("view[0]")
