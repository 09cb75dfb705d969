"""types.SimpleNamespace: made from keywords and mappings, shown, compared, replaced."""

import copy
from types import SimpleNamespace


def tell(what, *args, **kwargs):
    try:
        print(what(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


one = SimpleNamespace(a=1, b="two")
print(one, one.a, vars(one), one == SimpleNamespace(b="two", a=1), one != SimpleNamespace(a=1), one == {"a": 1, "b": "two"})
one.c = one
del one.b
print(one, SimpleNamespace(), SimpleNamespace({"x": 1}, y=2), SimpleNamespace([("p", 1), ("q", 2)], p=3))
tell(SimpleNamespace, 1)
tell(SimpleNamespace, {1: 2})
tell(SimpleNamespace, {}, {})
tell(SimpleNamespace, None)
tell(lambda: SimpleNamespace(a=1).b)
tell(lambda: hash(SimpleNamespace()))
tell(lambda: SimpleNamespace(a=1) < SimpleNamespace(a=2))
tell(copy.replace, SimpleNamespace(a=1, b=2), b=3, c=4)
tell(copy.copy, SimpleNamespace(a=[1]))
tell(copy.deepcopy, SimpleNamespace(a=[1]))
print(SimpleNamespace.__name__, SimpleNamespace.__module__, SimpleNamespace, SimpleNamespace(a=1).__reduce__())


class Mine(SimpleNamespace):
    pass


print(Mine(a=1), Mine(a=1) == SimpleNamespace(a=1), Mine(a=1).__replace__(a=2), SimpleNamespace(**{"not a name": 1, "class": 2}))
