# Every complaint about a pattern or a template, with its place.
import re

PATTERNS = [
    "\\", "a\\", "(\\", "[\\", "*\\", "(", "a(b", "(a(b)", ")", "a)b", "())", "(?", "(?P", "(?P<", "(?P<>", "(?P<>a)", "(?P<a", "(?P<a)", "(?P<1>a)",
    "(?P<a b>c)", "(?P<é>c)", "(?P<a-b>c)", "(?P<\ud800>c)", "(?P<a>b)(?P<a>c)", "(?P<a>(?P<a>b))", "(?P=", "(?P=)", "(?P=a", "(?P=a)", "(?P=1)", "(?P<a>(?P=a))", "(?P!a)",
    "(?P\\d)", "(?Px", "(?<", "(?<a", "(?<a>b)", "(?<\\d)", "(?;a)", "(?\\d)", "(?%", "(?é", "(?=", "(?=a", "(?!a", "(?<=a", "(?<!a", "(?:a", "(?>a", "(?#", "(?#a", "a(?#b",
    "(?(", "(?(1", "(?(1)", "(?()a)", "(?(1)a", "(?(1)a|b", "(?(1)a|b|c)", "(?(0)a)", "(?(00)a)", "(?(2)a)(b)", "(?(01)a)(b)", "(?(x)a)", "(?(x y)a)", "(?(-1)a)", "(?(1)a)",
    "(?(999999999999)a)", "(a)(?(1)b|c|d)", "(?(é)a)", "(?(a", "(?P<a>b)(?(a)c|d|e)",
    "*", "+", "?", "*a", "a|*", "(*)", "(?:*)", "(+a)", "^*", "$+", "\\b*", "\\A{2}", "\\Z?", "a**", "a*+*", "a*?*", "a+*", "a{2}{3}", "a{1,2}??*", "a??+", "a{2}?{3}", "(?i)*", "{2}", "a|{2}", "(?#c)*",
    "a{3,2}", "a{10,1}b", "ab{2,1}", "a{4294967295}", "a{4294967296}", "a{1,99999999999}", "a{99999999999,}", "a{4294967294}",
    "[", "[a", "[^", "[^]", "[]", "[]a", "[a-", "[a-]", "[a\\]", "[b-a]", "[é-a]", "[a-\\d]", "[\\d-a]", "[\\w-\\d]", "[z-\\x61]", "[\\x7a-a]", "[\ud801-\ud800]", "x[^b-a]y",
    "\\1", "(\\1)", "(a)\\2", "(a\\1)", "\\9", "\\10", "(a)\\10", "\\400", "\\777", "\\377", "\\08", "[\\400]", "[\\8]", "[\\9a]", "[\\1]", "[\\777]",
    "\\x", "\\x1", "\\xg1", "[\\x]", "[\\x1]", "\\u", "\\u123", "\\u12g4", "[\\u1]", "\\U", "\\U0001", "\\U00110000", "[\\U00110000]", "\\UFFFFFFFF", "\\N", "\\N{", "\\N{}", "\\N{x", "\\N{no such name}", "\\N{DIGIT ONE}", "[\\N]", "[\\N{}]", "[\\N{x}]", "\\N{\ud800}",
    "\\c", "\\e", "\\g", "\\q", "\\Q", "\\C", "\\E", "\\R", "\\X", "\\p", "\\pL", "\\y", "\\h", "[\\A]", "[\\Z]", "[\\B]", "[\\z]", "[\\q]", "[\\b]", "\\-", "\\é", "\\ ", "\\_",
    "(?<=a*)b", "(?<=a|bc)d", "(?<!a+)b", "(?<=(a)\\1*)b", "(a*)(?<=\\1)b", "(?<=a{2})b", "(?<=a{2,3})b", "(?<=(?(1)a|bc))(x)", "(a)(?<=(?(1)b|cd))", "(a)(?<=(?(1)b))", "(?<=(a)\\1)", "(?<=(?P<x>a)(?P=x))", "(?<=(?(1)a))(b)", "(?<=(a\\1))", "(?<=(a)(?(1)b|c))",
    "(?<=(?=a*)b)", "(?<=\\b)", "(?<=^)", "(?<=(?:ab|cd))e", "(?<=(?<=a*)b)", "(?:(?<=a?)b){0}",
    "a\n(b", "a\nb\n  [", "(\n\n*", "\n\n\n)", "(?x) a # (\n (", "(?x)\n#\\",
]
for pattern in PATTERNS:
    try:
        print(ascii(re.compile(pattern)))
    except re.PatternError as error:
        print(ascii(pattern), "|", ascii(str(error)), "|", ascii(error.msg), error.pos, error.lineno, error.colno, error.pattern is pattern)
    except Exception as error:
        print(ascii(pattern), type(error).__name__, ascii(str(error)))

for pattern in [b"(", b"\\u1234", b"\\U0001F600", b"\\N{DIGIT ONE}", b"[\\u0041]", b"(?P<\xe9>a)", b"(?P=\xe9)", b"(?(\xe9)a)", b"(?P<a\xff b>c)", b"\\\xe9", b"[\xe9-a]", b"(?\xe9)", b"(?P\xe9)", b"\n\n(", b"a{2,1}", b"\\xe", b"(?i\xe9)"]:
    try:
        print(re.compile(pattern))
    except re.PatternError as error:
        print(pattern, "|", error, "|", error.msg, error.pos, error.lineno, error.colno)

for template in ["\\", "a\\", "\\x", "\\q", "\\Z", "\\g", "\\g<", "\\g<1", "\\g<>", "\\g<x>", "\\g<1a>", "\\g<a b>", "\\g<-1>", "\\g< 1>", "\\g<2>", "\\g<3>", "\\3", "\\9", "\\99", "\\100", "\\400", "\\777", "\\8a", "\\g<99999999999>", "\\g<é>", "\\g<\ud800>", "a\n\\g<", "\\u1234", "\\N{DIGIT ONE}", "\\d"]:
    try:
        print(ascii(re.sub("(?P<n>a)(b)?", template, "ab a")))
    except re.PatternError as error:
        print(ascii(template), "|", ascii(str(error)), "|", ascii(error.msg), error.pos, error.lineno, error.colno, error.pattern is template)
    except Exception as error:
        print(ascii(template), type(error).__name__, ascii(str(error)))
for template in [b"\\x", b"\\g<\xe9>", b"\\g<x>", b"\\7"]:
    try:
        re.sub(b"(a)", template, b"a")
    except Exception as error:
        print(template, type(error).__name__, error)

error = re.error("message")
print(repr(error), error.msg, error.pattern, error.pos, error.lineno, error.colno, error.args)
error = re.PatternError("message", "ab\ncd", 4)
print(repr(error), error.msg, error.pattern, error.pos, error.lineno, error.colno, error.args)
error = re.PatternError("message", b"ab\ncd", 1)
print(repr(error), error.lineno, error.colno)
print(re.error is re.PatternError, re.PatternError.__module__, re.PatternError.__qualname__, re.PatternError.__mro__)
