"""Dates and times as text: ISO 8601 both ways, strftime, ctime. (strptime is _strptime's.)"""

import time as _time

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Malformed(Exception):
    """Not of ISO 8601's forms."""


def time_tuple(date, hour, minute, second, is_summer):
    day_of_year = date.toordinal() - type(date)(date.year, 1, 1).toordinal() + 1
    return _time.struct_time((date.year, date.month, date.day, hour, minute, second, date.weekday(), day_of_year,
                              is_summer))


def ctime(date, hour, minute, second):
    return (f"{_DAYS[date.weekday()]} {_MONTHS[date.month]} {date.day:2d} {hour:02d}:{minute:02d}:{second:02d} "
            f"{date.year:04d}")


def clock_text(clock, timespec="auto"):
    """A time of day, as exact as is asked for."""
    if timespec == "auto":
        timespec = "microseconds" if clock.microsecond else "seconds"
    text = f"{clock.hour:02d}"
    if timespec == "hours":
        return text
    text += f":{clock.minute:02d}"
    if timespec == "minutes":
        return text
    text += f":{clock.second:02d}"
    if timespec == "seconds":
        return text
    if timespec == "milliseconds":
        return f"{text}.{clock.microsecond // 1000:03d}"
    if timespec == "microseconds":
        return f"{text}.{clock.microsecond:06d}"
    raise ValueError("Unknown timespec value")


def strftime(obj, format, moment):
    """A format filled in: what the system does not know of is filled in here."""
    from datetime._zones import offset_text
    year = moment[0]
    parts, at = [], 0
    while True:
        percent = format.find("%", at)
        if percent < 0 or percent + 1 >= len(format):
            parts.append(format[at:])
            break
        parts.append(format[at:percent])
        at = percent + 2
        code = format[percent + 1]
        if code == ":" and format[at:at + 1] == "z":
            code = ":z"
            at += 1
        if code == "f":
            parts.append(f"{getattr(obj, 'microsecond', 0):06d}")
        elif code in ("z", ":z"):
            offset = obj.utcoffset() if hasattr(obj, "utcoffset") else None
            parts.append(offset_text(offset, ":" if code == ":z" else ""))
        elif code == "Z":
            name = (obj.tzname() or "") if hasattr(obj, "tzname") else ""
            parts.append(name.replace("%", "%%"))
        elif code == "C":
            parts.append(f"{year // 100:02d}")
        elif code == "Y":
            parts.append(f"{year:04d}")
        elif code == "G":
            parts.append(f"{int(_time.strftime('%G', moment)):04d}")
        elif code == "F":
            parts.append(f"{year:04d}-%m-%d")
        else:
            parts.append("%" + code)
    return _time.strftime("".join(parts), moment)


def _digits(text, count):
    if len(text) != count or not (text.isascii() and text.isdigit()):
        raise _Malformed
    return int(text)


def parse_date(text):
    """The (year, month, day) of a date in one of the forms YYYY-MM-DD, YYYYMMDD, YYYY-Www-D, YYYYWwwD."""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        return _date(text)
    except _Malformed:
        raise ValueError(f"Invalid isoformat string: {text!r}") from None


def _date(text):
    year = _digits(text[:4], 4)
    dash = text[4:5] == "-"
    rest = text[5:] if dash else text[4:]
    if rest[:1] == "W":
        week = _digits(rest[1:3], 2)
        day = rest[3:]
        if day:
            if dash:
                if day[0] != "-":
                    raise _Malformed
                day = day[1:]
            day = _digits(day, 1)
        from datetime._date import of_iso_week
        try:
            return of_iso_week(year, week, 1 if day == "" else day)
        except ValueError:
            if not 1 <= year <= 9999:
                raise
            raise _Malformed from None
    if not dash and len(text) == 10:
        # As CPython has it: a length that the other form has may have anything at its end.
        rest = rest[:4]
    month = _digits(rest[:2], 2)
    if dash:
        if rest[2:3] != "-":
            raise _Malformed
        rest = rest[:2] + rest[3:]
    return year, month, _digits(rest[2:], 2)


def _date_length(text):
    """How long the date is that a moment begins with."""
    if text[4:5] == "-":
        if text[5:6] != "W":
            return 10
        return 10 if text[8:9] == "-" and text[9:10].isdigit() else 8
    if text[4:5] == "W":
        # Digits after the week may be a day and its separator, or already the time.
        end = 7
        while end < len(text) and text[end].isdigit():
            end += 1
        return end if end < 9 else 7 if end % 2 == 0 else 8
    return 8


def _clock(text):
    """(hour, minute, second, microsecond) of HH[:MM[:SS[.ffffff]]] or HH[MM[SS[.ffffff]]]."""
    parts = [_digits(text[:2], 2), 0, 0, 0]
    colon = text[2:3] == ":"
    at = 2
    for which in (1, 2):
        if at >= len(text):
            return parts
        if text[at] in ".," and which == 2:
            raise _Malformed
        if colon:
            if text[at] != ":":
                raise _Malformed
            at += 1
        parts[which] = _digits(text[at:at + 2], 2)
        at += 2
    if at < len(text):
        # Without colons the digits may go on at once.
        goes_on = not colon and text[at].isdigit()
        fraction = text[at:] if goes_on else text[at + 1:]
        if not goes_on and text[at] not in ".," or not fraction.isascii() or not fraction.isdigit():
            raise _Malformed
        parts[3] = int(fraction[:6].ljust(6, "0"))
    return parts


def parse_time(text):
    """The parts of a time of day, its zone, and whether it is midnight at the end of a day."""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        return _time_and_zone(text[1:] if text.startswith("T") else text)
    except _Malformed:
        raise ValueError(f"Invalid isoformat string: {text!r}") from None


def _time_and_zone(text):
    from datetime._delta import timedelta
    from datetime._zones import timezone
    sign = next((at for at, char in enumerate(text) if char in "+-Z"), len(text))
    parts, zone = _clock(text[:sign].rstrip(" ") if text[sign:sign + 1] == "Z" else text[:sign]), None
    if text[sign:] == "Z":
        zone = timezone.utc
    elif sign < len(text):
        if text[sign] == "Z":
            raise _Malformed
        hours, minutes, seconds, microseconds = _clock(text[sign + 1:])
        offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
        zone = timezone(-offset if text[sign] == "-" else offset)
    if parts[0] != 24:
        return parts, zone, False
    from datetime._fields import in_range
    in_range("minute", parts[1], 0, 59)
    in_range("second", parts[2], 0, 59)
    if any(parts[1:]):
        raise ValueError("minute, second, and microsecond must be 0 when hour is 24")
    return [0, 0, 0, 0], zone, True


def parse_moment(text):
    """A date, the parts of a time of day, its zone, and whether that is midnight at the end of the day."""
    if not isinstance(text, str):
        raise TypeError("fromisoformat: argument must be str")
    try:
        if len(text) < 7:
            raise _Malformed
        length = _date_length(text)
        date, rest = _date(text[:length]), text[length + 1:]
        if len(text) == length:
            return date, [0, 0, 0, 0], None, False
        if not rest:
            raise _Malformed
        return date, *_time_and_zone(rest)
    except _Malformed:
        raise ValueError(f"Invalid isoformat string: {text!r}") from None
