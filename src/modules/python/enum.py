"""Enumerations: sets of named values. What may stand in their bodies is in `_enum_body`, flags are in `_enum_flags`, and what
checks and exports whole enumerations is in `_enum_checks`, which is imported when it is asked for."""

import sys
from _enum_body import (_UNSET, EnumDict, _EnumDict, _is_descriptor, _is_dunder, _is_private, _is_sunder, _plain_property,
                        auto, member, nonmember, property)
from types import DynamicClassAttribute, MappingProxyType

__all__ = ["EnumType", "EnumMeta", "EnumDict", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto",
           "unique", "property", "verify", "member", "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP",
           "global_flag_repr", "global_enum_repr", "global_str", "global_enum", "EnumCheck", "CONTINUOUS", "NAMED_FLAGS",
           "UNIQUE", "pickle_by_global_name", "pickle_by_enum_name"]

# Made further below, with the metaclass that asks for them.
Enum = ReprEnum = Flag = None


class EnumType(type):
    """Metaclass for Enum"""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = EnumDict(cls)
        _, first = metacls._get_mixins_(cls, bases)
        if first is not None:
            namespace["_generate_next_value_"] = getattr(first, "_generate_next_value_", None)
            namespace._generate = getattr(first, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        ignored = classdict.get("_ignore_", [])
        for name in [*ignored, "_ignore_"]:
            classdict.pop(name, None)
        names = [name for name in classdict._member_names]
        invalid = {"mro", ""} & set(names)
        if invalid:
            raise ValueError(f"invalid enum member name(s) {','.join(repr(name) for name in sorted(invalid))}")
        values = {name: classdict[name] for name in names}
        order = classdict.pop("_order_", None)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new_member, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        namespace = {name: value for name, value in classdict.items() if name not in values}
        generate = namespace.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            namespace["_generate_next_value_"] = staticmethod(generate)
        namespace.update(_member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[], _unhashable_aliases_=[],
                         _member_type_=member_type, _new_member_=new_member, _use_args_=use_args)
        if "_value_repr_" not in namespace:
            namespace["_value_repr_"] = metacls._find_data_repr_(cls, bases)
        is_flag = Flag is not None and any(issubclass(base, Flag) for base in bases if isinstance(base, type))
        if is_flag or cls == "Flag" and Flag is None:
            inherited = getattr(first_enum, "_boundary_", None)
            namespace["_boundary_"] = boundary or inherited
            namespace.update(_flag_mask_=0, _singles_mask_=0, _all_bits_=0, _inverted_=None)
        in_progress = f"_{cls}__in_progress"
        namespace[in_progress] = True
        made = super().__new__(metacls, cls, bases, namespace, **kwds)
        made._add_members_(values, is_flag)
        type.__delattr__(made, in_progress)
        if first_enum is not None:
            _choose_methods(made, classdict, member_type, first_enum)
            if save_new:
                made.__new_member__ = made.__dict__["__new__"]
            made.__new__ = Enum.__new__
        if order is not None:
            if isinstance(order, str):
                order = order.replace(",", " ").split()
            order = [name for name in order if name in made._member_names_ or name not in made._member_map_]
            if order != made._member_names_:
                raise TypeError(f"member order does not match _order_:\n  {made._member_names_!r}\n  {order!r}")
        values = [made._member_map_[name]._value_ for name in made._member_names_] if is_flag else []
        if values != sorted(values):
            # Defined in another order than that of their values, members keep it.
            made._iter_member_ = made._iter_member_by_def_
        return made

    def _add_members_(cls, values, is_flag):
        """Makes the members; those with the value of an earlier one are its aliases."""
        for name, value in values.items():
            args = value if isinstance(value, tuple) else (value,)
            if cls._member_type_ is tuple:
                args = (args,)
            if not cls._use_args_:
                new = cls._new_member_(cls)
            else:
                new = cls._new_member_(cls, *args)
            if not hasattr(new, "_value_"):
                if cls._member_type_ is object:
                    new._value_ = value
                else:
                    try:
                        new._value_ = cls._member_type_(*args)
                    except Exception as exc:
                        raise TypeError("_value_ not set in __new__, unable to create it") from exc
            new._name_ = name
            new.__objclass__ = cls
            new.__init__(*args)
            new._sort_order_ = len(cls._member_names_)
            canonical = cls._find_same_(new._value_)
            if canonical is None:
                if not is_flag:
                    cls._member_names_.append(name)
                elif isinstance(new._value_, int):
                    cls._note_bits_(new._value_)
                    if _is_single_bit(new._value_):
                        cls._member_names_.append(name)
                canonical = new
                try:
                    cls._value2member_map_.setdefault(new._value_, new)
                except TypeError:
                    cls._unhashable_values_.append(new._value_)
            cls._place_member_(name, canonical)

    def _place_member_(cls, name, new):
        """Makes the member an attribute of the class; of members, the name is what it would be without it."""
        if name in cls._member_map_:
            if cls._member_map_[name] is not new:
                raise NameError(f"{name!r} is already bound: {cls._member_map_[name]!r}")
            return
        descriptor = hidden = None
        for base in cls.__mro__[1:]:
            inherited = base.__dict__.get(name)
            if inherited is None:
                continue
            if isinstance(inherited, (property, DynamicClassAttribute)):
                descriptor, hidden = inherited, None
                break
            if _is_descriptor(inherited):
                descriptor = inherited
                hidden = hidden or (lambda instance, name: getattr(instance._value_, name))
            else:
                hidden = lambda instance, name, base=base: getattr(base, name)
        if descriptor is not None:
            redirect = property(*(getattr(descriptor, part, None) for part in ("fget", "fset", "fdel")))
            redirect.__set_name__(cls, name)
            redirect._hidden = hidden
            type.__setattr__(cls, name, redirect)
        else:
            type.__setattr__(cls, name, new)
        cls._member_map_[name] = new

    def _note_bits_(cls, value):
        cls._flag_mask_ |= value
        if _is_single_bit(value):
            cls._singles_mask_ |= value
        cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1

    def _find_same_(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for one in cls._member_map_.values():
                if one._value_ == value:
                    return one
            for alias, one in cls._unhashable_aliases_:
                if alias == value:
                    return one
        return None

    def __bool__(cls):
        return True

    def __call__(cls, value=_UNSET, names=_UNSET, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        """Look a member up by its value, or make an enumeration: Color = Enum('Color', 'red green')."""
        if cls._member_map_ or (names is _UNSET and not values and cls not in (Enum, Flag) and cls._member_type_ is object
                                and value is not _UNSET and not isinstance(value, str)):
            if names is not _UNSET:
                value = (value, names, *values)
            if value is _UNSET:
                raise TypeError("EnumType.__call__() missing 1 required positional argument: 'value'")
            return cls.__new__(cls, value)
        if names is _UNSET and type is None:
            if value is _UNSET:
                raise TypeError("EnumType.__call__() missing 1 required positional argument: 'value'")
            return cls.__new__(cls, value)
        return cls._create_(value, None if names is _UNSET else names, module=module, qualname=qualname, type=type,
                            start=start, boundary=boundary)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        namespace = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            last, pairs = [], []
            for at, name in enumerate(names):
                value = namespace._generate(name, start, at, last[:])
                last.append(value)
                pairs.append((name, value))
            names = pairs
        for item in () if names is None else names:
            if isinstance(item, str):
                name, value = item, names[item]
            else:
                name, value = item
            namespace[name] = value
        if module is None:
            module = sys._getframe(2).f_globals.get("__name__")
        if module is not None:
            namespace["__module__"] = module
        if qualname is not None:
            namespace["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, namespace, boundary=boundary)

    def __contains__(cls, value):
        """Whether it is a member, or the value of one."""
        if isinstance(value, cls):
            return True
        if Flag is not None and issubclass(cls, Flag):
            try:
                return isinstance(cls._missing_(value), cls)
            except (ValueError, TypeError):
                return False
        return cls._find_same_(value) is not None

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __dir__(cls):
        interesting = ["__class__", "__contains__", "__doc__", "__getitem__", "__init_subclass__", "__iter__", "__len__",
                       "__members__", "__module__", "__name__", "__qualname__", *cls._member_names_]
        if cls._new_member_ is not object.__new__:
            interesting.append("__new__")
        if cls._member_type_ is object:
            return sorted(interesting)
        return sorted(set(dir(cls._member_type_)) | set(interesting))

    def __getitem__(cls, name):
        """Return the member matching `name`."""
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    @property
    def __signature__(cls):
        """What a call takes: a value where there are members, the description of a new class where there are none."""
        if cls._member_names_:
            return "(*values)"
        return "(new_class_name, /, names, *, module=None, qualname=None, type=None, start=1, boundary=None)"

    def __len__(cls):
        return len(cls._member_names_)

    @_plain_property
    def __members__(cls):
        """A mapping of member name to value; aliases are in it as well."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return f"<{'flag' if Flag is not None and issubclass(cls, Flag) else 'enum'} {cls.__name__!r}>"

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError(f"<enum {class_name!r}> cannot extend {base!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type of the values, and the enumeration that is inherited from."""
        if not bases:
            return object, None
        if not isinstance(bases[-1], EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, bases[-1]

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if "__repr__" in base.__dict__:
                    if "__dataclass_fields__" in base.__dict__ and base.__dataclass_params__.repr:
                        return _dataclass_repr
                    return base.__dict__["__repr__"]
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        types = []
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        types.append(base._member_type_)
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    types.append(candidate or base)
                    break
                else:
                    candidate = candidate or base
        types = list(dict.fromkeys(types))
        if len(types) > 1:
            raise TypeError(f"too many data types for {class_name!r}: {set(types)!r}")
        return types[0] if types else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """What makes members, whether it is to be kept, and whether it gets the value."""
        new = classdict.get("__new__")
        save = first_enum is not None and new is not None
        if new is None:
            for name in ("__new_member__", "__new__"):
                for candidate in (member_type, first_enum):
                    target = getattr(candidate, name, None)
                    if target not in (None, object.__new__, getattr(Enum, "__new__", None)):
                        new = target
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        if isinstance(new, staticmethod):
            new = new.__func__
        return new, save, not (first_enum is None or new is object.__new__)


EnumMeta = EnumType


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    return ", ".join(f"{name}={getattr(self, name)!r}" for name in fields if fields[name].repr)


def _choose_methods(made, classdict, member_type, first_enum):
    """The text of members is the enumeration's business, unless the class says otherwise."""
    if ReprEnum is not None and ReprEnum in made.__bases__:
        for name in ("__repr__",):
            if name not in classdict:
                type.__setattr__(made, name, getattr(first_enum, name))
        for name in ("__str__", "__format__"):
            if name not in classdict:
                method = getattr(member_type, name)
                if method is object.__str__:
                    method = member_type.__repr__
                type.__setattr__(made, name, method)
        return
    for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
        if name in classdict:
            continue
        method = getattr(made, name, None)
        if method is getattr(member_type, name, None) or method is getattr(object, name, None):
            type.__setattr__(made, name, getattr(first_enum, name))
    if Flag is not None and issubclass(made, Flag):
        for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
            if name not in classdict and name in Flag.__dict__:
                type.__setattr__(made, name, Flag.__dict__[name])


class Enum(metaclass=EnumType):
    """Create a collection of name/value pairs.

    Example enumeration:

    >>> class Color(Enum):
    ...     RED = 1
    ...     BLUE = 2
    """

    @classmethod
    def __signature__(cls):
        return "(*values)" if cls._member_names_ else "(new_class_name, /, names, *, module=None, qualname=None, type=None, start=1, boundary=None)"

    def __new__(cls, value):
        if type(value) is cls:
            return value
        found = cls._find_same_(value)
        if found is not None:
            return found
        if not cls._member_map_:
            if getattr(cls, f"_{cls.__name__}__in_progress", False):
                raise TypeError("do not use `super().__new__; call the appropriate __new__ directly") from None
            raise TypeError(f"{cls!r} has no members; specify `names=()` if you meant to create a new, empty, enum")
        problem = None
        try:
            result = cls._missing_(value)
        except Exception as exc:
            problem, result = exc, None
        if isinstance(result, cls) or (
                Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int)):
            return result
        error = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        if result is None and problem is None:
            raise error
        if problem is None:
            problem = TypeError(f"error in {cls.__name__}._missing_: returned {result!r} instead of None or a valid member")
        if not isinstance(problem, ValueError):
            problem.__context__ = error
        raise problem

    def __init__(self, *args, **kwds):
        pass

    def _add_alias_(self, name):
        self.__class__._place_member_(name, self)

    def _add_value_alias_(self, value):
        known = self.__class__._find_same_(value)
        if known is not None:
            if known is not self:
                raise ValueError(f"{value!r} is already bound: {known!r}")
            return
        try:
            self.__class__._value2member_map_[value] = self
        except TypeError:
            self.__class__._unhashable_values_.append(value)
            self.__class__._unhashable_aliases_.append((value, self))

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): one more than the highest so far."""
        if not last_values:
            return start
        try:
            last = max(last_values)
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return last + 1
        except TypeError:
            raise TypeError(f"unable to increment {last!r}") from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        shown = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        interesting = set() if self.__class__._member_type_ is object else set(object.__dir__(self))
        members = self._member_map_
        interesting.update(name for name in vars(self) if name[0] != "_" and name not in members)
        for cls in self.__class__.mro():
            for name, value in cls.__dict__.items():
                if name[0] == "_":
                    continue
                if name not in members or isinstance(value, property) and value.fget is not None:
                    interesting.add(name)
                elif isinstance(value, property):
                    interesting.discard(name)
        return sorted({"__class__", "__doc__", "__eq__", "__hash__", "__module__"} | interesting)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    @property
    def name(self):
        """The name of the Enum member."""
        return self._name_

    @property
    def value(self):
        """The value of the Enum member."""
        return self._value_


Enum._value_repr_ = None


class ReprEnum(Enum):
    """Only changes the repr(), leaving str() and format() to the mixed-in type."""


class IntEnum(int, ReprEnum):
    """Enum where members are also (and must be) ints"""


class StrEnum(str, ReprEnum):
    """Enum where members are also (and must be) strings"""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f"too many arguments for str(): {values!r}")
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f"{values[0]!r} is not a string")
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f"encoding must be a string, not {values[1]!r}")
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f"errors must be a string, not {values[2]!r}")
        value = str(*values)
        new = str.__new__(cls, value)
        new._value_ = value
        return new

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """Return the lower-cased version of the member name."""
        return name.lower()


# It asks for the classes above.
from _enum_flags import (CONFORM, EJECT, KEEP, STRICT, Flag, FlagBoundary, _is_single_bit, show_flag_values)


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Support for integer-based Flags"""


# What has a module of its own.
_CHECKS = ("unique", "verify", "EnumCheck", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "pickle_by_global_name",
           "pickle_by_enum_name", "global_enum", "global_enum_repr", "global_flag_repr", "global_str")


def __dir__():
    return sorted({*globals(), *_CHECKS})


def __getattr__(name):
    if name not in _CHECKS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import _enum_checks
    globals().update((one, getattr(_enum_checks, one)) for one in _CHECKS)
    return globals()[name]
