"""Default and custom text of objects."""


class Plain:
    pass


class Custom:
    def __repr__(self):
        return "Custom()"


class StrOnly:
    def __str__(self):
        return "only str"


print(repr(Plain())[:26], str(Plain()).startswith("<__main__.Plain object at 0x"))
print(repr(Custom()), str(Custom()), f"{Custom()}", format(Custom()))
print(str(StrOnly()), repr(StrOnly())[:27], [StrOnly()].__repr__()[:28])
print(ascii("é\n"), ascii([1, "ü"]), repr("x"), str("x"))
print(repr(Plain), repr(Plain.__init__)[:30], str(lambda: 0)[:20], repr(Custom().__repr__)[:40])
print(format(3.14159, ".2f"), format("x", ">4"), format(5), format(True, "d"))
for bad in ("format(Custom(), 'x')", "repr()", "str(1, 2, 3, 4)", "str('a', 'b')", "format()", "ascii()"):
    try:
        eval(bad)
    except TypeError as error:
        print(error)


class BadRepr:
    def __repr__(self):
        return None


try:
    repr(BadRepr())
except TypeError as error:
    print(error)


class BadFormat:
    def __format__(self, spec):
        return 3


try:
    format(BadFormat())
except TypeError as error:
    print(error)


def f():
    class Local:
        pass

    return Local


print(f(), f().__qualname__)
