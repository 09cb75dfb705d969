"""Which special methods a mock can stand for, and what each answers until it is told otherwise."""

from ._mock_calls import DEFAULT

_ARITHMETIC = "add sub mul matmul truediv floordiv mod lshift rshift and xor or pow divmod".split()
_NUMERICS = {f"__{prefix}{name}__" for name in _ARITHMETIC for prefix in ("", "i", "r")} - {"__idivmod__"}

# What a MagicMock has from the beginning.
CONFIGURED = _NUMERICS | {
    f"__{name}__" for name in
    "lt gt le ge eq ne int contains len enter exit divmod rdivmod neg pos abs invert complex float bool index round "
    "trunc floor ceil hash str sizeof getitem setitem delitem iter next fspath aenter aexit aiter anext".split()}

# What can be set on any mock as well.
SETTABLE = CONFIGURED | {
    f"__{name}__" for name in
    "get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate getformat repr dir "
    "subclasses format getnewargs_ex".split()}

ASYNC_MAGICS = {"__aenter__", "__aexit__", "__anext__"}

_UNSETTABLE = {"__getattr__", "__setattr__", "__init__", "__new__", "__prepare__", "__instancecheck__",
               "__subclasscheck__", "__del__"}

_RETURNS = {
    "__lt__": NotImplemented, "__gt__": NotImplemented, "__le__": NotImplemented, "__ge__": NotImplemented,
    "__int__": 1, "__contains__": False, "__len__": 0, "__exit__": False, "__complex__": 1j, "__float__": 1.0,
    "__bool__": True, "__index__": 1, "__aexit__": False,
}

_COMPUTED = {
    "__hash__": object.__hash__,
    "__str__": object.__str__,
    "__sizeof__": object.__sizeof__,
    "__fspath__": lambda mock: f"{type(mock).__name__}/{mock._extract_mock_name()}/{id(mock)}",
}


def is_magic(name):
    """Return whether a name is one of a special method."""
    return name.startswith("__") and name.endswith("__") and len(name) > 4


def is_unsupported(name):
    return name in _UNSETTABLE


def _equals(mock, method):
    def answer(other):
        told = method._mock_told_return()
        if told is not DEFAULT:
            return told
        return True if mock is other else NotImplemented
    return answer


def _differs(mock, method):
    def answer(other):
        if method._mock_told_return() is not DEFAULT:
            return DEFAULT
        return False if mock is other else NotImplemented
    return answer


def _iterates(mock, method):
    def answer():
        told = method._mock_told_return()
        return iter([]) if told is DEFAULT else iter(told)
    return answer


async def _async_items(values):
    for value in values:
        yield value


def _iterates_async(mock, method):
    def answer():
        told = method._mock_told_return()
        return _async_items([] if told is DEFAULT else told)
    return answer


_ANSWERS = {"__eq__": _equals, "__ne__": _differs, "__iter__": _iterates, "__aiter__": _iterates_async}


def prepare(mock, method, name):
    """Make the mock of a special method answer what one that was told nothing answers."""
    if name in _RETURNS:
        method.return_value = _RETURNS[name]
    elif name in _COMPUTED:
        method.return_value = _COMPUTED[name](mock)
    elif name in _ANSWERS:
        method.side_effect = _ANSWERS[name](mock, method)
