"""Dates of the Gregorian calendar, as if it had always been in use."""

import time as _time

from datetime import _text
from datetime._delta import timedelta
from datetime._fields import (MISSING, delete_unless_field, in_range, name_of, number, of_type, required,
                              set_unless_field, setters)

# These classes are known as the package's own.
__name__ = "datetime"

MINYEAR = 1
MAXYEAR = 9999

_MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LAST_ORDINAL = 3_652_059


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    return 29 if month == 2 and _is_leap(year) else _MONTH_LENGTHS[month]


def _days_before_year(year):
    year -= 1
    return year * 365 + year // 4 - year // 100 + year // 400


def ordinal_of(year, month, day):
    """The number of a date; January 1 of year 1 is 1."""
    return _days_before_year(year) + _DAYS_BEFORE[month] + (month > 2 and _is_leap(year)) + day


def date_of(ordinal):
    """The (year, month, day) of a number."""
    # Counted from March 1 of year 0, so that a leap day is the last of its year.
    day = ordinal + 305
    era, day = divmod(day, 146_097)
    year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day -= (153 * month + 2) // 5 - 1
    return era * 400 + year + (month >= 10), month - 9 if month >= 10 else month + 3, day


def checked_ordinal(ordinal):
    """The date of a number that must be one of a date."""
    ordinal = number(ordinal)
    if ordinal < 1:
        raise ValueError("ordinal must be >= 1")
    year, month, day = date_of(ordinal)
    if year > MAXYEAR:
        raise ValueError(f"year must be in {MINYEAR}..{MAXYEAR}, not {year}")
    return year, month, day


def shifted(ordinal):
    """The date of a number that was computed."""
    if not 1 <= ordinal <= _LAST_ORDINAL:
        raise OverflowError("date value out of range")
    return date_of(ordinal)


def check_date(year, month, day):
    """The parts of a date, checked."""
    year, month, day = number(year), number(month), number(day)
    in_range("year", year, MINYEAR, MAXYEAR)
    in_range("month", month, 1, 12)
    last = days_in_month(year, month)
    if not 1 <= day <= last:
        raise ValueError(f"day {day} must be in range 1..{last} for month {month} in year {year}")
    return year, month, day


def _first_monday(year):
    """The number of the Monday that begins the first ISO week of a year: that with January 4."""
    fourth = ordinal_of(year, 1, 4)
    return fourth - (fourth + 6) % 7


def of_iso_week(year, week, day):
    """The date of a day of an ISO week."""
    in_range("year", year, MINYEAR, MAXYEAR)
    first = _first_monday(year)
    if not 1 <= week <= 53 or week == 53 and first + 52 * 7 >= _first_monday(year + 1):
        raise ValueError(f"Invalid week: {week}")
    if not 1 <= day <= 7:
        raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
    return date_of(first + (week - 1) * 7 + day - 1)


class IsoCalendarDate(tuple):
    """The result of date.isocalendar() or datetime.isocalendar()

This object may be accessed either as a tuple of
  ((year, week, weekday))
or via the object attributes as named in the above tuple."""

    __slots__ = ()

    year = property(lambda self: self[0])
    week = property(lambda self: self[1])
    weekday = property(lambda self: self[2])

    def __reduce__(self, /):
        return tuple, (tuple(self),)

    def __repr__(self, /):
        return f"datetime.IsoCalendarDate(year={self[0]}, week={self[1]}, weekday={self[2]})"


