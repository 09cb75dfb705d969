"""Moments: a date and a time of day, in a zone or in none."""

import time as _time

from datetime import _text
from datetime._clock import clock_repr, pack_clock, packed_zone, time, unpack_clock, zone_repr
from datetime._date import check_date, date, make_date, shifted
from datetime._delta import timedelta
from datetime._fields import MISSING, check_clock, check_fold, name_of, number, of_type, required, setters
from datetime._zones import ask_name, ask_span, check_zone, offset_text, timezone

# This class is known as the package's own.
__name__ = "datetime"

_DAY = 86_400_000_000
_DAY_SECONDS = 86_400
# The number of January 1, 1970.
_EPOCH = 719_163


def _local(seconds):
    """Local time of a moment, as seconds since the Epoch if it were UTC."""
    year, month, day, hour, minute, second = _time.localtime(seconds)[:6]
    return ((date(year, month, day).toordinal() - _EPOCH) * 24 + hour) * 3600 + minute * 60 + second


def _of_local(local, fold):
    """The moment of a local time; of two, the one that fold says; of none, where it would be by the clock before."""
    guess = local - (_local(local) - local)
    if _local(guess) == local:
        # Was it the same time once more, a day's change before or after?
        other = guess + (_DAY_SECONDS if fold else -_DAY_SECONDS)
        shift = _local(other) - other
        if shift == local - guess:
            return guess
    else:
        shift = _local(guess) - guess
    second = local - shift
    if _local(second) == local:
        return second
    if _local(guess) == local:
        return guess
    return min(guess, second) if fold else max(guess, second)


