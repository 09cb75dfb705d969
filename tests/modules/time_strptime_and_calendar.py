# Times read from text by formats: time.strptime and datetime.strptime; struct_time; the functions of calendars in time.
import datetime
import time
import warnings

warnings.simplefilter("ignore")


def show(text, format):
    for parse in (time.strptime, datetime.datetime.strptime):
        try:
            result = parse(text, format)
            print(repr(text), repr(format), "->", tuple(result) if isinstance(result, tuple) else repr(result))
        except Exception as error:
            print(repr(text), repr(format), "->", type(error).__name__, error)


for text, format in [
    ("2020", "%G"), ("2020 5", "%G %V"), ("2020 5 1", "%G %V %u"), ("2020 5 1", "%G %V %j"), ("2020 5 1", "%Y %V %u"),
    ("5 1", "%V %u"), ("5", "%V"), ("10", "%d"), ("10 Feb", "%d %b"), ("29 Feb", "%d %b"), ("02/29", "%m/%d"),
    ("60", "%j"), ("366 2021", "%j %Y"), ("2021 10 1", "%Y %U %w"), ("2021 10 Mon", "%Y %W %a"), ("0", "%U"),
    ("2020-01-01", "%F"), ("10:20:30", "%T"), ("01/02/03", "%D"), ("10:20", "%R"), (" 5", "%e"), ("5", "%e"),
    ("x y", "x%ny"), ("x\ty", "x%ty"), ("20", "%C"), ("1 pm", "%I %p"), ("12 am", "%I %p"), ("12 PM", "%I %p"),
    ("13 PM", "%I %p"), ("61", "%S"), ("62", "%S"), ("utc", "%Z"), ("EST", "%Z"), ("GMT", "%Z"), ("Z", "%z"),
    ("z", "%z"), ("+01:30", "%z"), ("-0130", "%z"), ("+01:30:15.123", "%z"), ("+1", "%z"), ("+013015", "%z"),
    ("+01:30", "%:z"), ("+0130", "%:z"), ("99", "%y"), ("68", "%y"), ("69", "%y"), ("Saturday", "%A"), ("sat", "%a"),
    ("JANUARY", "%B"), ("jan", "%b"), ("jan", "%h"), ("111", "%m%d"), ("1 1", "%m %d"), ("  1", "%m"), ("1 ", "%m"),
    ("1", "%m "), ("a  b", "a b"), ("ab", "a b"), ("Tue Feb  3 04:05:06 2021", "%c"), ("02/03/21", "%x"),
    ("04:05:06", "%X"), ("%", "%%"), ("A", "a"), (".", "."), ("x", ""), ("", "%Y"), ("2020", "%Y%"), ("1", "%E"),
    ("1", "%Ey"), ("1", "%-d"), ("1", "%Q"), ("1", "%1"), ("1234567", "%f"), ("5", "%f"), ("2020-02-30", "%Y-%m-%d"),
    ("2020-1", "%Y-%q"), (" 7", "%H"), (" 7", "%d"), (" 7", "%M"), (" 7", "%I"), ("04:05:06 AM", "%r"),
    ("1600000000", "%s"), ("5", "%k"), ("5", "%l"), ("5", "%P"), ("5", "%g"), ("5", "%+"), ("5", "%:"), ("٣", "%d"),
    ("5", "%u"), ("5", "%w"), ("2020 0 0", "%Y %W %w"), ("2020 53 0", "%Y %U %w"), ("2021 53 1", "%G %V %u"),
    ("1 1", "%d %H"), ("00001", "%Y%j"), ("2020-02-03T04", "%Y-%m-%dT%H"), ("0000-01-01", "%Y-%m-%d"),
]:
    show(text, format)

for sequence in [(1,), tuple(range(1, 11)), tuple(range(1, 13)), 5, "abcdefghi", range(9)]:
    try:
        print(time.struct_time(sequence))
    except Exception as error:
        print(type(error).__name__, error)
s = time.struct_time((1, 2, 3, 4, 5, 6, 7, 8, 9, "Z", 5))
print(s, s.tm_zone, s.tm_gmtoff, len(s), s == (1, 2, 3, 4, 5, 6, 7, 8, 9), s.__reduce__())
print(s.n_fields, s.n_sequence_fields, s.n_unnamed_fields, s[1:3], isinstance(s, tuple), hash(s) == hash(tuple(s)))
print(s.__match_args__, s.tm_year, s.tm_isdst, time.struct_time((1,) * 9).tm_zone, time.gmtime(0).tm_gmtoff)
for ask in [
    lambda: time.mktime((1,2)),
    lambda: time.mktime(5),
    lambda: time.mktime([1]*9),
    lambda: time.asctime((2000,1,2,3,4,5,6,7,8)),
    lambda: time.asctime(5),
    lambda: time.asctime((2000,13,1,1,1,1,1,1,1)),
    lambda: time.strftime("%Y",(2000,13,1,1,1,1,1,1,1)),
    lambda: time.strftime("%Y",(2000,1,32,1,1,1,1,1,1)),
    lambda: time.strftime("%Y",(2000,1,1,24,1,1,1,1,1)),
    lambda: time.strftime("%Y",(2000,1,1,1,60,1,1,1,1)),
    lambda: time.strftime("%Y",(2000,1,1,1,1,62,1,1,1)),
    lambda: time.strftime("%Y",(2000,1,1,1,1,1,-2,1,1)),
    lambda: time.strftime("%Y %j",(2000,1,1,1,1,1,1,367,1)),
    lambda: time.strftime("%a %d %m %j",(2000,0,0,0,0,0,0,0,0)),
    lambda: time.strftime("%Y",5),
    lambda: time.strftime(5),
    lambda: time.strftime("%Y",(2000,)),
    lambda: time.strftime("%Y",(2000,1.5)+(1,)*7),
    lambda: time.strftime("%Y",["x"]*9),
    lambda: time.localtime(1e30),
    lambda: time.gmtime(1e17),
    lambda: time.gmtime(float("nan")),
    lambda: time.gmtime(10**30),
    lambda: time.gmtime(-1.5),
    lambda: time.strftime("é€%Y\ud800",time.gmtime(0)),
    lambda: time.strftime("a\0b%Y\0",time.gmtime(0)),
    lambda: time.strftime(""),
    lambda: time.mktime(time.gmtime(86400)),
    lambda: time.mktime((10**9,1,1,0,0,0,0,0,0)),
    lambda: time.mktime((10**12,1,1,0,0,0,0,0,0)),
    lambda: time.ctime(0),
    lambda: time.tzset(),
    lambda: time.strftime("%Q %", time.gmtime(0)),
    lambda: time.strftime("%Y", (5,1,1,1,1,1,1,1,1)),
]:
    try:
        print(repr(ask()))
    except Exception as error:
        print(type(error).__name__, error)
print(time.strptime("Sat Jan  1 00:00:00 2000"), time.strptime("1", "%d").tm_zone)
for bad in ((1, 2), ("1", 2), (), ("1", "2", "3")):
    try:
        time.strptime(*bad)
    except TypeError as error:
        print(str(error)[:40])
