"""What the methods of datetime's classes say of wrong arguments."""

from datetime import date, datetime, time, timedelta, timezone, tzinfo


def attempt(function, *args, **keywords):
    try:
        function(*args, **keywords)
    except TypeError as error:
        print(error)
    else:
        print(f"{function.__name__}: nothing is wrong")


DAY, MOMENT, CLOCK, SPAN = date(2020, 1, 1), datetime(2020, 1, 1), time(12), timedelta(1)

for thing in (DAY, MOMENT, CLOCK, SPAN, timezone.utc):
    for name in ("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__floordiv__", "__divmod__", "__rtruediv__", "__eq__",
                 "__lt__", "__ge__", "__hash__", "__repr__", "__str__", "__neg__", "__bool__", "__setattr__", "__delattr__"):
        if hasattr(type(thing), name):
            print(type(thing).__name__, name)
            bound = getattr(thing, name)
            attempt(bound, 1, 2, 3)
            attempt(bound, x=1)
            if name not in ("__hash__", "__repr__", "__str__", "__neg__", "__bool__"):
                attempt(bound)

for call in (date.ctime, date.isoformat, date.isocalendar, date.timetuple, date.toordinal, date.weekday):
    attempt(call, DAY, 1)
    attempt(call, DAY, x=1)
for call in (datetime.date, datetime.time, datetime.timetz, datetime.utcoffset, datetime.dst, datetime.tzname,
             datetime.timestamp, datetime.timetuple, datetime.utctimetuple, datetime.ctime):
    attempt(call, MOMENT, 1)
    attempt(call, MOMENT, x=1)
for call in (time.utcoffset, time.dst, time.tzname):
    attempt(call, CLOCK, 1)
attempt(timedelta.total_seconds, SPAN, 1)
attempt(SPAN.total_seconds, x=1)

attempt(date.today, 1)
attempt(datetime.utcnow, 1)
attempt(date.fromtimestamp)
attempt(date.fromisoformat)
attempt(date.fromisoformat, 1)
attempt(datetime.fromisoformat, "2020-01-01", 1)
attempt(date.fromisocalendar)
attempt(date.fromisocalendar, 2020, 1, 1, 1)
attempt(date.fromisocalendar, 2020, 1, 1, year=1)
attempt(datetime.fromtimestamp)
attempt(datetime.fromtimestamp, 1, None, 2)
attempt(datetime.fromtimestamp, 1, x=2)
attempt(datetime.now, 1, 2)
attempt(datetime.now, x=2)
attempt(datetime.now, None, tz=None)
attempt(datetime.combine)
attempt(datetime.combine, DAY)
attempt(datetime.combine, DAY, CLOCK, None, 1)
attempt(datetime.combine, DAY, clock=CLOCK)
attempt(datetime.combine, 1, 2)

attempt(DAY.strftime)
attempt(DAY.strftime, 1)
attempt(DAY.strftime, "", "")
attempt(DAY.replace, 1, 2, 3, 4)
attempt(DAY.replace, x=1)
attempt(DAY.replace, 1, year=1)
attempt(MOMENT.replace, 1, 2, 3, 4, 5, 6, 7, 8, 9)
attempt(MOMENT.replace, yaer=1)
attempt(CLOCK.replace, 1, 2, 3, 4, 5, 6)
attempt(CLOCK.isoformat, 1, 2)
attempt(MOMENT.isoformat, 1, 2, 3)
attempt(MOMENT.isoformat, x=1)
attempt(MOMENT.astimezone, 1)
attempt(MOMENT.astimezone, x=1)
attempt(MOMENT.astimezone, None, None)

attempt(timezone)
attempt(timezone, x=1)
attempt(timezone, 1)
attempt(timezone, SPAN, 1)
attempt(timezone, SPAN, "", 1)
attempt(timezone, SPAN, nmae="")
for zone in (timezone.utc, tzinfo()):
    for name in ("utcoffset", "dst", "tzname", "fromutc"):
        attempt(getattr(zone, name))
        attempt(getattr(zone, name), dt=1)
    attempt(zone.fromutc, 1)
