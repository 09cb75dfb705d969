"""Dates, times of day, moments, spans of time, and zones."""

from _statics import fix

from datetime._delta import timedelta
from datetime._zones import timezone, tzinfo
from datetime._date import MAXYEAR, MINYEAR, date
from datetime._clock import time
from datetime._moment import datetime

__all__ = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC")

UTC = timezone.utc

for _cls in (timedelta, tzinfo, timezone, date, time, datetime):
    fix(_cls)
del _cls, fix
