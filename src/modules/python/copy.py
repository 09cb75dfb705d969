"""Copies of objects: shallow ones, and deep ones that share nothing with what they were made from."""

from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error


def _atomic_types():
    import types
    import weakref
    return frozenset([types.NoneType, int, float, bool, complex, bytes, str, types.EllipsisType, types.NotImplementedType,
                      type, range, property, types.CodeType, types.BuiltinFunctionType, types.FunctionType, weakref.ref])


_atomic = None


def _is_atomic(cls):
    global _atomic
    if _atomic is None:
        _atomic = _atomic_types()
    return cls in _atomic or issubclass(cls, type)


def copy(x):
    """Shallow copy operation on arbitrary Python objects."""
    cls = type(x)
    if cls in (list, dict, set, bytearray):
        return x.copy()
    if _is_atomic(cls) or cls in (tuple, frozenset, slice):
        return x
    own = getattr(cls, "__copy__", None)
    if own is not None:
        return own(x)
    reduced = _reduced(x, cls, "shallow")
    return x if isinstance(reduced, str) else _reconstruct(x, None, *reduced)


def _reduced(x, cls, how):
    """How an object says it can be made again, or what is registered for its class."""
    registered = dispatch_table.get(cls)
    if registered is not None:
        return registered(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor is not None:
        return reductor()
    raise Error(f"un({how})copyable object of type {cls}")


def deepcopy(x, memo=None, _nil=[]):
    """Deep copy operation on arbitrary Python objects."""
    cls = type(x)
    if _is_atomic(cls):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    deep = _DEEP.get(cls)
    if deep is not None:
        new = deep(x, memo)
    else:
        own = getattr(x, "__deepcopy__", None)
        if own is not None:
            new = own(memo)
        else:
            reduced = _reduced(x, cls, "deep")
            new = x if isinstance(reduced, str) else _reconstruct(x, memo, *reduced)
    if new is not x:
        memo[id(x)] = new
        # Kept, so that the identity is not given to another object meanwhile.
        memo.setdefault(id(memo), []).append(x)
    return new


def _deep_list(x, memo):
    new = []
    memo[id(x)] = new
    for item in x:
        new.append(deepcopy(item, memo))
    return new


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    known = memo.get(id(x), memo)
    if known is not memo:
        # It contains itself.
        return known
    return tuple(items) if any(a is not b for a, b in zip(items, x)) else x


def _deep_dict(x, memo):
    new = {}
    memo[id(x)] = new
    for key, value in x.items():
        new[deepcopy(key, memo)] = deepcopy(value, memo)
    return new


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_DEEP = {list: _deep_list, tuple: _deep_tuple, dict: _deep_dict, type(error("").with_traceback): lambda x, memo: x,
         type(type("", (), {"method": lambda self: None})().method): _deep_method}


def _reconstruct(x, memo, func, args, state=None, items=None, pairs=None, *, deepcopy=deepcopy):
    """An object made again from what `__reduce_ex__` said; deeply if there is a memo."""
    deep = memo is not None
    if deep and args:
        args = tuple(deepcopy(arg, memo) for arg in args)
    new = func(*args)
    if deep:
        memo[id(x)] = new
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(new, "__setstate__"):
            new.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                new.__dict__.update(state)
            for name, value in (slots or {}).items():
                setattr(new, name, value)
    for item in items or ():
        new.append(deepcopy(item, memo) if deep else item)
    for key, value in pairs or ():
        if deep:
            key, value = deepcopy(key, memo), deepcopy(value, memo)
        new[key] = value
    return new


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values."""
    own = getattr(obj.__class__, "__replace__", None)
    if own is None:
        raise TypeError(f"replace() does not support {obj.__class__.__name__} objects")
    return own(obj, **changes)
