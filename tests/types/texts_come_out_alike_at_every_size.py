"""Formatted texts around every size at which they are made another way; characters, comparisons and keys of all widths."""

import hashlib


class Text(str):
    def __format__(self, spec):
        return "format of " + repr(spec)

    def __str__(self):
        return "str of Text"


class Always(str):
    """Equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Number(int):
    def __format__(self, spec):
        return "number under " + repr(spec)


class Plain(int):
    pass


def digest(texts):
    return hashlib.md5("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


# Widths around the sizes of what lies on the stack, and around those of words.
WIDTHS = [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 128, 255, 256, 257, 300, 4095, 4096, 4097, 5000]
VALUES = [0, 7, -7, 10, 99, 100, -100, 12345, 2**47, -(2**47), 2**63, 2**200, True, 0.5, -2.75, 1e300, "", "a", "é", "€", "😀", "ab", "naïve"]
for value in VALUES:
    made, kinds = [], set()
    for width in WIDTHS:
        for fill in ("", "*<", "*>", "*^", "é^", "😀>", "0=" if not isinstance(value, str) else "<"):
            text = format(value, fill + str(width or ""))
            made.append(text)
            kinds.add(len(text) - max(width, len(str(value))))
            assert text == "{:{}}".format(value, fill + str(width or "")), (value, fill, width)
            assert text == ("{:" + fill + str(width or "") + "}").format(value)
        made.append("<%*s|%-*s>" % (width, value, width, value))
        if not isinstance(value, str):
            made.append("%0*d %+*d %-*d|" % (width, value, width, value, width, value))
            made.append("%.*f %*.2e" % (width % 40, value, width, value))
    print(repr(value)[:20], len(made), digest(made), sorted(kinds)[:3])

# Pieces that add up to more than a few bytes, at any point.
for size in (0, 1, 100, 254, 255, 256, 257, 258, 1000, 4096, 5000):
    filler = "x" * size
    texts = [
        "%s%d%s" % (filler, 5, filler),
        "{}{:>3}{!r}".format(filler, 7, filler),
        f"{filler}{size:,}{size:_x}{-size:=+9}",
        (filler + "%%%c%r" + filler) % ("é", filler),
        (filler + "{{}}{0:é>4}" + filler).format(1),
        ("%s" + filler + "%5.1f") % (filler, size / 3),
    ]
    as_bytes = (b"%s%d%b" + filler.encode()) % (filler.encode(), size, b"\xff")
    print(size, [len(text) for text in texts], digest(texts), len(as_bytes), as_bytes[-3:])

print(format(Text("x"), "5"), f"{Text('x'):5}", "{:5} {!s:12}|".format(Text("x"), Text("x")), "%5s" % Text("x"))
print(f"{Number(3):5}", "{:5}".format(Number(3)), "%5d" % Number(3), f"{Plain(3):5}|", "{:05}".format(Plain(-3)), f"{Plain(3)}")
print(f"{True:5}|{True}|{False:d}|{None}|{None!r:>6}|{1.5}|{1.5:}|{'é':>3}|{3+4j:.1f}")
for value, spec in [(1, "s"), (1.5, "d"), ("a", "d"), ("a", "="), ("a", "+"), (1, ".2"), (1, "5é5"), (1, "99999999999999999999"), ("a", ",")]:
    for way in (lambda: format(value, spec), lambda: ("{:" + spec + "}").format(value)):
        try:
            print(way())
        except ValueError as error:
            print(type(error).__name__, error)
for template, args in [("%d", ("a",)), ("%5.2f", ("a",)), ("%c", (300000000,)), ("%z", (1,)), ("%s", ()), ("%s", (1, 2)), ("%(a)5d|", {"a": 3})]:
    try:
        print(template % args)
    except (ValueError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)

# Numbers of every length.
print(digest([str(sign * (10**n + k)) for n in range(25) for k in (-1, 0, 1, 37) for sign in (1, -1)]))
print(digest([f"{10**n + k:d}{-(10**n) - k:,}{10**n / 7:.{n % 16}f}" for n in range(18) for k in (-1, 0, 1, 37)]))

# Characters by position, of all widths and from both ends.
for text in ("", "a", "abc", "é", "aé", "éa", "€uro", "a😀b", "\ud800x", Text("abc"), "x" * 300 + "é"):
    found = []
    for at in (0, 1, 2, -1, -2, -3, 300, -301, 2**70, True):
        try:
            found.append(text[at])
        except IndexError as error:
            found.append(str(error))
    print(ascii(found))
print("abc"[0] is "xay"[1], type(Text("abc")[1]).__name__)

# Membership and comparison, where subclasses have a say and where they have none.
row = ("<=", "", "é", "longer than a word of eight", 5, None, 1.0)
for item in ("<=", ">=", "", "é", "e", "longer than a word of eight", "longer than a word of nine!", 1, True, Always("z"), Text("<=")):
    print(repr(item), item in row, item in list(row), row.count(item), [*row, item].index(item))
print("q" in (Always("a"),), ["a", Always("b")].index("zz"), "a" == Always("b"), "a" != Always("b"), Always("b") == "a")
words = ["", "a", "b", "ab", "abc", "abcd", "abcdefgh", "abcdefgi", "abcdefghijklmnopq", "é", "éa", "€", "😀", "\ud800", "\uffff"]
print("".join("<=>"[(x > y) - (x < y) + 1] for x in words for y in words))
print(sum(x <= y for x in words for y in words), sum((x, 1) < (y, 0) for x in words for y in words))

# Keys that are equal without being the same.
counts = {}
for size in range(70):
    for letter in "aé€😀":
        key = letter * size
        counts[key] = counts.get(key, 0) + 1
        assert counts.setdefault((letter + " ") [:1] * size, None) == counts[key]
        assert ("-" + key)[1:] in counts and counts[("-" + key)[1:]] == counts[key]
        assert counts.setdefault(len(key), []) is counts[size]
print(len(counts), counts[""], counts.get("nothing"), counts.get((1, 2), "none"))
pairs = {(x, y): x * y for x in range(-30, 30) for y in range(-3, 3)}
print(sum(pairs.get((x, y), 1000) for x in range(-40, 40) for y in range(-4, 4)), hash((-1, -1)) == hash((-2, -2)), hash((-1, -2)))
print(hash((2**47 - 1, -(2**47))), hash((0, 1)), hash((True, 1)) == hash((1, 1)), hash((1.0, 2)) == hash((1, 2)))
