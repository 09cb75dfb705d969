# What time says of the zone follows TZ in os.environ once tzset has been called; so do datetime's conversions.
import os
import time
from datetime import datetime, timezone, timedelta


def show(zone):
    if zone is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = zone
    time.tzset()
    print(zone, time.tzname, time.timezone, time.altzone, time.daylight)
    for moment in (0, 1_000_000_000, 1_404_193_600, 1_414_891_800, 1_414_895_400):
        local = time.localtime(moment)
        print(" ", tuple(local), local.tm_zone, local.tm_gmtoff, time.mktime(local), time.ctime(moment),
              time.strftime("%Z %z", local))
        here = datetime.fromtimestamp(moment)
        print("   ", here, here.fold, here.timestamp(), here.astimezone(), here.astimezone(timezone.utc))
    print(datetime(2014, 11, 2, 1, 30).timestamp(), datetime(2014, 11, 2, 1, 30, fold=1).timestamp(),
          datetime(2014, 3, 9, 2, 30).timestamp(), datetime(2014, 7, 1, tzinfo=timezone(timedelta(hours=3))).astimezone())


show("EST+05EDT,M3.2.0,M11.1.0")
show("AEST-10AEDT-11,M10.5.0,M3.5.0")
show("UTC+0")
show("CET-1CEST,M3.5.0,M10.5.0/3")
show("<+0545>-5:45")
os.putenv("TZ", "UTC0")
time.tzset()
print(time.tzname, os.environ["TZ"])
