"""True and False in arithmetic, bit operations, as keys."""

print(True + True, True * 5, -True, ~5, True == 1)
print(True & False, True | False, True ^ True, type(True & True).__name__, type(True & 1).__name__)
print({True: "a", 1: "b", 1.0: "c"}, [10, 20][True], hash(True) == hash(1))
print(str(True), repr(False), int(True), float(True), bool("False"), bool(0.0), f"{True:d} {True!s:>6}")
print(sum([True, False, True]), sorted([True, False, 2]), max(True, 0), True < 2)
print(not True, not 0, bool(), bool([]), isinstance(True, bool), isinstance(1, bool))
try:
    class B(bool):
        pass
except TypeError as error:
    print(error)
print(None is None, None == False, repr(None), str(None), type(None).__name__, bool(None))
try:
    None + 1
except TypeError as error:
    print(error)
try:
    None.x
except AttributeError as error:
    print(error)
