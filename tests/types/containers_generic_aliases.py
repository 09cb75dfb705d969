"""list[int] and int | str."""


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class C:
    def __class_getitem__(cls, item):
        return f"C[{item}]"


print(list[int], dict[str, int], tuple[int, ...], tuple[()], set["x"], frozenset[list[int]], list[None], type[C], C[3], enumerate[int])
print(list[int].__origin__, list[int].__args__, tuple[int, str].__args__, list[int].__parameters__, list[int]("ab"), dict[str, int](a=1))
print(list[int] == list[int], list[int] == list[str], hash(list[int]) == hash(list[int]), list[int] is not list, type(list[int]).__name__)
print(list[int].append, list[int].__name__, isinstance(list[int](), list))
attempt(lambda: isinstance([], list[int]))
attempt(lambda: issubclass(list, list[int]))
attempt(lambda: list[int][str])
attempt(lambda: int[str])
attempt(lambda: zip[int])
print(int | str, int | None, None | int, list[int] | None, int | str | int, (int | str) | float, int | int)
print(isinstance(3, int | str), isinstance(3.5, int | str), isinstance(None, int | None), issubclass(bool, int | str))
print((int | str).__args__, int | str == str | int, hash(int | str) == hash(str | int), type(int | str).__name__)
attempt(lambda: int | 3)


class D(list[int], dict if False else object):
    pass


print(D.__mro__, D.__orig_bases__, D([1]))
