"""Subclasses of str, bytes and bytearray: attributes, overridden methods, and what the built-in methods give back."""


class S(str):
    def __new__(cls, text, tag=None):
        self = super().__new__(cls, text)
        self.tag = tag
        return self

    def __repr__(self):
        return f"S({str(self)!r}, {self.tag!r})"


s = S("héllo", 5)
print(s, repr(s), s.tag, len(s), s[1], s[1:3], type(s[:]), type(s + ""), type(s.upper()), type(str(s)), type(s.strip()))
print(s == "héllo", hash(s) == hash("héllo"), {s: 1}["héllo"], {"héllo": 2}[s], f"{s:>8}", "%s" % s, "{}".format(s))
s.other = [1]
print(s.other, s.__dict__, isinstance(s, str), s in ("héllo",), "".join([s]) == s, type("".join([s])))


class Loud(str):
    def __str__(self):
        return "LOUD"

    def __format__(self, spec):
        return f"<{spec}>"

    def __getitem__(self, key):
        return key

    def __eq__(self, other):
        return "never"

    __hash__ = str.__hash__

    def __add__(self, other):
        return "added"

    def __contains__(self, item):
        return True


x = Loud("quiet")
print(str(x), f"{x:3}", f"{x}", f"{x!s}", f"{x!r}", "%s" % x, x[7], x == 1, x + 1, 5 in x, "{:z}".format(x))
print(str.__str__(x), str.__getitem__(x, 0), x.upper(), repr(x))


class B(bytes):
    pass


b = B(b"abc")
b.note = "here"
print(b, b.note, type(b), b == b"abc", hash(b) == hash(b"abc"), type(b[:]), type(b + b""), b[0], B([1, 2]), B(3), B("é", "utf-8"))


class A(bytearray):
    def __init__(self, *args):
        super().__init__(*args)
        self.made = True


a = A(b"abc")
a.append(100)
a += b"e"
print(a, a.made, type(a), type(a[1:]), type(a.copy()), len(a))


class R:
    def __repr__(self):
        return S("from repr", 1)


class Wrong:
    def __repr__(self):
        return 1

    def __str__(self):
        return b"x"

    def __format__(self, spec):
        return None

    def __index__(self):
        return "x"

    def __float__(self):
        return 1


print(type(repr(R())), str(R()))
for call in (repr, str, format, ascii, hex, "abc".__getitem__, bytes, "a".__mul__):
    try:
        print(call(Wrong()))
    except TypeError as error:
        print(error)
