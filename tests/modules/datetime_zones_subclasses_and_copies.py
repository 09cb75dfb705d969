# Zones with summer time, folds, subclasses that stay what they are, copies, hashes, immutable types.
import copy
import datetime
from datetime import date, datetime as moment, time, timedelta, timezone, tzinfo

HOUR = timedelta(hours=1)


class Summer(tzinfo):
    """UTC+1, and UTC+2 from March 31 to October 27."""

    def _is_summer(self, dt):
        start, end = dt.replace(month=3, day=31, hour=2, minute=0, second=0, microsecond=0, tzinfo=None, fold=0), \
            dt.replace(month=10, day=27, hour=3, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
        naive = dt.replace(tzinfo=None, fold=0)
        if end - HOUR <= naive < end:
            return not dt.fold
        return start + HOUR <= naive < end

    def utcoffset(self, dt):
        return HOUR + self.dst(dt)

    def dst(self, dt):
        return HOUR if dt is not None and self._is_summer(dt) else timedelta(0)

    def tzname(self, dt):
        return "SUMMER" if self.dst(dt) else "WINTER"

    def __repr__(self):
        return "Summer()"


zone = Summer()
winter = moment(2024, 1, 15, 12, tzinfo=zone)
summer = moment(2024, 7, 15, 12, tzinfo=zone)
for when in (winter, summer):
    print(when, when.tzname(), when.utcoffset(), when.dst(), when.timetuple().tm_isdst, when.utctimetuple()[:6])
    print(repr(when), when.astimezone(timezone.utc), when.timestamp(), when.strftime("%Z %z"))
    print(moment.fromtimestamp(when.timestamp(), zone) == when, when.isoformat(), when.timetz(), when.timetz().tzname())
print(summer - winter, (summer - winter) == timedelta(182), summer > winter)
for hour in range(4):
    utc = moment(2024, 10, 27, hour, 30, tzinfo=timezone.utc)
    print(utc.astimezone(zone), utc.astimezone(zone).fold, utc.astimezone(zone).tzname())
first = moment(2024, 10, 27, 2, 30, tzinfo=zone)
second = first.replace(fold=1)
print(first == second, hash(first) == hash(second), first.utcoffset(), second.utcoffset(), repr(second))
print(first.astimezone(timezone.utc) == first, first - second, second.timestamp() - first.timestamp())
print(winter.astimezone(timezone(timedelta(hours=-5), "EST")), winter == winter.astimezone(timezone.utc),
      hash(winter) == hash(winter.astimezone(timezone.utc)))


class Broken(tzinfo):
    answer = None

    def utcoffset(self, dt):
        return self.answer

    def dst(self, dt):
        return self.answer

    def tzname(self, dt):
        return self.answer


broken = Broken()
when = moment(2000, 1, 1, tzinfo=broken)
for broken.answer in (None, 5, "x", timedelta(hours=25), timedelta(minutes=1)):
    for ask in (when.utcoffset, when.dst, when.tzname, when.isoformat, lambda: when.astimezone(timezone.utc)):
        try:
            print(repr(ask()), end="; ")
        except Exception as error:
            print(type(error).__name__, error, end="; ")
    print()
broken.answer = None
for other in (moment(2000, 1, 1), moment(2000, 1, 1, tzinfo=timezone.utc)):
    try:
        print(when == other, when < other)
    except TypeError as error:
        print(error)


class MyDate(date):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs)

    def extra(self):
        return "extra"


class MyMoment(moment):
    pass


class MySpan(timedelta):
    pass


mine = MyDate(2000, 2, 28)
for made in (mine, mine + timedelta(2), mine - timedelta(1), mine.replace(day=1), MyDate.today(), MyDate.fromordinal(5),
             MyDate.fromisoformat("2020-01-01")):
    print(type(made).__name__, made.extra(), end=" ")
print(repr(mine), mine == date(2000, 2, 28), mine - date(2000, 2, 1))
mine = MyMoment(2000, 2, 28, 1, 2)
for made in (mine + HOUR, mine.replace(hour=5), MyMoment.now(), MyMoment.combine(date(2000, 1, 1), time(5)),
             MyMoment.strptime("2000", "%Y"), mine.astimezone(timezone.utc), MyMoment.fromtimestamp(0)):
    print(type(made).__name__, end=" ")
print(repr(mine), type(mine.date()), type(mine.time()))
span = MySpan(1, 2)
print(repr(span), type(span + span), type(-span), type(span * 2), span == timedelta(1, 2))
mine.note = "has a __dict__"
print(mine.note)

for original in (date(2000, 1, 2), time(1, 2, 3, 4), moment(2000, 1, 2, 3, 4, 5, 6), timedelta(1, 2, 3), timezone.utc,
                 timezone(HOUR, "one"), moment(2000, 1, 1, tzinfo=timezone.utc), time(5, tzinfo=timezone(HOUR)), mine):
    again = copy.deepcopy(original)
    kind, args, *state = original.__reduce__()
    print(again == original, type(again) is type(original), kind(*args) == original, hash(again) == hash(original))
print(copy.replace(date(2000, 1, 1), day=5), copy.replace(time(1), minute=3), copy.replace(moment(2000, 1, 1), hour=2))

for cls, name in ((date, "x"), (date, "today"), (timedelta, "max"), (timezone, "utc")):
    try:
        setattr(cls, name, 5)
    except TypeError as error:
        print(error)
for thing in (date(2000, 1, 1), time(1), moment(2000, 1, 1), timedelta(1)):
    for name in ("year", "hour", "days", "nothing"):
        try:
            setattr(thing, name, 5)
        except AttributeError as error:
            print(error)
try:
    class Zone(timezone):
        pass
except TypeError as error:
    print(error)
print(date.__name__, moment.__qualname__, moment.__module__, moment.__mro__, timezone.__mro__)
print({date(2000, 1, 1): 1}[date(2000, 1, 1)], sorted([date(2000, 1, 2), date(2000, 1, 1)]), max(HOUR, timedelta(1)))
match date(2020, 5, 6):
    case date(year=year, month=5):
        print("matched", year)
print(sum([HOUR, HOUR], timedelta()), timedelta(hours=25) // HOUR, timedelta(hours=25) % timedelta(1), round(HOUR / timedelta(days=1), 4))
for day in range(1, 8):
    print(date(2021, 1, day).isocalendar()[:], date(2021, 1, day).strftime("%a %A %j %U %W %V %G %u %w"), end="; ")
print()
for ordinal in (1, 365, 366, 146097, 146098, 730120, 3652059):
    print(date.fromordinal(ordinal), date.fromordinal(ordinal).toordinal() == ordinal, end="; ")
print()
print(all(date.fromordinal(n).toordinal() == n for n in range(1, 3652059, 997)))
