"""Dates, times of day, moments, spans of time, and zones."""

from _statics import fix, parse_by_hand

from datetime._delta import timedelta
from datetime._zones import timezone, tzinfo
from datetime._date import MAXYEAR, MINYEAR, date
from datetime._clock import time
from datetime._moment import datetime

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

UTC = timezone.utc

for _cls, _by_hand in ((timedelta, "__new__"), (tzinfo, "__new__"), (timezone, "__new__"),
                       (date, "__new__ __format__ fromisocalendar fromordinal replace strftime strptime"),
                       (time, "__new__ __format__ __reduce_ex__ isoformat replace strftime strptime"),
                       (datetime, "__new__ __reduce_ex__ astimezone combine fromtimestamp isoformat replace strptime "
                                  "utcfromtimestamp")):
    fix(_cls)
    parse_by_hand(*(vars(_cls)[_name] for _name in _by_hand.split()))
del _cls, _by_hand, fix, parse_by_hand
