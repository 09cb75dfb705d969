"""Dates, repetitions and time zones: a calendar kept in plain text."""

import re
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import IntEnum


class Weekday(IntEnum):
    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


class CentralEurope(tzinfo):
    """Summer time from the last Sunday of March to that of October."""

    def _is_summer(self, moment):
        def last_sunday(month):
            last = date(moment.year, month, 31)
            return last - timedelta(days=(last.weekday() + 1) % 7)

        start = datetime.combine(last_sunday(3), time(2))
        end = datetime.combine(last_sunday(10), time(3))
        return start <= moment.replace(tzinfo=None) < end

    def utcoffset(self, moment):
        return timedelta(hours=2 if self._is_summer(moment) else 1)

    def dst(self, moment):
        return timedelta(hours=self._is_summer(moment))

    def tzname(self, moment):
        return "CEST" if self._is_summer(moment) else "CET"


ENTRY = re.compile(r"(?P<day>\d{4}-\d\d-\d\d|every (?P<weekday>\w+))(?: (?P<hour>\d\d:\d\d)(?:\+(?P<length>\d+)(?P<unit>[mhd]))?)? (?P<what>.+)")


def parse(text, zone):
    for number, line in enumerate(text.splitlines(), 1):
        if not (match := ENTRY.fullmatch(line)):
            print(f"line {number}: cannot read {line!r}")
            continue
        start = time.fromisoformat(match["hour"]) if match["hour"] else None
        length = timedelta(**{{"m": "minutes", "h": "hours", "d": "days"}[match["unit"] or "h"]: int(match["length"] or 1)})
        try:
            when = Weekday[match["weekday"].upper()] if match["weekday"] else date.fromisoformat(match["day"])
        except (KeyError, ValueError) as error:
            print(f"line {number}: {type(error).__name__} {error}")
            continue
        yield when, start, length, match["what"]


def occurrences(entries, first, last, zone):
    days = defaultdict(list)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        for when, start, length, what in entries:
            if when == day or isinstance(when, Weekday) and day.weekday() == when:
                begin = datetime.combine(day, start or time.min, zone)
                days[day].append((begin, begin + length if start else None, what))
    return {day: sorted(events, key=lambda event: (event[1] is not None, event)) for day, events in days.items()}


def easter(year):
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def month(year, number):
    first = date(year, number, 1)
    days = ((first + timedelta(days=31)).replace(day=1) - first).days
    cells = [""] * first.weekday() + list(range(1, days + 1))
    yield f"{first:%B %Y}".center(20).rstrip()
    for week in range(0, len(cells), 7):
        yield " ".join(f"{cell:>2}" for cell in cells[week : week + 7])


TEXT = """\
2025-03-29 10:00 breakfast
2025-03-30 01:30+2h the night the clocks change
every monday 09:00+45m meeting
every funday party
2025-02-30 never
2025-03-31 holiday
nonsense
2025-03-31 23:30+90m late film"""

zone = CentralEurope()
entries = list(parse(TEXT, zone))
for day, events in occurrences(entries, date(2025, 3, 28), date(2025, 4, 1), zone).items():
    print(f"{day:%a %d.%m.}", f"week {day.isocalendar().week}")
    for begin, end, what in events:
        print("   ", f"{begin:%H:%M %Z}–{end:%H:%M} ({begin.astimezone(UTC):%H:%M} UTC)" if end else "all day", what)
print("\n".join(month(2024, 2)))
print([f"{easter(y):%d %b}" for y in (1999, 2000, 2024, 2025)], date(2025, 1, 1).toordinal(), date.fromisocalendar(2025, 9, 4))
moment = datetime(2025, 2, 27, 13, 5, 9, 123456, tzinfo=timezone(timedelta(hours=-3, minutes=-30), "NST"))
print(moment, repr(moment.tzinfo), moment.isoformat(timespec="milliseconds"), moment.astimezone(zone), moment.timestamp(), moment.utctimetuple().tm_yday)
print(moment - datetime(2024, 2, 29, tzinfo=UTC), timedelta(days=-1, seconds=5), timedelta(hours=50) // timedelta(hours=7), divmod(timedelta(hours=50), timedelta(hours=7)))
print(f"{moment:%Y-%j %I:%M%p %f %z %c}", datetime.strptime("27 Feb 2025 13.05 +0130", "%d %b %Y %H.%M %z"), datetime.fromisoformat("2025-W09-4T12:00Z"))
for attempt in [lambda: date(2025, 2, 29), lambda: moment < datetime(2025, 1, 1), lambda: timedelta(days=10**9), lambda: time(25), lambda: date.fromisoformat("x"),
                lambda: datetime.strptime("31.02.", "%d.%m."), lambda: date.max + timedelta(1), lambda: date(1, 1, 1) - 5, lambda: timezone(timedelta(days=1))]:
    try:
        print(attempt())
    except Exception as error:
        print(type(error).__name__, error)
