"""The singletons."""

print(None, ..., NotImplemented, type(None).__name__, type(...).__name__, type(NotImplemented).__name__)
print(type(None)() is None, type(...)() is ..., bool(...), hash(None) == hash(None))
try:
    bool(NotImplemented)
except TypeError as error:
    print(error)
print([None] * 2, {None: 1}, None in [None], repr(...), str(Ellipsis))
for bad in ("None = 1", "None += 1", "True = 0", "... = 1", "f() = 1", "1 = x", "__debug__ = 1", "del None", "(x for x in y) = 1"):
    try:
        exec(bad)
    except SyntaxError as error:
        print(error.msg)
for bad in ("n()", "n[0]", "len(None)", "iter(None)", "None < 1", "-None", "None.x", "for_ in None"):
    try:
        eval(bad, {"for_": 1, "n": None})
    except Exception as error:
        print(type(error).__name__, error)
def nothing():
    pass
print(nothing(), nothing() is None)
