"""Weather readings: statistics, datetime arithmetic, grouping, histograms and tables."""

import datetime as dt
import itertools
import math
import random
import statistics as st
from collections import Counter, defaultdict, namedtuple

Reading = namedtuple("Reading", "when station temperature rain", defaults=(0.0,))
random.seed(20240229)


def readings(stations, start, days):
    for day in range(days):
        for number, station in enumerate(stations):
            when = start + dt.timedelta(days=day, hours=6 * number)
            season = 10 * math.sin(2 * math.pi * when.timetuple().tm_yday / 366)
            yield Reading(when, station, round(season + random.gauss(12, 3), 1), max(0.0, round(random.expovariate(0.3) - 2, 1)))


data = list(readings(["Oslo", "Rome", "Bern"], dt.datetime(2024, 2, 27, tzinfo=dt.timezone.utc), 15))
print(len(data), data[0], data[-1], sep="\n")

by_station = defaultdict(list)
for reading in data:
    by_station[reading.station].append(reading)

print(f"{'station':<10}{'mean':>8}{'median':>8}{'stdev':>8}{'min':>7}{'max':>7}{'rain':>8}")
for station, rows in sorted(by_station.items()):
    t = [row.temperature for row in rows]
    print(f"{station:<10}{st.mean(t):>8.2f}{st.median(t):>8.2f}{st.stdev(t):>8.3f}{min(t):>7}{max(t):>7}{math.fsum(r.rain for r in rows):>8.1f}")

temperatures = [r.temperature for r in data]
print(st.quantiles(temperatures, n=4), st.quantiles(temperatures, n=10, method="inclusive"))
print(st.pvariance(temperatures), st.variance(temperatures), st.median_low(temperatures), st.median_grouped([1, 2, 2, 3, 4]))
print(st.multimode("aabbc"), st.mode([1, 1, 2]), st.harmonic_mean([40, 60]), st.geometric_mean([54, 24, 36]))
print(st.mean([3, 4, 8]), st.fmean([1, 2, 4], weights=[1, 1, 2]))
x = list(range(len(temperatures)))
slope, intercept = st.linear_regression(x, temperatures)
print(f"{slope:.6f} {intercept:.6f} {st.correlation(x, temperatures):.6f} {st.covariance(x, temperatures):.4f}")
print(st.correlation(x, [v**3 for v in x], method="ranked"))
normal = st.NormalDist.from_samples(temperatures)
print(normal, f"{normal.cdf(10):.5f} {normal.inv_cdf(0.9):.5f} {normal.zscore(20):.5f}")
other = normal * 2 + 5
print(f"{other.mean:.3f} {other.stdev:.3f} {normal.overlap(other):.6f}")

print("\nhistogram")
bins = Counter(int(t // 3) * 3 for t in temperatures)
for low in range(min(bins), max(bins) + 1, 3):
    print(f"{low:>4} .. {low + 3:<4}|{'#' * bins[low]:<40}|{bins[low]:>3}")

print("\nweeks")
for week, rows in itertools.groupby(data, key=lambda r: r.when.isocalendar()[:2]):
    rows = list(rows)
    wettest = max(rows, key=lambda r: (r.rain, r.when))
    print(f"{week[0]}-W{week[1]:02} {len(rows):>3} readings, wettest {wettest.when:%a %d %b %H:%M} ({wettest.rain} mm in {wettest.station})")

print("\nmonths", [(m, len(list(g))) for m, g in itertools.groupby(data, lambda r: r.when.strftime("%B"))])
print([f"{a.temperature - b.temperature:+.1f}" for b, a in itertools.pairwise(by_station["Rome"][:6])])
dry = max((list(g) for k, g in itertools.groupby(by_station["Oslo"], lambda r: r.rain == 0) if k), key=len)
print("longest dry spell", len(dry), dry[0].when.date(), dry[-1].when.date().isoformat())
running = list(itertools.accumulate((r.rain for r in by_station["Bern"]), lambda a, b: round(a + b, 1)))
print(running[:5], running[-1])
moved = data[0]._replace(station="Nice", temperature=-1.5)
print(moved, moved._asdict()["station"], Reading._fields, Reading._field_defaults)
for bad in (lambda: st.mean([]), lambda: st.stdev([1]), lambda: st.mode([]), lambda: st.quantiles([1]), lambda: st.harmonic_mean([-1]), lambda: st.NormalDist(0, -1), lambda: st.linear_regression([1], [2]), lambda: st.correlation([1, 1], [2, 3]), lambda: st.geometric_mean([0, -1]), lambda: st.fmean([1], weights=[1, 2])):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
span = data[-1].when - data[0].when
print(span, span.total_seconds(), span // dt.timedelta(hours=7), span % dt.timedelta(days=9), divmod(span, dt.timedelta(weeks=1)))
local = data[5].when.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30), "IST"))
print(local, local.tzname(), local.utcoffset(), local.isoformat(timespec="minutes"), repr(local))