class datetime(date):
    """datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])

The year, month and day arguments are required. tzinfo may be None, or an
instance of a tzinfo subclass. The remaining arguments may be ints."""

    __slots__ = _FIELDS = ("hour", "minute", "second", "microsecond", "tzinfo", "fold")

    def __new__(cls, year=MISSING, month=MISSING, day=MISSING, hour=0, minute=0, second=0, microsecond=0, tzinfo=None,
                *more, fold=0):
        if day is MISSING or more:
            if isinstance(year, (bytes, str)) and len(year) == 10:
                return _of_bytes(cls, year, None if month is MISSING else month)
            required(date._FIELDS, (year, month, day), 3)
            required((), (year, month, day, hour, minute, second, microsecond, tzinfo, *more), 8)
        return _make(cls, check_date(year, month, day), check_clock(hour, minute, second, microsecond),
                     check_zone(tzinfo), check_fold(fold))

    @classmethod
    def fromtimestamp(cls, /, timestamp, tz=None):
        """timestamp[, tz] -> tz's local time from POSIX timestamp."""
        check_zone(tz)
        seconds, microsecond = _split(timestamp)
        if tz is not None:
            made = cls(*_time.gmtime(seconds)[:6], microsecond, tz)
            return tz.fromutc(made)
        parts = _time.localtime(seconds)[:6]
        # The clock was set back within the last day, and shows this time for the second time.
        before = _time.localtime(seconds - _DAY_SECONDS) if seconds > -60_000_000_000 else None
        fold = 0
        if before is not None:
            step = before.tm_gmtoff - _time.localtime(seconds).tm_gmtoff
            fold = int(step > 0 and _time.localtime(seconds - step)[:6] == parts)
        return cls(*parts, microsecond, fold=fold)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """Construct a naive UTC datetime from a POSIX timestamp."""
        _warn_of_naive("utcfromtimestamp", "fromtimestamp(timestamp, datetime.UTC)")
        seconds, microsecond = _split(timestamp)
        return cls(*_time.gmtime(seconds)[:6], microsecond)

    @classmethod
    def now(cls, /, tz=None):
        """Returns new datetime object representing current time local to tz."""
        return cls.fromtimestamp(_time.time(), tz)

    @classmethod
    def utcnow(cls, /):
        """Return a new datetime representing UTC day and time."""
        _warn_of_naive("utcnow", "now(datetime.UTC)")
        seconds, microsecond = _split(_time.time())
        return cls(*_time.gmtime(seconds)[:6], microsecond)

    @classmethod
    def fromisoformat(cls, object, /):
        """string -> datetime from a string in most ISO 8601 formats."""
        day, clock, zone, day_later = _text.parse_moment(object)
        made = cls(*day, *clock, zone)
        try:
            return made + timedelta(1) if day_later else made
        except OverflowError:
            raise ValueError("year must be in 1..9999, not 10000") from None

    @classmethod
    def combine(cls, /, date, time, tzinfo=True):
        """date, time -> datetime with same date and time fields"""
        of_type("combine", 1, date, _date, "datetime.date")
        of_type("combine", 2, time, _clock, "datetime.time")
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond,
                   time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def strptime(cls, string, format, /):
        """string, format -> new datetime parsed from a string (like time.strptime())."""
        from _strptime import parse_moment
        return parse_moment(cls, string, format)

    def date(self, /):
        """Return date object with same year, month and day."""
        return make_date(_date, self.year, self.month, self.day)

    def time(self, /):
        """Return time object with same time but with tzinfo=None."""
        return _clock(self.hour, self.minute, self.second, self.microsecond, fold=self.fold)

    def timetz(self, /):
        """Return time object with same time and tzinfo."""
        return _clock(self.hour, self.minute, self.second, self.microsecond, self.tzinfo, fold=self.fold)

    def utcoffset(self, /):
        """Return self.tzinfo.utcoffset(self)."""
        return ask_span(self.tzinfo, "utcoffset", self)

    def dst(self, /):
        """Return self.tzinfo.dst(self)."""
        return ask_span(self.tzinfo, "dst", self)

    def tzname(self, /):
        """Return self.tzinfo.tzname(self)."""
        return ask_name(self.tzinfo, self)

    def _seconds(self, /):
        """Seconds since the Epoch, as if this were UTC."""
        return ((self.toordinal() - _EPOCH) * 24 + self.hour) * 3600 + self.minute * 60 + self.second

    def _microseconds(self, /):
        return self._seconds() * 1_000_000 + self.microsecond

    def timestamp(self, /):
        """Return POSIX timestamp as float."""
        offset = self.utcoffset()
        if offset is None:
            return _of_local(self._seconds(), self.fold) + self.microsecond / 1e6
        return (self._microseconds() - offset._us()) / 1_000_000

    def timetuple(self, /):
        """Return time tuple, compatible with time.localtime()."""
        summer = self.dst()
        return _text.time_tuple(_date(self.year, self.month, self.day), self.hour, self.minute, self.second,
                                -1 if summer is None else int(bool(summer)))

    def utctimetuple(self, /):
        """Return UTC time tuple, compatible with time.localtime()."""
        offset = self.utcoffset()
        utc = self - offset if offset else self
        return _text.time_tuple(_date(utc.year, utc.month, utc.day), utc.hour, utc.minute, utc.second, 0)

    def astimezone(self, /, tz=None):
        """tz -> convert to local time in new timezone tz"""
        check_zone(tz)
        if tz is not None and self.tzinfo is tz:
            return self
        offset = self.utcoffset()
        if offset is None:
            # Without a zone it is local time.
            local = _of_local(self._seconds(), self.fold)
            offset = timedelta(seconds=self._seconds() - local)
        utc = (self - offset).replace(tzinfo=timezone.utc if tz is None else tz)
        if tz is None:
            local = _time.localtime(utc._seconds())
            tz = timezone(timedelta(seconds=local.tm_gmtoff), local.tm_zone)
            utc = utc.replace(tzinfo=tz)
        return tz.fromutc(utc)

    def ctime(self, /):
        """Return ctime() style string."""
        return _text.ctime(self, self.hour, self.minute, self.second)

    def isoformat(self, /, sep="T", timespec="auto"):
        """[sep] -> string in ISO 8601 format, YYYY-MM-DDT[HH[:MM[:SS[.mmm[uuu]]]]][+HH:MM]."""
        if not isinstance(sep, str) or len(sep) != 1:
            what = f"a string of length {len(sep)}" if isinstance(sep, str) else type(sep).__name__
            raise TypeError(f"isoformat() argument 1 must be a unicode character, not {what}")
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}{sep}{_text.clock_text(self, timespec)}" + \
            offset_text(self.utcoffset())

    def __str__(self, /):
        return self.isoformat(" ")

    def __repr__(self, /):
        clock = clock_repr(self.hour, self.minute, self.second, self.microsecond)
        return f"{name_of(self, datetime)}({self.year}, {self.month}, {self.day}, {clock}{zone_repr(self)})"

    def replace(self, /, year=MISSING, month=MISSING, day=MISSING, hour=MISSING, minute=MISSING, second=MISSING,
                microsecond=MISSING, tzinfo=MISSING, *, fold=MISSING):
        """Return datetime with new specified fields."""
        given = (year, month, day, hour, minute, second, microsecond, tzinfo, fold)
        *parts, fold = [getattr(self, name) if new is MISSING else new for name, new in zip(_ALL, given)]
        return type(self)(*parts, fold=fold)

    __replace__ = replace

    def _depends_on_fold(self, offset):
        """Whether this is a time that the clock shows twice, or never."""
        return offset != self.replace(fold=1 - self.fold).utcoffset()

    def _difference(self, other, ordered):
        """How many microseconds later this is; None if it can not be said."""
        difference = self._microseconds() - other._microseconds()
        if self.tzinfo is other.tzinfo:
            return difference
        ours, theirs = self.utcoffset(), other.utcoffset()
        if not ordered and (self._depends_on_fold(ours) or other._depends_on_fold(theirs)):
            return None
        if ours is None and theirs is None:
            return difference
        if ours is None or theirs is None:
            if ordered:
                raise TypeError("can't compare offset-naive and offset-aware datetimes")
            return None
        return difference - (ours - theirs)._us()

    def __eq__(self, other, /):
        return self._difference(other, False) == 0 if isinstance(other, datetime) else NotImplemented

    def __lt__(self, other, /):
        return self._difference(other, True) < 0 if isinstance(other, datetime) else NotImplemented

    def __le__(self, other, /):
        return self._difference(other, True) <= 0 if isinstance(other, datetime) else NotImplemented

    def __gt__(self, other, /):
        return self._difference(other, True) > 0 if isinstance(other, datetime) else NotImplemented

    def __ge__(self, other, /):
        return self._difference(other, True) >= 0 if isinstance(other, datetime) else NotImplemented

    def __hash__(self, /):
        # The offset is asked for as if the clock had not been set back.
        offset = (self.replace(fold=0) if self.fold else self).utcoffset()
        return hash(self._microseconds() - (offset._us() if offset else 0))

    def _shifted(self, microseconds):
        days, rest = divmod(self._microseconds() + microseconds, _DAY)
        seconds, microsecond = divmod(rest, 1_000_000)
        return type(self)(*shifted(days + _EPOCH), seconds // 3600, seconds // 60 % 60, seconds % 60, microsecond,
                          self.tzinfo)

    def __add__(self, other, /):
        return self._shifted(other._us()) if isinstance(other, timedelta) else NotImplemented

    def __radd__(self, other, /):
        return self.__add__(other)

    def __sub__(self, other, /):
        if isinstance(other, timedelta):
            return self._shifted(-other._us())
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._microseconds() - other._microseconds()
        if self.tzinfo is not other.tzinfo:
            ours, theirs = self.utcoffset(), other.utcoffset()
            if (ours is None) != (theirs is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            if ours is not None:
                difference -= (ours - theirs)._us()
        return timedelta(microseconds=difference)

    def __rsub__(self, other, /):
        return other.__sub__(self) if isinstance(other, datetime) else NotImplemented

    def __reduce_ex__(self, protocol, /):
        packed = bytearray(self._packed() + pack_clock(self))
        if self.fold and protocol > 3:
            packed[2] |= 128
        packed = bytes(packed)
        return type(self), (packed,) if self.tzinfo is None else (packed, self.tzinfo)

    def __reduce__(self, /):
        return self.__reduce_ex__(2)


# Methods of the class go by these names, too.
_date, _clock = date, time
_ALL = date._FIELDS + datetime._FIELDS
_set_date = setters(date)
_set_clock = setters(datetime)


def _make(cls, day, clock, zone, fold):
    self = object.__new__(cls)
    for setter, value in zip(_set_date, day):
        setter(self, value)
    for setter, value in zip(_set_clock, (*clock, zone, fold)):
        setter(self, value)
    return self


def _of_bytes(cls, packed, zone):
    packed = packed.encode("latin-1") if isinstance(packed, str) else packed
    if not 1 <= packed[2] & 127 <= 12:
        raise TypeError("'bytes' object cannot be interpreted as an integer")
    day = check_date(packed[0] << 8 | packed[1], packed[2] & 127, packed[3])
    return _make(cls, day, check_clock(*unpack_clock(packed[4:])), packed_zone(zone), packed[2] >> 7)


def _split(timestamp):
    """Seconds and microseconds of a timestamp; halves go to the even microsecond."""
    if isinstance(timestamp, int):
        return timestamp, 0
    if not isinstance(timestamp, float):
        try:
            return number(timestamp), 0
        except TypeError:
            raise TypeError(f"argument must be int or float, not {type(timestamp).__name__}") from None
    if timestamp != timestamp:
        raise ValueError("Invalid value NaN (not a number)")
    if abs(timestamp) > 2 ** 63:
        raise OverflowError("timestamp out of range for platform time_t")
    whole = int(timestamp // 1)
    microseconds = round((timestamp - whole) * 1e6)
    return whole + microseconds // 1_000_000, microseconds % 1_000_000


def _warn_of_naive(name, instead):
    import warnings
    warnings.warn(f"datetime.datetime.{name}() is deprecated and scheduled for removal in a future version. Use "
                  f"timezone-aware objects to represent datetimes in UTC: datetime.datetime.{instead}.",
                  DeprecationWarning, stacklevel=3)


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
