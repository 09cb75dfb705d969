"""Zones: what a moment's distance from UTC is, and its name."""

from datetime._delta import timedelta
from datetime._fields import MISSING, delete_unless_field, of_type, set_unless_field

# These classes are known as the package's own.
__name__ = "datetime"

_ZERO = timedelta(0)
_DAY = timedelta(days=1)


def check_zone(zone):
    """A zone or None."""
    if zone is not None and not isinstance(zone, tzinfo):
        raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type '{type(zone).__name__}'")
    return zone


def ask_span(zone, name, moment):
    """What a zone's utcoffset or dst answers, checked."""
    if zone is None:
        return None
    span = getattr(zone, name)(moment)
    if span is None:
        return None
    if not isinstance(span, timedelta):
        raise TypeError(f"tzinfo.{name}() must return None or timedelta, not '{type(span).__name__}'")
    if not -_DAY < span < _DAY:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                         f"not {span!r}")
    return span


def ask_name(zone, moment):
    """What a zone's tzname answers, checked."""
    if zone is None:
        return None
    name = zone.tzname(moment)
    if name is not None and not isinstance(name, str):
        module = "datetime." if type(name).__module__ == "datetime" else ""
        raise TypeError(f"tzinfo.tzname() must return None or a string, not '{module}{type(name).__name__}'")
    return name


def offset_text(offset, colon=":"):
    """A distance from UTC such as +01:00; seconds only if there are any."""
    if offset is None:
        return ""
    sign = "+"
    if offset < _ZERO:
        sign, offset = "-", -offset
    seconds = offset.days * 86400 + offset.seconds
    text = f"{sign}{seconds // 3600:02d}{colon}{seconds // 60 % 60:02d}"
    if seconds % 60 or offset.microseconds:
        text += f"{colon}{seconds % 60:02d}"
    if offset.microseconds:
        text += f".{offset.microseconds:06d}"
    return text


class tzinfo:
    """Abstract base class for time zone info objects."""

    __slots__ = ()

    def __new__(cls, /, *args, **kwargs):
        return object.__new__(cls)

    def utcoffset(self, object, /):
        """datetime -> timedelta showing offset from UTC, negative values indicating West of UTC"""
        raise NotImplementedError("a tzinfo subclass must implement utcoffset()")

    def dst(self, object, /):
        """datetime -> DST offset as timedelta positive east of UTC."""
        raise NotImplementedError("a tzinfo subclass must implement dst()")

    def tzname(self, object, /):
        """datetime -> string name of time zone."""
        raise NotImplementedError("a tzinfo subclass must implement tzname()")

    def fromutc(self, object, /):
        """datetime in UTC -> datetime in local time."""
        dt = object
        from datetime import datetime
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        offset = dt.utcoffset()
        if offset is None:
            raise ValueError("fromutc: non-None utcoffset() result required")
        summer = dt.dst()
        if summer is None:
            raise ValueError("fromutc: non-None dst() result required")
        # The standard distance first; whether it is summer is then asked of local time.
        standard = offset - summer
        if standard:
            dt += standard
            summer = dt.dst()
            if summer is None:
                raise ValueError("fromutc: tz.dst() gave inconsistent results; cannot convert")
        return dt + summer

    def __reduce__(self, /):
        args = getattr(self, "__getinitargs__", tuple)()
        return type(self), args, None if isinstance(self, timezone) else self.__getstate__()


class timezone(tzinfo):
    """Fixed offset from UTC implementation of tzinfo."""

    __slots__ = _FIELDS = ("_offset", "_name")
    __setattr__, __delattr__ = set_unless_field, delete_unless_field

    def __new__(cls, offset, name=MISSING):
        of_type("timezone", 1, offset, timedelta, "datetime.timedelta")
        if name is MISSING:
            if not offset:
                return cls.utc
            name = None
        else:
            of_type("timezone", 2, name, str, "str")
        return _make(cls, offset, name)

    def __init_subclass__(cls, /):
        raise TypeError("type 'datetime.timezone' is not an acceptable base type")

    def _asked_of(self, function, dt):
        from datetime import datetime
        if dt is not None and not isinstance(dt, datetime):
            raise TypeError(f"{function}(dt) argument must be a datetime instance or None, not {type(dt).__name__}")

    def utcoffset(self, object, /):
        """Return fixed offset."""
        self._asked_of("utcoffset", object)
        return self._offset

    def dst(self, object, /):
        """Return None."""
        self._asked_of("dst", object)
        return None

    def tzname(self, object, /):
        """If name is specified when timezone is created, returns the name.  Otherwise returns offset as
        'UTC(+|-)HH:MM'."""
        self._asked_of("tzname", object)
        if self._name is not None:
            return self._name
        return "UTC" + offset_text(self._offset) if self._offset else "UTC"

    def fromutc(self, object, /):
        """datetime in UTC -> datetime in local time."""
        dt = object
        from datetime import datetime
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        return dt + self._offset

    def __eq__(self, other, /):
        return self._offset == other._offset if isinstance(other, timezone) else NotImplemented

    def __hash__(self, /):
        return hash(self._offset)

    def __repr__(self, /):
        if self is timezone.utc:
            return "datetime.timezone.utc"
        return f"datetime.timezone({self._offset!r}{'' if self._name is None else f', {self._name!r}'})"

    def __str__(self, /):
        return self.tzname(None)

    def __getinitargs__(self, /):
        return (self._offset,) if self._name is None else (self._offset, self._name)


_set_offset, _set_name = (timezone.__dict__[name].__set__ for name in timezone._FIELDS)


def _make(cls, offset, name):
    if not -_DAY < offset < _DAY:
        raise ValueError("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), "
                         f"not {offset!r}")
    self = object.__new__(cls)
    _set_offset(self, offset)
    _set_name(self, name)
    return self


timezone.utc = _make(timezone, _ZERO, None)
timezone.min = timezone(-timedelta(hours=23, minutes=59))
timezone.max = timezone(timedelta(hours=23, minutes=59))
