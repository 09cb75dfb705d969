"""What may stand in the body of an enumeration, and the namespace in which the body runs."""

from types import DynamicClassAttribute

# What is here is known as the own of enum.
__name__ = "enum"

_plain_property = property


class nonmember:
    """Protects item from becoming an Enum member during class creation."""

    def __init__(self, value):
        self.value = value


class member:
    """Forces item to become an Enum member during class creation."""

    def __init__(self, value):
        self.value = value


class auto:
    """Instances are replaced with an appropriate value in Enum class suites."""

    def __init__(self, value=None):
        self.value = _UNSET if value is None else value

    def __repr__(self):
        return f"auto({self.value!r})"


_UNSET = object()


class property(DynamicClassAttribute):
    """A property of members that does not hide a member of the same name."""

    name = None
    clsname = None
    # How to get at what the member hides: an attribute of the values, or of a class that is inherited from.
    _hidden = None

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            if self.fget is not None:
                return self.fget(instance)
            if self._hidden is not None:
                return self._hidden(instance, self.name)
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError(f"{ownerclass!r} has no attribute {self.name!r}") from None

    def __set__(self, instance, value):
        if self.fset is not None:
            return self.fset(instance, value)
        raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")

    def __delete__(self, instance):
        if self.fdel is not None:
            return self.fdel(instance)
        raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_nested_class(cls_name, obj):
    """Whether it is a class that is defined within the enumeration: that is no member."""
    return isinstance(obj, type) and cls_name is not None and obj.__qualname__.endswith(f"{cls_name}.{obj.__name__}")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    prefix = f"_{str(cls_name).lstrip('_')}__"
    return len(name) > len(prefix) and name.startswith(prefix) and not name.endswith("__")


_SUNDERS = ("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_",
            "_iter_member_by_value_", "_iter_member_by_def_", "_add_alias_", "_add_value_alias_",
            "_use_args_", "_member_type_", "_value_repr_")


class EnumDict(dict):
    """The namespace of an enumeration that is being made: it tells members from the rest."""

    def __init__(self, cls_name=None):
        super().__init__()
        self._cls_name = cls_name
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._generate = None
        self._has_generated = False

    def __setitem__(self, key, value):
        if self._cls_name is not None and _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS:
                raise ValueError(f"_sunder_ names, such as {key!r}, are reserved for future Enum use")
            if key == "_generate_next_value_":
                if self._has_generated:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value
            elif key == "_ignore_":
                if isinstance(value, str):
                    value = value.replace(",", " ").split()
                value = list(value)
                self._ignore = value
                clash = set(value) & set(self._member_names)
                if clash:
                    raise ValueError(f"_ignore_ cannot specify already set names: {clash!r}")
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError(f"{key!r} already defined as {self[key]!r}")
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_descriptor(value) and not isinstance(value, member) or _is_nested_class(self._cls_name, value):
            pass
        else:
            if key in self:
                raise TypeError(f"{key!r} already defined as {self[key]!r}")
            if isinstance(value, member):
                value = value.value
            value = self._without_autos(key, value)
            self._member_names[key] = None
        super().__setitem__(key, value)

    def _without_autos(self, key, value):
        if isinstance(value, auto):
            return self._generated(key, value)
        if isinstance(value, tuple) and any(isinstance(one, auto) for one in value):
            parts = [self._generated(key, one) if isinstance(one, auto) else one for one in value]
            try:
                return type(value)(parts)
            except TypeError:
                # Named tuples want them one by one.
                return type(value)(*parts)
        self._last_values.append(value)
        return value

    def _generated(self, key, one):
        if one.value is _UNSET:
            one.value = self._generate(key, 1, len(self._member_names), self._last_values[:])
            self._has_generated = True
        self._last_values.append(one.value)
        return one.value

    @_plain_property
    def member_names(self):
        return list(self._member_names)

    def update(self, members, **more_members):
        for name in getattr(members, "keys", lambda: ())():
            self[name] = members[name]
        if not hasattr(members, "keys"):
            for name, value in members:
                self[name] = value
        for name, value in more_members.items():
            self[name] = value


_EnumDict = EnumDict
