# Dates, times, moments, spans and zones: construction, arithmetic, comparison, text both ways, and what is refused.
import datetime
import datetime as d


def show(text):
    try:
        print(text, "->", repr(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


for text in [
    "d.date()", "d.date(1)", "d.date(0,1,1)", "d.date(2000,13,1)", "d.date(2000,2,30)", "d.date('x',1,1)",
    "d.date(1.0,1,1)", "d.date(10000,1,1)", "d.date(2000,1,1,1)", "d.date(2000, 1, day=1)", "d.date(2000,1,1)+1",
    "d.date(2000,1,1)<1", "d.date(2000,1,1)<d.datetime(2000,1,1)", "d.date(2000,1,1)==d.datetime(2000,1,1)",
    "d.datetime(2000,1,1)-d.date(2000,1,1)", "d.date.max+d.timedelta(1)", "d.date.fromordinal(0)",
    "d.date.fromordinal(10**9)", "d.date.fromordinal('x')", "d.date.fromordinal(1.5)", "d.date.fromisoformat('x')",
    "d.date.fromisoformat('20200101')", "d.date.fromisoformat('2020-W05-1')", "d.date.fromisoformat('2020W05')",
    "d.date.fromisoformat('2020-W54-1')", "d.date.fromisoformat(5)", "d.date.fromisoformat('2020-1-1')",
    "d.date.fromisoformat('2020-13-01')", "d.date.fromisoformat('2020-W01-8')", 'd.date.fromisoformat("2020-0101")',
    "d.date.fromisocalendar(2020,54,1)", "d.date.fromisocalendar(2020,1,8)", "d.date.fromisocalendar(0,1,1)",
    "d.date.fromisocalendar(2021,53,1)", "d.date.fromtimestamp(1e20)", "d.date.fromtimestamp(float('nan'))",
    "d.date.fromtimestamp('x')", "d.timedelta(1,2,3,4,5,6,7)", "d.timedelta(days=1e10)", "d.timedelta(10**9)",
    "d.timedelta('x')", "d.timedelta(days=1.5,seconds=0.1)", "d.timedelta(float('nan'))", "d.timedelta(float('inf'))",
    "d.timedelta(1)/0", "d.timedelta(1)//0", "d.timedelta(1)/d.timedelta(0)", "d.timedelta(1)%d.timedelta(0)",
    "d.timedelta(1)*'x'", "d.timedelta(1)*1.5", "d.timedelta.max*2", "d.timedelta(1)+1", "d.timedelta(1)<1",
    "divmod(d.timedelta(5),d.timedelta(2))", "-d.timedelta(microseconds=1)", "str(d.timedelta(-1,5,7))",
    "d.timedelta.min", "d.timedelta.resolution", "d.timedelta.max + d.timedelta.resolution", "-d.timedelta.max",
    "abs(d.timedelta.min)", "d.timedelta(1) * float('nan')", "d.timedelta(1)/1.5", "d.timedelta(1)/float('nan')",
    "d.timedelta(3)//2", "d.timedelta(3)//1.5", "1/d.timedelta(1)", "2*d.timedelta(1)", "d.timedelta(1)**2",
    "d.timedelta(seconds=10**30)", "d.time(24)", "d.time(1,60)", "d.time(1,2,60)", "d.time(1,2,3,1000000)",
    "d.time(1,2,3,4,5)", "d.time(fold=2)", "d.time(1,2,fold=1)", "d.time(tzinfo=d.timezone.utc)",
    "d.time(1)<d.time(1,tzinfo=d.timezone.utc)", "d.time(1)==d.time(1,tzinfo=d.timezone.utc)", "d.time(1)<5",
    "d.time.fromisoformat('x')", "d.time.fromisoformat('24:00')", "d.time.fromisoformat('T10')",
    "d.time.fromisoformat('10:20:30,5')", "d.time.fromisoformat('102030.123456789')",
    "d.time.fromisoformat('10:20+01:30')", "d.time.fromisoformat('10:20Z')", "d.time.fromisoformat('10:2')",
    "d.time.fromisoformat('10:20:30.')", "d.time.fromisoformat('10:20+25:00')", "d.time.fromisoformat('10:20+01:60')",
    "d.time.fromisoformat('10:20 Z')", "d.time.fromisoformat('25:00')", "d.time.fromisoformat('10:60')",
    "d.time(1,2).isoformat('hours')", "d.time(1,2).isoformat('x')", "d.time(1,2,3,456789).isoformat('milliseconds')",
    "d.time(1,2).isoformat(timespec='auto')", "d.datetime(2000,1,1,24)", "d.datetime(2000)",
    "d.datetime(2000,1,1,tzinfo=5)", "d.datetime(2000,1,1)<d.datetime(2000,1,1,tzinfo=d.timezone.utc)",
    "d.datetime(2000,1,1)-d.datetime(2000,1,1,tzinfo=d.timezone.utc)", "d.datetime(2000,1,1)-5",
    "d.datetime.fromisoformat('20000101T024543074')", "d.date.fromisoformat('20200101xx')",
    "d.datetime.fromisoformat('2000')", "d.datetime.fromisoformat('2000-01-01T24:00')",
    "d.datetime.fromisoformat('2000-01-01T24:01')", "d.datetime.fromisoformat('2000-01-01 10:20:30.5+01:00')",
    "d.datetime.fromisoformat('2000-01-01T10:20:30+01:00:30')", "d.datetime.fromisoformat('20000101T102030Z')",
    "d.datetime.fromisoformat('2000-W01-1T10')", "d.datetime.fromisoformat('2000-01-01x10')",
    "d.datetime.fromisoformat('2000-01-01T')", "d.datetime.fromisoformat(3)",
    "d.datetime.fromisoformat('2000W0110:20')", "d.datetime.fromisoformat('2000-01-01T10:20+')",
    "d.datetime.fromtimestamp(1e15)", "d.datetime.fromtimestamp(0,5)", "d.datetime.fromtimestamp(1.5,d.timezone.utc)",
    "d.datetime.fromtimestamp(-0.000001,d.timezone.utc)", "d.datetime(2000,1,1).timestamp()",
    "d.datetime(2000,1,1,tzinfo=d.timezone.utc).timestamp()", "d.datetime.combine(5,6)",
    "d.datetime.combine(d.date(2000,1,1),d.time(1,2,3,tzinfo=d.timezone.utc))",
    "d.datetime.combine(d.date(2000,1,1),d.time(1),None)", "d.datetime.strptime('x','%Y')",
    "d.datetime.strptime('2000 x','%Y')",
    "d.datetime.strptime('2000-01-02 03:04:05.678 +0130','%Y-%m-%d %H:%M:%S.%f %z')", "d.datetime.strptime('1','%q')",
    "d.datetime.strptime('1','%')", "d.datetime.strptime(1,2)", "d.date.strptime('2020','%Y')",
    "d.time.strptime('10:20','%H:%M')", "d.timezone(5)", "d.timezone(d.timedelta(1))",
    "d.timezone(d.timedelta(hours=1))", "d.timezone(d.timedelta(hours=-1,minutes=30),'x')", "d.timezone.utc",
    "d.timezone(d.timedelta(0))", "d.timezone(d.timedelta(0)) is d.timezone.utc",
    "str(d.timezone(d.timedelta(seconds=-5)))", "d.timezone(d.timedelta(0),'UTC')", "d.timezone(d.timedelta(1),5)",
    "d.timezone.utc.utcoffset(5)", "d.timezone.utc.fromutc(d.datetime(2000,1,1))", "d.timezone.min", "d.timezone.max",
    "d.timezone.utc.tzname(None)", "d.timezone(d.timedelta(hours=1)).tzname(None)", "d.timezone.utc.dst(None)",
    "d.tzinfo().utcoffset(None)", "d.tzinfo().tzname(None)", "d.tzinfo().dst(None)", "d.tzinfo().fromutc(5)",
    "d.tzinfo().fromutc(d.datetime(2000,1,1))", "d.date(2000,1,1).replace(day=40)", "d.date(2000,1,1).replace(2001)",
    "d.date(2000,1,1).isocalendar()", "d.date(2000,1,1).isocalendar()[0]", "tuple(d.date(2000,1,1).isocalendar())",
    "d.date(2000,1,1).timetuple()", "d.datetime(2000,1,1,5,6,7).utctimetuple()", "d.date(2000,1,1).__reduce__()",
    "d.datetime(2000,1,1,1,2,3,4).__reduce__()", "d.time(1,2,3,4).__reduce__()", "d.timedelta(1,2,3).__reduce__()",
    "d.timezone.utc.__reduce__()", "d.timezone(d.timedelta(1)/2).__reduce__()",
    "d.datetime(2000,1,1,fold=1).__reduce_ex__(4)", "d.datetime(2000,1,1,fold=1).__reduce_ex__(2)",
    "d.tzinfo().__reduce__()", "f'{d.date(2000,1,1):%d}'", "f'{d.date(2000,1,1)}'", "format(d.date(2000,1,1),5)",
    "d.date(2000,1,1).ctime()", "d.datetime(2000,1,1,tzinfo=d.timezone.utc)", "d.datetime.min", "d.datetime.max",
    "d.time.min", "d.time.max", "d.date.min", "d.date.max", "d.date.resolution", "d.time.resolution",
    "hash(d.date(2000,1,1))==hash(d.date(2000,1,1))", "d.UTC", "d.MINYEAR", "d.MAXYEAR", "d.__all__",
    "d.date(2000,1,1).strftime('%Q %f %z %:z %Z|%%|%')",
    "d.datetime(2000,1,1,1,2,3,4,d.timezone(d.timedelta(hours=1,seconds=5))).strftime('%f %z %:z %Z')",
    "d.datetime(5,1,1).strftime('%Y %y %G %C %F %D')", "d.time(1,2,3).strftime('%Y-%m-%d %H:%M:%S %f %p %I')",
    "d.datetime(2000,1,1).astimezone(d.timezone.utc)", "d.datetime(2000,1,1).astimezone(5)",
    "d.datetime(2000,1,1).astimezone()",
    "d.datetime(1,1,1,tzinfo=d.timezone(d.timedelta(hours=1))).astimezone(d.timezone.utc)",
    "d.datetime(2000,1,1).date()", "d.datetime(2000,1,1,5).time()", "d.datetime(2000,1,1,5,tzinfo=d.UTC).timetz()",
    "d.datetime(2000,1,1).isoformat(5)", "d.datetime(2000,1,1).isoformat('xx')",
    "d.datetime(2000,1,1).isoformat(' ', 'seconds')", "d.datetime(2000,1,1).isoformat('\\ud800')",
    "d.date(2000,1,1).isocalendar().week", "d.date(b'\\x07\\xd0\\x01\\x01')",
    "d.datetime(b'\\x07\\xd0\\x01\\x01\\0\\0\\0\\0\\0\\0')", "d.date(year=2000,month=1)", "d.datetime.now(5)",
    "d.datetime.now(tz=d.UTC).tzinfo", "d.date(2000,1,1) - d.date(1999,1,1)", "d.date(2000,1,1)-d.timedelta(1)",
    "d.timedelta(1)+d.date(2000,1,1)", "d.timedelta(1)-d.date(2000,1,1)", "d.date(1,1,1).strftime('%Y')",
    "d.date(2000,1,1).strftime(5)", "d.date(2000,1,1).weekday()", "d.date(2000,1,1).isoweekday()",
    "d.date(2000,1,1).toordinal()", "bool(d.timedelta(0))", "bool(d.time(0))", "d.time(5).__bool__",
    "d.timedelta(1).total_seconds()", "str(d.timezone.utc)", "repr(d.timedelta(0))", "d.timedelta(5).days",
    "setattr(d.date(2000,1,1),'day',5)", "setattr(d.date(2000,1,1),'x',5)", "d.datetime(2000,1,1)==d.date(2000,1,1)",
    "d.datetime(2000,1,1)<d.date(2000,1,1)", "d.date(2000,1,1)=='x'", "d.datetime.fromordinal(1)",
    "d.datetime.fromisocalendar(2020,1,1)", "d.datetime.today() and 1", "d.date(2000,1,1).__replace__(day=3)",
    "d.time(1).replace(5,fold=1)", "d.time(1).replace(24)", "d.datetime(2000,1,1).replace(1,2,3,4,5,6,7,None,fold=1)",
    "d.time(1).utcoffset()", "d.time(1,tzinfo=d.UTC).tzname()", "d.time(1,tzinfo=d.UTC).isoformat()",
    "d.date(object())", "d.date(1)", "d.date(1,2)", "d.datetime(object())", "d.datetime(1,2)",
]:
    show(text)

# Bytes that pickles hold, and the end of time.
for text in [
    r"d.date(b'19\x0d0')", r"d.date(b'199-')", r"d.date(b'\x07\xe4\x02\x03')", r"d.datetime(b'19\x0d0123456')", r"d.datetime(b'\x07\xe4\x02\x03\x04\x05\x06\x00\x00\x07')",
    r"d.time(b'\xff12345')", r"d.time(b'\x2012345')", "d.datetime(bytes([1]*10),'EST')", "d.time(bytes([1]*6),'EST')", "d.time(bytes([1]*6),d.UTC)",
    "d.date.fromtimestamp(None)", "d.datetime.fromtimestamp(None)", "d.datetime.fromisoformat('9999-12-31T24:00:00')",
    "d.datetime.fromisoformat('2020-12-31T24:00:00')",
]:
    show(text)
for parse in (lambda: d.datetime.strptime("%", "%"), lambda: d.date.strptime("x", "%Q"), lambda: d.time.strptime("x", "%D")):
    try:
        parse()
    except ValueError as error:
        print(error, error.__suppress_context__)
