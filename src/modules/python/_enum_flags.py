"""Flags: enumerations whose members are bits and can be combined."""

from enum import Enum, StrEnum, auto

# What is here is known as the own of enum.
__name__ = "enum"


class FlagBoundary(StrEnum):
    """Controls how out of range values are handled."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


def show_flag_values(value):
    """The single bits of a flag's value."""
    return list(_bits(int(value)))


def _bits(value):
    """The single bits of a number, the lowest first."""
    if value < 0:
        raise ValueError(f"{value!r} is not a positive integer")
    while value:
        bit = value & -value
        yield bit
        value &= ~bit


class Flag(Enum, boundary=STRICT):
    """Support for flags"""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The next power of two."""
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** last.bit_length()
        except Exception:
            raise TypeError(f"invalid flag value {last!r}") from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _bits(value & cls._flag_mask_):
            found = cls._value2member_map_.get(bit)
            if found is not None:
                yield found

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        """The members that make up a value, in the order of their definition."""
        yield from sorted(cls._iter_member_by_value_(value), key=lambda member: member._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """A composite of members, made when it is first asked for."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask, every = cls._flag_mask_, cls._all_bits_
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(f"{cls!r} invalid value {value!r}\n    given {_binary(value, width)}\n  "
                                 f"allowed {_binary(mask, width)}")
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP and value < 0:
                value = max(every + 1, 2 ** value.bit_length()) + value
        if value < 0:
            value = value + every + 1 if cls._boundary_ is not KEEP else value & every
            if cls._boundary_ in (STRICT, CONFORM):
                value &= mask
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        if cls._member_type_ is object:
            new = object.__new__(cls)
        else:
            new = cls._member_type_.__new__(cls, value)
        new._value_ = value
        new._name_ = cls._composite_name(value)
        return cls._value2member_map_.setdefault(value, new)

    @classmethod
    def _composite_name(cls, value):
        """The names of the members it is made of: of single bits first, then of more, and bits without a name as a number."""
        members = list(cls._iter_member_(value & cls._singles_mask_))
        if value & ~cls._singles_mask_:
            for one in cls._member_map_.values():
                if one not in members and one._value_ and one._value_ & value == one._value_:
                    members.append(one)
        named = 0
        for one in members:
            named |= one._value_
        if not named:
            return None
        unknown = value ^ named
        if unknown and cls._boundary_ is STRICT:
            raise ValueError(f"{cls!r}: no members with value {unknown!r}")
        return "|".join(one._name_ for one in members) + (f"|{cls._numeric_repr_(unknown)}" if unknown else "")

    def __contains__(self, other):
        """Returns True if self has at least the same flags set as other."""
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': {type(other).__qualname__!r} and "
                            f"{self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        """Returns flags in definition order."""
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        shown = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f"<{self.__class__.__name__}: {shown(self._value_)}>"
        return f"<{self.__class__.__name__}.{self._name_}: {shown(self._value_)}>"

    def __str__(self):
        name = self.__class__.__name__
        return f"{name}({self._value_!r})" if self._name_ is None else f"{name}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def _combined(self, other, sign):
        """The values of both sides of an operator; NotImplemented for what is no flag."""
        value = self._get_value(other)
        if value is NotImplemented:
            return None, value
        for flag in self, other:
            if self._get_value(flag) is None:
                raise TypeError(f"'{flag}' cannot be combined with other flags with {sign}")
        return self._value_, value

    def __or__(self, other):
        own, value = self._combined(other, "|")
        return value if value is NotImplemented else self.__class__(own | value)

    def __and__(self, other):
        own, value = self._combined(other, "&")
        return value if value is NotImplemented else self.__class__(own & value)

    def __xor__(self, other):
        own, value = self._combined(other, "^")
        return value if value is NotImplemented else self.__class__(own ^ value)

    def __invert__(self):
        if self._get_value(self) is None:
            raise TypeError(f"'{self}' cannot be inverted")
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


def _binary(value, width):
    """A number in base two as messages show it: its sign, then so many digits."""
    sign = "1" if value < 0 else "0"
    if value < 0:
        value &= 2 ** width - 1
    return f"0b{sign} {value:0{width}b}"
