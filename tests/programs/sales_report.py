# gilbox: -A
# A report from separated values: readers and dialects, dates and zones, statistics, totals by groups, and wrong rows.
import bisect
import csv
import io
import operator
import statistics
import tempfile
from collections import Counter, defaultdict
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import reduce, singledispatch
from itertools import accumulate, groupby
from pathlib import Path
from typing import Self

RAW = '''\
when,region,product,units,price,note
2024-01-05T09:30:00+01:00,North,Widget,10,2.50,"first, with a comma"
2024-01-17T23:45:00-05:00,South,Gadget,3,19.99,
2024-02-02T12:00:00Z,North,Gadget,1,19.99,"says ""hi"""
2024-02-29T08:00:00+00:00,East,Widget,125,2.25,bulk
2024-02-30T08:00:00+00:00,East,Widget,1,2.50,no such day
2024-03-10T18:20:00+05:30,South,Sprocket,40,0.75,"two
lines"
2024-03-11T00:00:00+00:00,West,Widget,many,2.50,units
2024-03-15T10:10:10+00:00,North,Widget,-4,2.50,returned
2024-03-31T23:59:59+02:00,East,Gadget,7,18.00,
2024-04-01T07:00:00+00:00,South
'''


@dataclass(frozen=True, order=True, kw_only=True)
class Sale:
    when: datetime
    region: str
    product: str
    units: int = 1
    price: float = field(default=0.0, compare=False)
    note: str = field(default="", repr=False, compare=False)

    @classmethod
    def from_row(cls, row: dict) -> Self:
        kinds = {"when": datetime.fromisoformat, "units": int, "price": float}
        missing = [one.name for one in fields(cls) if row.get(one.name) is None]
        if missing:
            raise LookupError(f"missing {', '.join(missing)}")
        return cls(**{name: kinds.get(name, str)(value) for name, value in row.items()})

    @property
    def total(self) -> float:
        return round(self.units * self.price, 2)

    @property
    def month(self) -> date:
        return self.when.astimezone(timezone.utc).date().replace(day=1)


def read(file):
    sales, wrong = [], []
    reader = csv.DictReader(file)
    for row in reader:
        try:
            sales.append(Sale.from_row(row))
        except (ValueError, LookupError) as error:
            wrong.append((reader.line_num, f"{type(error).__name__}: {error}"))
    return sales, wrong


sales, wrong = read(io.StringIO(RAW))
for number, problem in wrong:
    print(f"line {number}: {problem}")
print(len(sales), min(sales).region, max(sales, key=operator.attrgetter("total")))


@singledispatch
def cell(value) -> str:
    return str(value)


@cell.register
def _(value: float) -> str:
    return f"{value:,.2f}"


@cell.register(date)
def _(value) -> str:
    return f"{value:%b %Y}"


@cell.register
def _(value: bool | None) -> str:
    return "-" if value is None else "yes" if value else "no"


def table(rows, *heads):
    rows = [[cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *rows)]
    for row in (heads, ["-" * width for width in widths], *rows):
        print(" | ".join(f"{value:>{width}}" if at else f"{value:<{width}}" for at, (value, width) in enumerate(zip(row, widths))))


by_month = {month: list(group) for month, group in groupby(sorted(sales), key=operator.attrgetter("month"))}
running = accumulate(sum(sale.total for sale in group) for group in by_month.values())
table([(month, len(group), sum(sale.units for sale in group), sum(sale.total for sale in group), so_far, len(group) > 2, None)
       for (month, group), so_far in zip(by_month.items(), running)], "month", "sales", "units", "total", "so far", "many", "?")
regions = defaultdict(Counter)
for sale in sales:
    regions[sale.region][sale.product] += sale.units
products = sorted(reduce(operator.or_, (counts.keys() for counts in regions.values()), set()))
table([(region, *(counts[product] for product in products), counts.total()) for region, counts in sorted(regions.items())],
      "region", *products, "all")

print("--- statistics")
totals = sorted(sale.total for sale in sales)
print(f"{statistics.mean(totals):.3f} {statistics.median(totals):.2f} {statistics.pstdev(totals):.4f} {statistics.stdev(totals):.4f}")
print([round(cut, 3) for cut in statistics.quantiles(totals, n=4)], statistics.mode(sale.product for sale in sales),
      statistics.multimode("aabbc"), statistics.fmean([1, 2, 3], weights=[3, 2, 1]))
line = statistics.linear_regression(range(len(totals)), totals)
print(f"{line.slope:.4f} {line.intercept:.4f} {statistics.correlation(range(len(totals)), totals):.4f}")
print(["low", "middle", "high"][bisect.bisect([20, 100], 60)], [bisect.bisect_left(totals, limit) for limit in (0, 50, 1000)])
for wrong_data in ([], ["x"]):
    try:
        statistics.mean(wrong_data)
    except (statistics.StatisticsError, TypeError) as error:
        print(type(error).__name__, error)

print("--- dates")
first, last = sales[0].when, sales[-1].when
print(last - first, (last - first).total_seconds(), first.astimezone(timezone(timedelta(hours=-8))), first.utcoffset())
print([f"{sale.when:%a %d %b %Y %H:%M %z}" for sale in sales[:3]], first.isocalendar(), first.timetuple().tm_yday)
print(date(2024, 2, 29) + timedelta(weeks=52, days=1), date(2024, 3, 1) - timedelta(days=1), date.fromisoformat("2024-W10-3"))
print(datetime.strptime("05/03/24 07:08", "%d/%m/%y %H:%M"), datetime.combine(date(2024, 1, 1), time(12, 30)).isoformat(" "))
print(timedelta(days=-1, seconds=5), divmod(timedelta(hours=7), timedelta(hours=2)), -timedelta(minutes=90), timedelta(1) / 5)
for wrong_date in (lambda: date(2023, 2, 29), lambda: first < datetime(2024, 1, 1), lambda: datetime.strptime("x", "%Y"),
                   lambda: date.fromisoformat("2024-13-01"), lambda: timedelta(days=10**10), lambda: time(25)):
    try:
        print(wrong_date())
    except (ValueError, TypeError, OverflowError) as error:
        print(f"{type(error).__name__}: {error}")

print("--- writing")
csv.register_dialect("pipes", delimiter="|", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n", doublequote=False, escapechar="\\")
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "out", "sales.txt")
    path.parent.mkdir()
    with path.open("w", newline="") as file:
        writer = csv.writer(file, dialect="pipes")
        writer.writerow([one.name for one in fields(Sale)])
        writer.writerows((*astuple(sale)[:3], sale.units, sale.price, sale.note) for sale in sales)
    print(path.read_text())
    with path.open(newline="") as file:
        again = list(csv.DictReader(file, dialect="pipes"))
    print(again[1], len(again))
    print(csv.Sniffer().sniff("a;b;c\n1;2;3\n4;5;6\n").delimiter, path.suffix, path.stat().st_size > 100)
out = io.StringIO()
writer = csv.DictWriter(out, ["product", "units"], extrasaction="ignore", restval="?", quoting=csv.QUOTE_ALL)
writer.writeheader()
writer.writerow(asdict(replace(sales[0], product="New\tone", units=0)))
writer.writerow({"product": None})
print(out.getvalue().splitlines())
try:
    csv.DictWriter(out, ["a"]).writerow({"b": 1})
except ValueError as error:
    print(error)
try:
    replace(sales[0], colour="red")
except TypeError as error:
    print(error)
