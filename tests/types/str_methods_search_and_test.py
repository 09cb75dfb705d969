"""find, index, count, in, startswith, endswith, is-tests."""

s = "the cat sat on the mat"
print(s.find("at"), s.rfind("at"), s.find("dog"), s.find("at", 6), s.find("at", 6, 8), s.find(""), s.rfind(""))
print(s.index("cat"), s.rindex("the"), s.count("at"), s.count("the", 1), s.count(""), "aaaa".count("aa"))
print("cat" in s, "" in s, "dog" not in s, s.startswith("the"), s.startswith(("a", "th")), s.startswith("cat", 4))
print(s.endswith("mat"), s.endswith(("x", "at")), s.endswith("cat", 0, 7))
print("abc".isalpha(), "ab1".isalnum(), "12".isdigit(), "١".isdecimal(), "²".isdigit(), "½".isnumeric(), "".isalpha())
print("ab".islower(), "AB".isupper(), "Ab Cd".istitle(), " \t".isspace(), "a_b1".isidentifier(), "1a".isidentifier(),
      "abc".isascii(), "é".isascii(), "a\n".isprintable(), "class".isidentifier())
print(s[0], s[-1], s[4:7], s[::-1], s[::5], s[100:], s[-3:], s[5:2], s[2:5:-1], len(s))
for bad in ("s.index('dog')", "s[100]", "s['a']", "s[1.0]", "s.find(1)", "s.startswith(1)", "'a' + 1", "1 + 'a'", "'a' * 'b'",
            "'a' - 'b'", "s.count()", "s.nothing", "'a'.join([1])", "'a'.join(5)"):
    try:
        eval(bad)
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    s[0] = "x"
except TypeError as error:
    print(error)
try:
    del s[0]
except TypeError as error:
    print(error)
