"""With tuples, unions, and classes that answer for themselves."""


class Meta(type):
    def __instancecheck__(cls, instance):
        return instance == 42

    def __subclasscheck__(cls, sub):
        return sub is int


class Answer(metaclass=Meta):
    pass


print(isinstance(42, Answer), isinstance(41, Answer), issubclass(int, Answer), issubclass(str, Answer))
print(isinstance(1, int), isinstance(True, int), isinstance(1, (str, int)), isinstance(1, (str, (float, int))), isinstance("a", int | str), isinstance(None, int | None))
print(issubclass(bool, (str, int)), issubclass(int, int), issubclass(int, object), issubclass(ValueError, Exception), issubclass(int, int | str))
print(isinstance(int, type), isinstance(type, type), isinstance(len, type(len)), isinstance([], object))


class A:
    pass


class Fake:
    @property
    def __class__(self):
        return A


print(isinstance(Fake(), A), type(Fake()).__name__, isinstance(A(), Fake))
for bad in ("isinstance(1, 'int')", "isinstance(1)", "issubclass(1, int)", "issubclass(int, 1)", "isinstance(1, [int])", "isinstance(1, (int, 'x')) and isinstance('a', (int, 'x'))", "isinstance([], list[int])"):
    try:
        eval(bad)
    except TypeError as error:
        print(error)
