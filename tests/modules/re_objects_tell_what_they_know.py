# Patterns, matches and scanners: their attributes and methods, and what is wrong with a call.
import copy
import re
import warnings


def tried(function, *args, **keywords):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            print(ascii(function(*args, **keywords)))
        except Exception as error:
            print(type(error).__module__, type(error).__name__, ascii(str(error)))
    for warning in caught:
        print("   ", warning.category.__name__, warning.message)


print(type(re.compile("a")), re.Match, re.Pattern, type(re.compile("a").scanner("a")), type(re.finditer("a", "a")))
print([name for name in dir(re.compile("a")) if not name.startswith("__")])
print([name for name in dir(re.match("a", "a")) if not name.startswith("__")])
print([name for name in dir(re.compile("a").scanner("a")) if not name.startswith("__")])

pattern = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)(-\d\d)?")
print(pattern.pattern, pattern.flags, pattern.groups, pattern.groupindex, dict(pattern.groupindex), type(pattern.groupindex))
tried(lambda: pattern.groupindex.__setitem__("x", 1))
tried(setattr, pattern, "flags", 1)
tried(setattr, pattern, "x", 1)
match = pattern.search("on 2024-05, and 2025-06-07")
print(match, match.group(), match.group(0), match.group(1, "month", 3), match["year"], match[2], match[3])
print(match.groups(), match.groups("none"), match.groups(default=0), match.groupdict(), pattern.search("2025-06-07").groupdict("x"))
print(match.start(), match.end(), match.span(), match.start("month"), match.end(2), match.span(3), match.regs)
print(match.lastindex, match.lastgroup, match.pos, match.endpos, match.string, match.re is pattern)
print(pattern.search("2025-06-07").lastindex, pattern.search("2025-06-07").lastgroup)
print(re.match("(a)(b)?", "a").lastindex, re.match("((a)b)", "ab").lastindex, re.match("((a)(b))", "ab").lastindex, re.match("(?P<x>(a))", "a").lastgroup, re.match("a", "a").lastindex)
tried(setattr, match, "string", "x")
tried(setattr, match, "x", 1)
for key in [None, 4, -1, "x", "year", True, 1 << 70, [], 1.0, b"year"]:
    tried(match.group, key)
    tried(match.__getitem__, key)
    tried(match.start, key)
tried(match.span, 9)
tried(match.start, 0, 1)
tried(match.group, 1, 9)
tried(match.groups, 1, 2)
tried(match.groupdict, defaults=1)
for template in [r"\1/\2", r"\g<year>\g<2>", r"[\3]", r"\n\t\\", r"\.\-", "", 5, None, rb"\1", rb"x", r"\4", r"\g<day>"]:
    tried(match.expand, template)
tried(re.match(b"(a)", b"a").expand, rb"<\1>")
tried(re.match(b"(a)", b"a").expand, r"<\1>")
print(bool(match), copy.copy(match) is match, copy.deepcopy(match) is match, copy.copy(pattern) is pattern, copy.deepcopy(pattern) is pattern)
print(re.Pattern[str], re.Match[bytes], re.match("a*", "a" * 100), re.match("é*", "é" * 60), re.match(b"a", b"ab"))

same = re.compile("(a)", re.I)
re.purge()
again = re.compile("(a)", re.I)
print(same is again, same == again, hash(same) == hash(again), same != re.compile("(a)"), same == re.compile(b"(a)", re.I), same == "(a)", re.compile("x") is re.compile("x"))
print(re.compile(pattern) is pattern, len({same, again}))
tried(re.compile, pattern, re.I)
tried(re.compile, pattern, 0)
tried(re.match, pattern, "2024-01", re.I)
tried(lambda: pattern < pattern)
tried(re.Pattern)
tried(re.Match)
tried(re.Pattern.match, 5, "a")

digits = re.compile(r"\d+")
for method in ["match", "fullmatch", "search", "findall"]:
    for args in [("12ab34",), ("12ab34", 1), ("12ab34", 2), ("12ab34", 4), ("12ab34", 4, 5), ("12ab34", 0, 2), ("12ab34", -5), ("12ab34", 99), ("12ab34", 5, 3), ("12ab34", 0, -1), ("12ab34", 1 << 60)]:
        tried(getattr(digits, method), *args)