class date:
    """date(year, month, day) --> date object"""

    __slots__ = _FIELDS = ("year", "month", "day")
    __setattr__, __delattr__ = set_unless_field, delete_unless_field

    def __new__(cls, year=MISSING, month=MISSING, day=MISSING, *more):
        if day is MISSING or more:
            if month is MISSING and isinstance(year, (bytes, str)) and len(year) == 4:
                return _of_bytes(cls, year)
            required(cls._FIELDS, (year, month, day, *more), 3)
        return _make(cls, *check_date(year, month, day))

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """Create a date from a POSIX timestamp."""
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        return cls(*_time.localtime(timestamp)[:3])

    @classmethod
    def today(cls, /):
        """Current date or datetime: same as self.__class__.fromtimestamp(time.time())."""
        return cls.fromtimestamp(_time.time())

    @classmethod
    def fromordinal(cls, ordinal, /):
        """int -> date corresponding to a proleptic Gregorian ordinal."""
        return cls(*checked_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, object, /):
        """Construct a date from a string in ISO 8601 format."""
        return cls(*_text.parse_date(object))

    @classmethod
    def fromisocalendar(cls, /, year, week, day):
        """Construct a date from the ISO year, week number and weekday."""
        return cls(*of_iso_week(number(year), number(week), number(day)))

    @classmethod
    def strptime(cls, string, format, /):
        """Parse string according to the given date format (like time.strptime())."""
        from _strptime import parse_date
        return parse_date(cls, string, format)

    def toordinal(self, /):
        """Return proleptic Gregorian ordinal.  January 1 of year 1 is day 1."""
        return ordinal_of(self.year, self.month, self.day)

    def weekday(self, /):
        """Return the day of the week represented by the date: Monday == 0 ... Sunday == 6"""
        return (ordinal_of(self.year, self.month, self.day) + 6) % 7

    def isoweekday(self, /):
        """Return the day of the week represented by the date: Monday == 1 ... Sunday == 7"""
        return self.weekday() + 1

    def isocalendar(self, /):
        """Return a named tuple containing ISO year, week number, and weekday."""
        year, today = self.year, date.toordinal(self)
        if today < _first_monday(year):
            year -= 1
        elif today >= _first_monday(year + 1):
            year += 1
        week, day = divmod(today - _first_monday(year), 7)
        return IsoCalendarDate((year, week + 1, day + 1))

    def timetuple(self, /):
        """Return local time tuple compatible with time.localtime()."""
        return _text.time_tuple(self, 0, 0, 0, -1)

    def ctime(self, /):
        """Return ctime() style string."""
        return _text.ctime(self, 0, 0, 0)

    def isoformat(self, /):
        """Return string in ISO 8601 format, YYYY-MM-DD."""
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def __str__(self, /):
        return self.isoformat()

    def strftime(self, /, format):
        """Format using strftime()."""
        return _text.strftime(self, of_type("strftime", 1, format, str, "str"), self.timetuple())

    def __format__(self, spec, /):
        """Formats self with strftime."""
        of_type("__format__", 1, spec, str, "str")
        return self.strftime(spec) if spec else str(self)

    def replace(self, /, year=MISSING, month=MISSING, day=MISSING):
        """Return date with new specified fields."""
        return type(self)(self.year if year is MISSING else year, self.month if month is MISSING else month,
                          self.day if day is MISSING else day)

    __replace__ = replace

    def __repr__(self, /):
        return f"{name_of(self, date)}({self.year}, {self.month}, {self.day})"

    def _key(self, /):
        return self.year, self.month, self.day

    def _comparable(self, other):
        """A moment is no date here, though its class is derived."""
        return isinstance(other, date) and not hasattr(other, "hour")

    def __eq__(self, other, /):
        return self._key() == other._key() if self._comparable(other) else NotImplemented

    def __lt__(self, other, /):
        return self._key() < other._key() if self._comparable(other) else NotImplemented

    def __le__(self, other, /):
        return self._key() <= other._key() if self._comparable(other) else NotImplemented

    def __gt__(self, other, /):
        return self._key() > other._key() if self._comparable(other) else NotImplemented

    def __ge__(self, other, /):
        return self._key() >= other._key() if self._comparable(other) else NotImplemented

    def __hash__(self, /):
        return hash((self.year, self.month, self.day))

    def __add__(self, other, /):
        if not isinstance(other, timedelta):
            return NotImplemented
        return type(self)(*shifted(self.toordinal() + other.days))

    def __radd__(self, other, /):
        return self.__add__(other)

    def __sub__(self, other, /):
        if isinstance(other, timedelta):
            return type(self)(*shifted(self.toordinal() - other.days))
        if isinstance(other, date) and not hasattr(other, "hour"):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def __rsub__(self, other, /):
        if isinstance(other, date) and not hasattr(other, "hour") and not hasattr(self, "hour"):
            return other.__sub__(self)
        return NotImplemented

    def _packed(self, /):
        return bytes((self.year >> 8, self.year & 255, self.month, self.day))

    def __reduce__(self, /):
        return type(self), (self._packed(),)


_set_year, _set_month, _set_day = setters(date)


def _make(cls, year, month, day):
    self = object.__new__(cls)
    _set_year(self, year)
    _set_month(self, month)
    _set_day(self, day)
    return self


make_date = _make


def _of_bytes(cls, packed):
    """What __reduce__ has packed; CPython 2 wrote it as text."""
    packed = packed.encode("latin-1") if isinstance(packed, str) else packed
    if not 1 <= packed[2] <= 12:
        raise TypeError("'bytes' object cannot be interpreted as an integer")
    return _make(cls, *check_date(packed[0] << 8 | packed[1], packed[2], packed[3]))


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
