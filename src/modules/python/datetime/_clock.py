"""Times of day, on no particular day."""

from datetime import _text
from datetime._delta import timedelta
from datetime._fields import (MISSING, check_clock, check_fold, delete_unless_field, name_of, of_type,
                              set_unless_field, setters)
from datetime._zones import ask_name, ask_span, check_zone, offset_text, tzinfo

# This class is known as the package's own.
__name__ = "datetime"


def clock_repr(hour, minute, second, microsecond):
    """The parts of a time of day for a repr: hour and minute always, the others if they are not 0."""
    parts = [hour, minute]
    if second or microsecond:
        parts.append(second)
    if microsecond:
        parts.append(microsecond)
    return ", ".join(map(str, parts))


def zone_repr(obj):
    return (", fold=1" if obj.fold else "") + ("" if obj.tzinfo is None else f", tzinfo={obj.tzinfo!r}")


class time:
    """time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time object

All arguments are optional. tzinfo may be None, or an instance of
a tzinfo subclass. The remaining arguments may be ints."""

    __slots__ = _FIELDS = ("hour", "minute", "second", "microsecond", "tzinfo", "fold")
    __setattr__, __delattr__ = set_unless_field, delete_unless_field

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)) and len(hour) == 6:
            return _of_bytes(cls, hour, minute or None)
        return _make(cls, *check_clock(hour, minute, second, microsecond), check_zone(tzinfo), check_fold(fold))

    @classmethod
    def fromisoformat(cls, object, /):
        """Construct a time from a string in ISO 8601 format."""
        parts, zone, _ = _text.parse_time(object)
        return cls(*parts, zone)

    @classmethod
    def strptime(cls, string, format, /):
        """Parse string according to the given time format (like time.strptime())."""
        from _strptime import parse_clock
        return parse_clock(cls, string, format)

    def isoformat(self, /, timespec="auto"):
        """Return the time formatted according to ISO."""
        return _text.clock_text(self, timespec) + offset_text(self.utcoffset())

    def __str__(self, /):
        return self.isoformat()

    def strftime(self, /, format):
        """Format using strftime()."""
        of_type("strftime", 1, format, str, "str")
        # There is no day: it is taken to be a Monday, the first of 1900.
        return _text.strftime(self, format, (1900, 1, 1, self.hour, self.minute, self.second, 0, 1, -1))

    def __format__(self, spec, /):
        """Formats self with strftime."""
        of_type("__format__", 1, spec, str, "str")
        return self.strftime(spec) if spec else str(self)

    def utcoffset(self, /):
        """Return self.tzinfo.utcoffset(self)."""
        return ask_span(self.tzinfo, "utcoffset", None)

    def dst(self, /):
        """Return self.tzinfo.dst(self)."""
        return ask_span(self.tzinfo, "dst", None)

    def tzname(self, /):
        """Return self.tzinfo.tzname(self)."""
        return ask_name(self.tzinfo, None)

    def replace(self, /, hour=MISSING, minute=MISSING, second=MISSING, microsecond=MISSING, tzinfo=MISSING, *,
                fold=MISSING):
        """Return time with new specified fields."""
        given = (hour, minute, second, microsecond, tzinfo, fold)
        *parts, fold = [getattr(self, name) if new is MISSING else new for name, new in zip(time._FIELDS, given)]
        return type(self)(*parts, fold=fold)

    __replace__ = replace

    def __repr__(self, /):
        parts = clock_repr(self.hour, self.minute, self.second, self.microsecond)
        return f"{name_of(self, time)}({parts}{zone_repr(self)})"

    def _microseconds(self, /):
        return ((self.hour * 60 + self.minute) * 60 + self.second) * 1_000_000 + self.microsecond

    def _difference(self, other, ordered):
        """How many microseconds later this is; None if it can not be said."""
        if self.tzinfo is other.tzinfo:
            return self._microseconds() - other._microseconds()
        ours, theirs = self.utcoffset(), other.utcoffset()
        if ours is None is not theirs or theirs is None is not ours:
            if ordered:
                raise TypeError("can't compare offset-naive and offset-aware times")
            return None
        difference = self._microseconds() - other._microseconds()
        return difference if ours is None else difference - (ours - theirs)._us()

    def __eq__(self, other, /):
        return self._difference(other, False) == 0 if isinstance(other, time) else NotImplemented

    def __lt__(self, other, /):
        return self._difference(other, True) < 0 if isinstance(other, time) else NotImplemented

    def __le__(self, other, /):
        return self._difference(other, True) <= 0 if isinstance(other, time) else NotImplemented

    def __gt__(self, other, /):
        return self._difference(other, True) > 0 if isinstance(other, time) else NotImplemented

    def __ge__(self, other, /):
        return self._difference(other, True) >= 0 if isinstance(other, time) else NotImplemented

    def __hash__(self, /):
        # The offset is asked for as if the clock had not been set back.
        offset = (self.replace(fold=0) if self.fold else self).utcoffset()
        return hash(self._microseconds() - (offset._us() if offset else 0))

    def __reduce_ex__(self, protocol, /):
        packed = pack_clock(self, 128 if self.fold and protocol > 3 else 0)
        return type(self), (packed,) if self.tzinfo is None else (packed, self.tzinfo)

    def __reduce__(self, /):
        return self.__reduce_ex__(2)


def pack_clock(clock, mark=0):
    """A time of day in six bytes; a mark goes with the hour."""
    return bytes((clock.hour | mark, clock.minute, clock.second)) + clock.microsecond.to_bytes(3, "big")


def unpack_clock(packed):
    return packed[0] & 127, packed[1], packed[2], int.from_bytes(packed[3:6], "big")


_set_hour, _set_minute, _set_second, _set_microsecond, _set_tzinfo, _set_fold = setters(time)


def _make(cls, hour, minute, second, microsecond, tzinfo, fold):
    self = object.__new__(cls)
    _set_hour(self, hour)
    _set_minute(self, minute)
    _set_second(self, second)
    _set_microsecond(self, microsecond)
    _set_tzinfo(self, tzinfo)
    _set_fold(self, fold)
    return self


def _of_bytes(cls, packed, zone):
    packed = packed.encode("latin-1") if isinstance(packed, str) else packed
    if packed[0] & 127 > 23:
        raise TypeError("'bytes' object cannot be interpreted as an integer")
    return _make(cls, *check_clock(*unpack_clock(packed)), packed_zone(zone), packed[0] >> 7)


def packed_zone(zone):
    if not isinstance(zone, (type(None), tzinfo)):
        raise TypeError("bad tzinfo state arg")
    return zone


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
