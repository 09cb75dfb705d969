"""split, join, strip, replace, case, padding, translate, partition."""

print("a b  c ".split(), "a,b,,c".split(","), "a b c d".split(None, 2), "a,b,c".rsplit(",", 1), "".split(), "".split(","))
print("  x y\t\n".split(), "one--two".split("--"), "abc".split("z"), " a b ".rsplit(), "a  b".split(" "))
print("l1\nl2\r\nl3\rl4\n".splitlines(), "a\nb".splitlines(True), "".splitlines(), "\n".splitlines())
print(", ".join(["a", "b"]), "".join("xyz"), "-".join([]), "+".join(("1",)), "ab".join("cd"))
print("  x ".strip() + "|", "  x ".lstrip() + "|", "  x ".rstrip() + "|", "xxabcxx".strip("x"), "abcba".strip("ab"), "www.x".lstrip("w."))
print("aXbX".replace("X", "-"), "aaa".replace("a", "b", 2), "abc".replace("", "."), "abc".replace("z", "y"))
print("Hello World".upper(), "Hello".lower(), "hello world".title(), "hELLO".capitalize(), "Hello".swapcase(), "Straße".casefold(), "ß".upper())
print("x".center(5) + "|", "x".center(6, "*"), "x".ljust(4, ".") + "|", "x".rjust(4) + "|", "42".zfill(5), "-42".zfill(6), "+x".zfill(4))
print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("z"), "abc".rpartition("z"))
print("prefix.name".removeprefix("prefix."), "name.py".removesuffix(".py"), "abc".removeprefix("z"))
print("hello".translate({ord("l"): "L", ord("h"): None}), "abc".translate(str.maketrans("ab", "xy", "c")), "a\tb".expandtabs(4) + "|")
print("%s and %r and %d%%" % ("a", "b", 3), "%(k)s-%(n)03d" % {"k": "v", "n": 7}, "%5s|%-5s|%.2s" % ("ab", "cd", "efg"), "%x %o %X %c %c" % (255, 8, 255, "z", 65))
print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{name:>5}".format(name="x"), "{0[1]} {1.real} {{}}".format([1, 2], 3), "{:{w}.{p}f}".format(3.14159, w=8, p=2))
print("ab" * 3, 2 * "x", "a" * 0, "a" * -1, "a" "b", "abc" < "abd", "Z" < "a", "" < "a", "é" > "z")
print("hello".encode(), "é".encode("latin-1"), "é€😀".encode("utf-8"), "x".encode("ascii"), "abc".encode("utf-16-le"))
for bad in ("'é'.encode('ascii')", "'%d' % 'x'", "'%s %s' % 1", "'%s' % (1, 2)", "'{}'.format()", "'{a}'.format()", "'a'.center('x')",
            "'a'.split('')", "'{:d}'.format('x')", "'%y' % 1", "'{'.format()", "'}'.format()", "'a'.encode('nope')"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
