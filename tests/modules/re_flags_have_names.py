# The flags are an enum that lives in the module; patterns show them.
import re

print(re.__all__)
for flag in re.RegexFlag:
    print(repr(flag), flag.value, str(flag), flag.name)
print(repr(re.I | re.M), str(re.I | re.M), re.NOFLAG, repr(re.RegexFlag(1 << 20)), repr(re.RegexFlag(512 | 2)))
print(re.A is re.ASCII, re.I is re.IGNORECASE, re.L is re.LOCALE, re.M is re.MULTILINE)
print(re.S is re.DOTALL, re.U is re.UNICODE, re.X is re.VERBOSE, re.DEBUG)
print(isinstance(re.I, int), re.I & re.M, re.I ^ re.I, ~re.I & re.I, re.I | 8, 2 | re.M, bool(re.NOFLAG))
print(type(re.I | re.M), type(re.I).__module__, type(re.I).__qualname__)
print(re.RegexFlag(34), list(re.I | re.X), re.I in (re.I | re.X), hash(re.I) == hash(2))

for pattern, flags in [
    ("a", 0), ("a", re.I), ("a", re.I | re.M | re.S | re.X), ("a", re.A), ("a", re.U), ("a", 2), ("a", True), ("a", 1 << 13),
    (b"a", 0), (b"a", re.L), (b"a", re.L | re.I), (b"a", re.A), ("(?i)a", 0), ("(?ims)a", re.X), ("(?x) a # b", 0),
    ("(?a)a", 0), ("(?u)a", 0), ("(?i:a)", 0), (b"(?L)a", 0), ("'", 0), ('"\'', 0), ("\n", 0), ("é\ud800", 0), ("", 0),
]:
    compiled = re.compile(pattern, flags)
    print(ascii(compiled), compiled.flags, type(compiled.flags).__name__)
print(repr(re.compile("a" * 300)))
print(repr(re.compile("a" * 300, re.I)))

for flags in [re.L, re.A | re.U, re.A | re.L, -1, 1 << 40, -(1 << 40), "x", 1.5, None, []]:
    for pattern in ["a", b"a"]:
        try:
            print(ascii(re.compile(pattern, flags)))
        except Exception as error:
            print(pattern, flags, type(error).__name__, error)
try:
    re.compile(b"a", re.U)
except ValueError as error:
    print(error)
for pattern in ["(?au)a", "(?L)a", "(?a-u:a)", "(?i-i:a)", "(?a)(?u)a", "(?-i)a", "(?-)a", "(?i", "(?i-", "(?i-m", "(?z)", "(?iz)", "(?i-z:a)", "(?-a:a)", "(?i1)", "(?i-1)", "(?t)", "a(?i)", "(a(?i))", "(?i)(?m)a", "|(?i)", "(?#c)(?i)a", "(?i:(?m)a)"]:
    try:
        print(ascii(re.compile(pattern)))
    except Exception as error:
        print(pattern, type(error).__name__, error)
for pattern in [b"(?u)a", b"(?u:a)", b"(?aL)a", b"(?a:(?L:a))", b"(?L)(?a)"]:
    try:
        print(re.compile(pattern))
    except Exception as error:
        print(pattern, type(error).__name__, error)
