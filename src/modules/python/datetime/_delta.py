"""Spans of time: exact to the microsecond."""

from math import modf

from datetime._fields import delete_unless_field, name_of, set_unless_field, setters

# This class is known as the package's own.
__name__ = "datetime"

_DAY = 86_400_000_000
_SECOND = 1_000_000
_MOST_DAYS = 999_999_999


def _nearest(a, b):
    """a / b, rounded to the nearest integer, halves to the even one."""
    quotient, rest = divmod(a, b)
    twice = 2 * rest
    return quotient + 1 if (twice > b if b > 0 else twice < b) or twice == b and quotient % 2 else quotient


def _microseconds(parts):
    """The sum of (name, value, its microseconds): integers exactly, what floats leave over rounded at the end."""
    total, left_over = 0, 0.0
    for name, value, factor in parts:
        if isinstance(value, int):
            total += value * factor
        elif isinstance(value, float):
            fraction, whole = modf(value)
            total += int(whole) * factor
            left_over += fraction * factor
        else:
            raise TypeError(f"unsupported type for timedelta {name} component: {type(value).__name__}")
    if left_over:
        whole = round(left_over)
        if abs(whole - left_over) == 0.5:
            # Halves go to what makes the whole sum even.
            odd = total & 1
            whole = 2 * round((left_over + odd) * 0.5) - odd
        total += whole
    return total


class timedelta:
    """Difference between two datetime values.

timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0)

All arguments are optional and default to 0.
Arguments may be integers or floats, and may be positive or negative."""

    __slots__ = _FIELDS = ("days", "seconds", "microseconds")
    __setattr__, __delattr__ = set_unless_field, delete_unless_field

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        if type(days) is type(seconds) is type(microseconds) is int and milliseconds == minutes == hours == weeks == 0:
            return _make(cls, days * _DAY + seconds * _SECOND + microseconds)
        return _make(cls, _microseconds((
            ("microseconds", microseconds, 1), ("milliseconds", milliseconds, 1000), ("seconds", seconds, _SECOND),
            ("minutes", minutes, 60 * _SECOND), ("hours", hours, 3600 * _SECOND), ("days", days, _DAY),
            ("weeks", weeks, 7 * _DAY))))

    def _us(self, /):
        """All of it in microseconds."""
        return self.days * _DAY + self.seconds * _SECOND + self.microseconds

    def total_seconds(self, /):
        """Total seconds in the duration."""
        return self._us() / _SECOND

    def __repr__(self, /):
        parts = [f"{name}={value}" for name in timedelta._FIELDS if (value := getattr(self, name))]
        return f"{name_of(self, timedelta)}({', '.join(parts) or 0})"

    def __str__(self, /):
        days, seconds = self.days, self.seconds
        text = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        if self.microseconds:
            text += f".{self.microseconds:06d}"
        return f"{days} day{'' if abs(days) == 1 else 's'}, {text}" if days else text

    def __add__(self, other, /):
        return _make(timedelta, self._us() + other._us()) if isinstance(other, timedelta) else NotImplemented

    def __radd__(self, other, /):
        return self.__add__(other)

    def __sub__(self, other, /):
        return _make(timedelta, self._us() - other._us()) if isinstance(other, timedelta) else NotImplemented

    def __rsub__(self, other, /):
        return _make(timedelta, other._us() - self._us()) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self, /):
        return _make(timedelta, -self._us())

    def __pos__(self, /):
        return _make(timedelta, self._us())

    def __abs__(self, /):
        return _make(timedelta, abs(self._us()))

    def __mul__(self, other, /):
        if isinstance(other, int):
            return _make(timedelta, self._us() * other)
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            return _make(timedelta, _nearest(self._us() * a, b))
        return NotImplemented

    def __rmul__(self, other, /):
        return self.__mul__(other)

    def __floordiv__(self, other, /):
        if isinstance(other, timedelta):
            return self._us() // other._us()
        return _make(timedelta, self._us() // other) if isinstance(other, int) else NotImplemented

    def __truediv__(self, other, /):
        if isinstance(other, timedelta):
            return self._us() / other._us()
        if isinstance(other, int):
            if other == 0:
                raise ZeroDivisionError("division by zero")
            return _make(timedelta, _nearest(self._us(), other))
        if isinstance(other, float):
            a, b = other.as_integer_ratio()
            if a == 0:
                raise ZeroDivisionError("division by zero")
            return _make(timedelta, _nearest(self._us() * b, a))
        return NotImplemented

    def __mod__(self, other, /):
        return _make(timedelta, self._us() % other._us()) if isinstance(other, timedelta) else NotImplemented

    def __divmod__(self, other, /):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._us(), other._us())
        return quotient, _make(timedelta, rest)

    def __rtruediv__(self, other, /):
        return other.__truediv__(self) if isinstance(other, timedelta) else NotImplemented

    def __rfloordiv__(self, other, /):
        return other.__floordiv__(self) if isinstance(other, timedelta) else NotImplemented

    def __rmod__(self, other, /):
        return other.__mod__(self) if isinstance(other, timedelta) else NotImplemented

    def __rdivmod__(self, other, /):
        return other.__divmod__(self) if isinstance(other, timedelta) else NotImplemented

    def __eq__(self, other, /):
        return self._us() == other._us() if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other, /):
        return self._us() < other._us() if isinstance(other, timedelta) else NotImplemented

    def __le__(self, other, /):
        return self._us() <= other._us() if isinstance(other, timedelta) else NotImplemented

    def __gt__(self, other, /):
        return self._us() > other._us() if isinstance(other, timedelta) else NotImplemented

    def __ge__(self, other, /):
        return self._us() >= other._us() if isinstance(other, timedelta) else NotImplemented

    def __hash__(self, /):
        return hash((self.days, self.seconds, self.microseconds))

    def __bool__(self, /):
        return self._us() != 0

    def __reduce__(self, /):
        return type(self), (self.days, self.seconds, self.microseconds)


_set_days, _set_seconds, _set_microseconds = setters(timedelta)


def _make(cls, microseconds):
    """A span of so many microseconds."""
    days, rest = divmod(microseconds, _DAY)
    if not -_MOST_DAYS <= days <= _MOST_DAYS:
        if not -2 ** 31 <= days < 2 ** 31:
            raise OverflowError("Python int too large to convert to C int")
        raise OverflowError(f"days={days}; must have magnitude <= {_MOST_DAYS}")
    self = object.__new__(cls)
    _set_days(self, days)
    _set_seconds(self, rest // _SECOND)
    _set_microseconds(self, rest % _SECOND)
    return self


timedelta.min = timedelta(-_MOST_DAYS)
timedelta.max = timedelta(_MOST_DAYS, 86399, 999999)
timedelta.resolution = timedelta(microseconds=1)
