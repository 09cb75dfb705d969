"""`type`, `isinstance` with built-ins, names and reprs of types and functions."""

for thing in (1, 1.0, 1j, "s", b"b", [], (), {}, set(), frozenset(), None, ..., True, range(1), slice(1), type, object, len,
              lambda: 0, (i for i in ()), iter([]), iter(()), iter({}), iter(""), iter(set()), iter(range(1)), zip(), map(len, ()), filter(None, ()),
              enumerate(()), reversed([]), property(), staticmethod(len), classmethod(len), super, [].append, "".join, {}.keys(), ValueError(), NotImplemented, print, bytearray(), memoryview(b"")):
    print(type(thing).__name__, end=" ")
print()
print(int, str, type, object, ValueError, list[int] if False else type(None), type(len), type(lambda: 0))


class A:
    pass


class B(A):
    pass


print(A, type(A), B.__bases__, A.__mro__, object.__bases__, type.__mro__)
print(type(B()) is B, type(B()) == A, isinstance(B(), A), isinstance(A, type), issubclass(B, A), issubclass(bool, int), isinstance(1, object))
print(A.__name__, A.__qualname__, A.__module__, int.__module__, A.__dict__.get("x"), type(A.__dict__).__name__)
for bad in ("isinstance(1, 5)", "issubclass(1, int)", "type()", "type(1, 2)", "type('X', 5, {})", "class_()", "int.x", "A.x", "A().x", "object().x", "B(1)", "A + A", "A < A", "A[0]", "-A()", "len(A())"):
    try:
        eval(bad)
    except Exception as error:
        print(type(error).__name__, error)
print(len, print, [].append.__name__, "".join.__qualname__, len.__name__, int.__add__.__name__, len.__doc__ is not None)
try:
    int.x = 1
except TypeError as error:
    print(error)
try:
    class L(list, dict):
        pass
except TypeError as error:
    print(error)
