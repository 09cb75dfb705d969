"""What checks, pickles and exports whole enumerations. Imported when enum is asked for the first of it."""

import sys
from enum import Flag, ReprEnum, StrEnum
from _enum_flags import _bits, _is_single_bit

# What is here is known as the own of enum.
__name__ = "enum"


def unique(enumeration):
    """Class decorator for enumerations ensuring unique member values."""
    duplicates = [f"{alias} -> {one.name}" for alias, one in enumeration.__members__.items() if alias != one.name]
    if duplicates:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(duplicates)}")
    return enumeration


class EnumCheck(StrEnum):
    """Various conditions to check an enumeration for."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Check an enumeration for various constraints."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        name = enumeration.__name__
        is_flag = issubclass(enumeration, Flag)
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [f"{alias} -> {one.name}" for alias, one in enumeration.__members__.items()
                              if alias != one.name]
                if duplicates:
                    raise ValueError(f"aliases found in {enumeration!r}: {', '.join(duplicates)}")
            elif check is CONTINUOUS:
                values = {one.value for one in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                wanted = [2 ** at for at in range(low.bit_length(), high.bit_length())] if is_flag else range(low + 1, high)
                missing = [str(value) for value in wanted if value not in values]
                if missing:
                    raise ValueError(f"invalid {'flag' if is_flag else 'enum'} {name!r}: missing values "
                                     f"{', '.join(missing)}")
            elif check is NAMED_FLAGS:
                _check_named_flags(enumeration)
        return enumeration


def _check_named_flags(enumeration):
    known = {one.value for one in enumeration}
    names, missing = [], 0
    for name, one in enumeration.__members__.items():
        if name in enumeration._member_names_ or one.value < 0:
            continue
        missed = [bit for bit in _bits(one.value) if bit not in known]
        if missed:
            names.append(name)
            missing |= sum(missed) & ~missing
    if not names:
        return
    aliases = f"alias {names[0]} is" if len(names) == 1 else f"aliases {', '.join(names[:-1])} and {names[-1]} are"
    value = f"value {missing:#x}" if _is_single_bit(missing) else f"combined values of {missing:#x}"
    raise ValueError(f"invalid Flag {enumeration.__name__!r}: {aliases} missing {value} "
                     "[use enum.show_flag_values(value) for details]")


def pickle_by_global_name(self, proto):
    return self.name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)


def global_enum_repr(self):
    """Use module.enum_name instead of class.enum_name"""
    return f"{self.__class__.__module__.split('.')[-1]}.{self._name_}"


def global_flag_repr(self):
    """Use module.flag_name instead of class.flag_name"""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return f"{module}.{self.__class__.__name__}({self._value_!r})"
    # Bits without a name stand as a number.
    return "|".join(name if name[0].isdigit() else f"{module}.{name}" for name in self._name_.split("|"))


def global_str(self):
    """Use enum_name instead of class.enum_name"""
    return f"{self.__class__.__name__}({self._value_!r})" if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Decorator that makes the members names of their module."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls
