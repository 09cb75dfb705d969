"""Times read from text by a format: time.strptime, and those of datetime's types."""

import time
from datetime import date, timedelta, timezone

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")

# Directives that stand for others.
_SHORT = {"c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "T": "%H:%M:%S", "R": "%H:%M",
          "r": "%I:%M:%S %p"}
_SAME = {"e": "d", "k": "H", "l": "I", "P": "p"}

# Numbers: how many digits at most, exactly so many or fewer, the least and the greatest, and whether a space may
# stand for the first digit.
_NUMBERS = {"d": (2, False, 1, 31, True), "H": (2, False, 0, 23, True), "I": (2, False, 1, 12, True),
            "j": (3, False, 1, 366, False), "m": (2, False, 1, 12, False), "M": (2, False, 0, 59, False),
            "S": (2, False, 0, 61, False), "U": (2, False, 0, 53, False), "W": (2, False, 0, 53, False),
            "V": (2, False, 1, 53, False), "w": (1, True, 0, 6, False), "u": (1, True, 1, 7, False),
            "y": (2, True, 0, 99, False), "Y": (4, True, 0, 9999, False), "G": (4, True, 0, 9999, False),
            "f": (6, False, 0, 999999, False)}


def _names(code):
    if code in "aA":
        return [name[:3] for name in _WEEKDAYS] if code == "a" else _WEEKDAYS
    if code in "bB":
        return [name[:3] for name in _MONTHS] if code == "b" else _MONTHS
    if code == "p":
        return ("am", "pm")
    return sorted({"utc", "gmt", *(name.lower() for name in time.tzname)}, key=len, reverse=True)


def _pieces(format):
    """A format taken apart: (None, literal text), (" ", ""), (directive, "")."""
    at = 0
    while at < len(format):
        char = format[at]
        if char.isspace():
            while format[at:at + 1].isspace():
                at += 1
            yield " ", ""
            continue
        at += 1
        if char != "%":
            yield None, char.lower()
            continue
        code = format[at:at + 1]
        if code == "-" and format[at + 1:at + 2] in tuple("dHIjmMSUWVy"):
            at += 1
            code = format[at]
        at += 1
        if code == "%":
            yield None, "%"
        elif code in _SHORT:
            yield from _pieces(_SHORT[code])
        elif _SAME.get(code, code) in _NUMBERS or code and code in "aAbBpPzZ":
            yield _SAME.get(code, code), ""
        else:
            raise _bad_directive(code, format, at) from None


def _bad_directive(code, format, at):
    if not code or code.isdigit() or code.isspace():
        return ValueError(f"stray % in format {format!r}")
    if code in "EO" and at < len(format) and format[at].isalpha():
        code += format[at]
    return ValueError(f"{code!r} is a bad directive in format {format!r}")


def _ends_of_number(code, text, at):
    """Where a number may end, the longest first."""
    most, exact, least, greatest, spaced = _NUMBERS[code]
    digits = at
    while digits < len(text) and digits < at + most and "0" <= text[digits] <= "9":
        digits += 1
    for end in range(digits, at, -1):
        if exact and end - at != most:
            return
        if code == "f" or least <= int(text[at:end]) <= greatest:
            yield end
    if spaced and text[at:at + 1] == " " and "1" <= text[at + 1:at + 2] <= "9":
        yield at + 2


def _ends_of_offset(text, at):
    """Where a distance from UTC may end: Z, or +HH[:]MM[[:]SS[.ffffff]]."""
    if text[at:at + 1] == "Z":
        yield at + 1
        return
    end = _digits_end(text, at + 1, 2) if text[at:at + 1] in ("+", "-") else -1
    if end < 0:
        return
    minutes = _digits_end(text, end + (text[end:end + 1] == ":"), 2)
    if minutes < 0:
        return
    seconds = _digits_end(text, minutes + (text[minutes:minutes + 1] == ":"), 2)
    if seconds > 0 and (text[end] == ":") != (text[minutes] == ":"):
        raise ValueError(f"Inconsistent use of : in {text[at:seconds]}")
    if seconds > 0:
        fraction = seconds + 1
        while fraction < min(len(text), seconds + 7) and text[fraction].isdigit():
            fraction += 1
        if text[seconds:seconds + 1] == "." and fraction > seconds + 1:
            yield fraction
        yield seconds
    yield minutes


def _digits_end(text, at, count):
    found = text[at:at + count]
    return at + count if len(found) == count and found.isascii() and found.isdigit() else -1


def _ends(piece, text, lower, at):
    """Where a piece of the format may end that begins at a place of the text, in the order of preference."""
    code, literal = piece
    if code is None:
        if lower.startswith(literal, at):
            yield at + len(literal)
    elif code == " ":
        end = at
        while end < len(text) and text[end].isspace():
            end += 1
        yield from range(end, at, -1)
    elif code in _NUMBERS:
        yield from _ends_of_number(code, text, at)
    elif code == "z":
        yield from _ends_of_offset(text, at)
    else:
        for name in _names(code):
            if lower.startswith(name, at):
                yield at + len(name)


def _match(pieces, text):
    """The texts of the directives, and where the format ends in the text; None if it does not match. The first way
    that leads to the end of the format is taken."""
    lower = text.lower()
    tries, ends = [_ends(pieces[0], text, lower, 0)] if pieces else [], [0]
    while tries:
        end = next(tries[-1], None)
        if end is None:
            tries.pop()
            ends.pop()
        else:
            ends.append(end)
            if len(tries) == len(pieces):
                break
            tries.append(_ends(pieces[len(tries)], text, lower, end))
    if len(ends) <= len(pieces):
        return None, 0
    found = {}
    for (code, _), start, end in zip(pieces, ends, ends[1:]):
        if code not in (None, " "):
            found[code] = text[start:end]
    return found, ends[-1]


def _check_combination(found):
    """Refuse what says too much or too little of a date."""
    weekday = any(code in found for code in "aAwu")
    if "G" in found:
        if "j" in found:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' "
                             "instead.")
        if "V" not in found or not weekday:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday "
                             "directive ('%A', '%a', '%w', or '%u').")
    elif "V" in found:
        if "Y" in found or "y" in found:
            raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year "
                             "'%G' instead.")
        raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday "
                         "directive ('%A', '%a', '%w', or '%u').")


def _year_of(found):
    if "Y" in found:
        return int(found["Y"])
    if "y" in found:
        year = int(found["y"])
        return year + (2000 if year <= 68 else 1900)
    return None


def _hour_of(found):
    if "H" in found:
        return int(found["H"])
    if "I" not in found:
        return 0
    return int(found["I"]) % 12 + (12 if found.get("p", "").lower() == "pm" else 0)


def _weekday_of(found):
    """Monday is 0; None if nothing is said of it."""
    for code in "aA":
        if code in found:
            return [name[:3] for name in _WEEKDAYS].index(found[code].lower()[:3])
    if "w" in found:
        return (int(found["w"]) - 1) % 7
    return int(found["u"]) - 1 if "u" in found else None


def _month_of(found):
    for code in "bB":
        if code in found:
            return [name[:3] for name in _MONTHS].index(found[code].lower()[:3]) + 1
    return int(found.get("m", 1))


def _day_of(found, year):
    """(year, month, day, weekday, day of the year) of what was found."""
    month, day, weekday = _month_of(found), int(found.get("d", 1)), _weekday_of(found)
    # Without a year, February 29 is one of a leap year.
    leap = year is None and month == 2 and day == 29
    given = year
    year = 1904 if leap else 1900 if year is None else year
    if "G" in found:
        that = date.fromisocalendar(int(found["G"]), int(found["V"]), weekday + 1)
        return that.year, that.month, that.day, weekday, that.toordinal() - date(that.year, 1, 1).toordinal() + 1
    day_of_year = int(found["j"]) if "j" in found else None
    week = found.get("U", found.get("W"))
    if day_of_year is None and week is not None and weekday is not None and given is not None:
        day_of_year = _of_week(year, int(week), weekday, "U" in found)
        if day_of_year <= 0:
            # Week 0 may begin in the year before.
            year -= 1
            day_of_year += date(year, 12, 31).toordinal() - date(year, 1, 1).toordinal() + 1
    if day_of_year is None:
        day_of_year = date(year, month, day).toordinal() - date(year, 1, 1).toordinal() + 1
    else:
        that = date.fromordinal(day_of_year - 1 + date(year, 1, 1).toordinal())
        year, month, day = that.year, that.month, that.day
    if weekday is None:
        weekday = date(year, month, day).weekday()
    return 1900 if leap else year, month, day, weekday, day_of_year


def _of_week(year, week, weekday, from_sunday):
    """The day of the year of a weekday of a week; weeks are counted from the first Sunday or Monday."""
    first = date(year, 1, 1).weekday()
    if from_sunday:
        first, weekday = (first + 1) % 7, (weekday + 1) % 7
    return 1 + (7 - first) % 7 + 7 * (week - 1) + weekday


def _offset_of(found):
    """Seconds and microseconds east of UTC; None if nothing is said of it."""
    text = found.get("z")
    if text is None:
        return None
    if text == "Z":
        return 0, 0
    digits = text[1:].replace(":", "")
    whole, _, fraction = digits.partition(".")
    seconds = int(whole[:2]) * 3600 + int(whole[2:4]) * 60 + int(whole[4:6] or 0)
    sign = -1 if text[0] == "-" else 1
    return sign * seconds, sign * int(fraction.ljust(6, "0") or 0)


def _is_summer(found):
    """1 or 0 if a zone's name says so, else -1."""
    name = found.get("Z", "").lower()
    if name in ("utc", "gmt"):
        return 0
    standard, summer = (text.lower() for text in time.tzname)
    if not name or standard == summer and time.daylight:
        return -1
    return 0 if name == standard else 1


def _warn_of_leap_day():
    import warnings
    warnings.warn("""\
Parsing dates involving a day of month without a year specified is ambiguous
and fails to parse leap day. The default behavior will change in Python 3.15
to either always raise an exception or to use a different default year (TBD).
To avoid trouble, add a specific year to the input & format.
See https://github.com/python/cpython/issues/70647.""", DeprecationWarning, skip_file_prefixes=("<frozen ",))


def _read(text, format):
    """(time tuple without the zone, whether it is summer, zone's name, offset, microsecond)"""
    pieces = list(_pieces(format))
    codes = [code for code, _ in pieces]
    if "d" in codes and not any(code in codes for code in "yYG") and "%d" in format.replace("%-d", "%d"):
        _warn_of_leap_day()
    found, end = _match(pieces, text)
    if found is None:
        raise ValueError(f"time data {text!r} does not match format {format!r}")
    if end != len(text):
        raise ValueError(f"unconverted data remains: {text[end:]}")
    _check_combination(found)
    year, month, day, weekday, day_of_year = _day_of(found, _year_of(found))
    clock = _hour_of(found), int(found.get("M", 0)), int(found.get("S", 0))
    microsecond = int(found.get("f", "").ljust(6, "0"))
    return (year, month, day, *clock, weekday, day_of_year), _is_summer(found), found.get("Z"), _offset_of(found), \
        microsecond


def _strptime_time(text, format="%a %b %d %H:%M:%S %Y"):
    """What time.strptime gives."""
    for at, argument in enumerate((text, format)):
        if not isinstance(argument, str):
            raise TypeError(f"strptime() argument {at} must be str, not {type(argument)}")
    parts, summer, zone, offset, _ = _read(text, format)
    return time.struct_time((*parts, summer), {"tm_zone": zone, "tm_gmtoff": offset and offset[0]})


def _zone_of(name, offset):
    if offset is None:
        return None
    span = timedelta(seconds=offset[0], microseconds=offset[1])
    return timezone(span, name) if name else timezone(span)


def _read_checked(text, format):
    for at, argument in enumerate((text, format), 1):
        if not isinstance(argument, str):
            raise TypeError(f"strptime() argument {at} must be str, not {type(argument).__name__}")
    return _read(text, format)


def parse_moment(cls, text, format):
    """What datetime.datetime.strptime gives."""
    parts, _, zone, offset, microsecond = _read_checked(text, format)
    return cls(*parts[:6], microsecond, _zone_of(zone, offset))


def parse_date(cls, text, format):
    """What datetime.date.strptime gives."""
    return cls(*_read_checked(text, format)[0][:3])


def parse_clock(cls, text, format):
    """What datetime.time.strptime gives."""
    parts, _, zone, offset, microsecond = _read_checked(text, format)
    return cls(*parts[3:6], microsecond, _zone_of(zone, offset))
