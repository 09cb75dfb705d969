"""`and`, `or`, `not`, conditional expressions, truth of every type."""


def yes(x):
    print("yes", x)
    return x


print(yes(0) or yes("b") or yes("c"))
print(yes(1) and yes([]) and yes("never"))
print(None or 0 or "" or [])
print(1 and "x" and [0])
print(not "", not [0])
print("a" if yes(1) else yes("unused"))
print(1 if 0 else 2 if 0 else 3)
for x in (0, 0.0, 0j, "", b"", (), [], {}, set(), range(0), None, False, frozenset()):
    print(bool(x), end=" ")
print()
for x in (1, -0.1, 1j, " ", b"\0", (0,), [[]], {0: 0}, {0}, range(1), True, object, len):
    print(bool(x), end=" ")
print()


class ByLen:
    def __len__(self):
        print("len")
        return 0


class ByBool:
    def __bool__(self):
        print("bool")
        return True

    def __len__(self):
        return 0


print(ByLen() and [] is None or "falsy", bool(ByBool()))


class Bad:
    def __bool__(self):
        return 1


try:
    if Bad():
        pass
except TypeError as error:
    print(error)
x = yes(0) or (yes(2) and yes(3))
print(x, (0 or 1) and (2 or 3), 0 or 1 and 2)
