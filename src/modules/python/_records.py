"""Tuples whose items have names: what the system's structures are shown as."""

from _statics import stand_for


class Record(tuple):
    """A tuple of the items named in _fields; None names an item that only its position names.

    The names in _more are attributes, and no items of the tuple.
    """

    __slots__ = ()
    __text_signature__ = "(iterable=(), /)"
    _fields = ()
    _more = ()

    def __init_subclass__(cls):
        for at, name in enumerate(cls._fields):
            if name is not None and name not in cls._more:
                setattr(cls, name, property(lambda self, at=at: self[at]))
        for name in cls._more:
            at = cls._fields.index(name) if name in cls._fields else None
            setattr(cls, name, property(lambda self, name=name, at=at: self._further(name, at)))
        cls.n_sequence_fields = len(cls._fields)
        cls.n_fields = len(cls._fields) + len(cls._more)
        cls.n_unnamed_fields = sum(name is None or name in cls._more for name in cls._fields)
        cls.__match_args__ = tuple(name for name in cls._fields if name is not None and name not in cls._more)

    def __new__(cls, sequence, dict={}):
        try:
            items = tuple(sequence)
        except TypeError:
            raise TypeError("constructor requires a sequence") from None
        low, high, count = cls.n_sequence_fields, cls.n_fields, len(items)
        if not low <= count <= high:
            wanted = f"a {low}-sequence" if low == high else \
                f"an at least {low}-sequence" if count < low else f"an at most {high}-sequence"
            raise TypeError(f"{cls.__module__}.{cls.__qualname__}() takes {wanted} ({count}-sequence given)")
        self = super().__new__(cls, items[:low])
        if cls._more:
            given = items[low:]
            self.__dict__.update(zip(cls._more, given))
            self.__dict__.update((name, dict.get(name)) for name in cls._more[len(given):])
        return self

    # As messages name it.
    __new__.__qualname__ = "structseq.__new__"
    stand_for("posix", __new__)

    def _further(self, name, at):
        value = self.__dict__.get(name)
        return self[at] if value is None and at is not None else value

    def __reduce__(self):
        return type(self), (tuple(self), dict(self.__dict__) if self._more else {})

    def __replace__(self, /, *args, **changes):
        if args:
            raise TypeError("__replace__() takes no positional arguments")
        if self.n_unnamed_fields:
            raise TypeError(f"__replace__() is not supported for {type(self).__module__}.{type(self).__qualname__} "
                            "because it has unnamed field(s)")
        items = [changes.pop(name, item) for name, item in zip(self._fields, self)]
        more = {name: changes.pop(name, getattr(self, name)) for name in self._more}
        if changes:
            raise TypeError(f"Got unexpected field name(s): {list(changes)}")
        return type(self)(items, more)

    def __repr__(self):
        kind = type(self)
        return f"{kind.__module__}.{kind.__qualname__}(" + \
            ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self)) + ")"