found = digits.search("12ab34", 1, 5)
print(found.pos, found.endpos, found.span(), digits.search("12", -3, 99).pos, digits.search("12", -3, 99).endpos)
tried(digits.match, string="1", pos=0, endpos=1)
tried(digits.match)
tried(digits.match, "1", 2, 3, 4)
tried(digits.match, "1", "2")
tried(digits.match, "1", 1 << 70)
tried(digits.split, "1", maxsplit="x")
tried(digits.sub, "x")
tried(digits.sub, "x", "1 2", count=1)
tried(digits.subn, repl="x", string="1 2")
tried(digits.scanner, "1", 0, 1, 2)

scanner = re.compile(r"\w|(?=-)").scanner("a-b", 0, 3)
print(scanner.pattern, scanner.match(), scanner.match(), scanner.match(), scanner.search(), scanner.match(), scanner.search(), scanner.search())
iterator = re.finditer("a", "xaax")
print(iter(iterator) is iterator, next(iterator), next(iterator), next(iterator, None), next(iterator, None))
print([m.span() for m in re.compile("a?").finditer("baac", 1, 3)])

for function, args, keywords in [
    (re.sub, ("a", "b", "aa", 1), {}), (re.sub, ("a", "b", "aA", 0, 2), {}), (re.sub, ("a", "b", "aA", 1), {"flags": 2}), (re.sub, ("a", "b", "a", 1, 2), {"flags": 2}),
    (re.sub, ("a", "b", "a", 1), {"count": 2}), (re.sub, ("a", "b", "a", 1, 2, 3), {}), (re.sub, ("a", "b", "aA"), {"count": 1, "flags": 2}), (re.sub, ("a", "b"), {}), (re.sub, (), {}),
    (re.subn, ("a", "b", "aa", 1), {}), (re.subn, ("a", "b", "aa"), {"count": 1}), (re.split, ("a", "bab", 1), {}), (re.split, ("a", "bab", 1, 2), {}), (re.split, ("a", "b", 1, 2, 3), {}),
    (re.split, ("a", "b", 1), {"maxsplit": 2}), (re.split, ("a",), {}), (re.split, ("a", "babab"), {"maxsplit": 1}), (re.match, (), {}), (re.match, ("a",), {}), (re.match, ("a", "a", 0, 0), {}),
    (re.compile, (), {}), (re.compile, ("a", 0, 0), {}), (re.purge, (1,), {}), (re.purge, (), {}), (re.match, (), {"pattern": "a", "string": "a"}), (re.findall, ("a", 5), {}), (re.search, ("a", None), {}),
    (re.match, ("a", b"a"), {}), (re.match, (b"a", "a"), {}), (re.fullmatch, (b"a", bytearray(b"a")), {}), (re.match, (b"a", memoryview(b"a")), {}), (re.compile, (5,), {}), (re.compile, (None,), {}),
    (re.compile, ([],), {}), (re.compile, (bytearray(b"a"),), {}), (re.escape, (5,), {}), (re.escape, ("",), {}), (re.escape, ("a-b c\u1234#\n\x00\ud800",), {}), (re.escape, (b"a.b\xff~&",), {}),
    (re.escape, ("".join(map(chr, range(128))),), {}), (re.sub, ("a", 5, "a"), {}), (re.sub, ("a", None, "b"), {}), (re.sub, ("a", b"x", "a"), {}), (re.sub, ("a", b"x", "b"), {}), (re.sub, (b"a", "x", b"a"), {}),
    (re.sub, ("(a)", rb"\1", "a"), {}), (re.sub, (b"(a)", r"\1", b"a"), {}), (re.sub, (b"(a)", bytearray(rb"\1x"), b"a"), {}), (re.sub, (b"a", memoryview(b"x"), bytearray(b"abc")), {}), (re.split, (b"a", bytearray(b"bac")), {}),
    (re.sub, ("a", lambda m: 5, "xa"), {}), (re.sub, ("a", lambda m: None, "xax"), {}), (re.sub, ("a", lambda m: b"x", "xaya"), {}), (re.sub, (b"a", lambda m: "x", b"xaya"), {}), (re.sub, ("a", str.upper, "a"), {}),
]:
    tried(function, *args, **keywords)
tried(lambda: re.compil)
tried(lambda: re.template)
print(re.__name__, re.__version__, re.match.__name__, re.match.__module__, callable(re.Scanner))
text = "no match here"
print(re.sub("x", "y", text) is text, re.split("x", text)[0] is text, re.match(".*", text).group() is text)


class Text(str):
    pass


print(type(re.match(".*", Text("ab")).group()), type(re.sub("x", "y", Text("ab"))), type(re.match(".*", Text("ab")).string), re.compile(Text("a")).pattern, re.findall(Text("a"), "aa"))
