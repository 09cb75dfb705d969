"""`print` with sep, end, file, flush; `str` of everything it is given."""

import sys

print()
print(1, "a", None, [1, "b"], sep=", ")
print("no newline", end="")
print(" then", end="!\n")
print("a", "b", sep="")
print("x", sep="-", end="\n\n")
print("to stdout", file=sys.stdout, flush=True)
print(*range(5), sep="\n")
print("é", "日本", "😀")
print("tab\there", "nul\0byte")


class Writer:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        self.parts.append("<flush>")


w = Writer()
print("one", 2, file=w)
print("three", end="", file=w, flush=True)
print(w.parts)


class Both:
    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


print(Both(), [Both()], f"{Both()}", "%s %r" % (Both(), Both()))
print(sep="x")
print("sep None", 1, sep=None, end=None)
for bad in ("print(1, sep=2)", "print(1, end=3)", "print(nope=1)", "print(file=5)"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)


class BadStr:
    def __str__(self):
        return 5


try:
    print(BadStr())
except TypeError as error:
    print(error)
print("last line without a newline", end="")
