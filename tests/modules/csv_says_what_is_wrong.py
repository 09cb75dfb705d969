"""What the csv module says of wrong dialects, wrong records and wrong arguments."""

import csv, io
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__module__, type(e).__name__, e)
def rd(s, **k): return list(csv.reader(s if not isinstance(s, str) else io.StringIO(s, newline=""), **k))
def wr(row, **k):
    o = io.StringIO(); csv.writer(o, **k).writerow(row); return o.getvalue()
t(csv.reader); t(csv.reader, 5); t(csv.writer, 5); t(csv.writer); t(csv.reader, [], "nosuch")
for k in ({"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": 5}, {"delimiter": None}, {"delimiter": b","}, {"delimiter": "\n"}, {"delimiter": "\r"},
          {"quotechar": ""}, {"quotechar": "ab"}, {"quotechar": 5}, {"quotechar": None}, {"quotechar": None, "quoting": csv.QUOTE_NONE}, {"quotechar": "\n"},
          {"escapechar": ""}, {"escapechar": "ab"}, {"escapechar": 5}, {"escapechar": "\r"}, {"lineterminator": None}, {"lineterminator": 5}, {"lineterminator": "x"},
          {"quoting": "x"}, {"quoting": 99}, {"quoting": -1}, {"quoting": None}, {"quoting": 1.0}, {"doublequote": "x"}, {"skipinitialspace": 3}, {"strict": []}, {"nosuch": 1},
          {"delimiter": " ", "skipinitialspace": True}, {"delimiter": '"'}, {"delimiter": ",", "quotechar": ","}, {"escapechar": ","}, {"escapechar": " ", "skipinitialspace": True}, {"quotechar": " ", "skipinitialspace": True}, {"lineterminator": ","}, {"lineterminator": '"'}):
    print(k, end=" "); t(rd, "a,b\n", **k)
    print(k, end=" "); t(wr, ["a", "b"], **k)
t(rd, '"a"b,c', strict=True); t(rd, '"a', strict=True); t(rd, '"a'); t(rd, "a\rb"); t(rd, ["a\nb\n", "c"]); t(rd, ["a\rb"]); t(rd, [b"x"]); t(rd, [5]); t(rd, ["a\0b"]); t(rd, "a\\", escapechar="\\", strict=True)
t(rd, "1,x", quoting=csv.QUOTE_NONNUMERIC); t(rd, '1,"x",2.5', quoting=csv.QUOTE_NONNUMERIC); t(rd, '1,"x",,""', quoting=csv.QUOTE_STRINGS); t(rd, '1,"x",,""', quoting=csv.QUOTE_NOTNULL)
csv.field_size_limit(5); t(rd, "abcdefgh"); t(rd, '"abcdefgh"'); print(csv.field_size_limit(131072)); t(csv.field_size_limit, "x"); t(csv.field_size_limit, 1, 2); t(csv.field_size_limit, 2**70)
t(wr, ["a,b"], quoting=csv.QUOTE_NONE); t(wr, ['a"b'], quoting=csv.QUOTE_NONE); t(wr, ['a"b'], quoting=csv.QUOTE_NONE, quotechar=None); t(wr, ['a,b'], quoting=csv.QUOTE_NONE, escapechar="\\"); t(wr, ['a"b'], doublequote=False); t(wr, ['a"b'], doublequote=False, escapechar="\\"); t(wr, [""], quoting=csv.QUOTE_NONE); t(wr, []); t(wr, [""]); t(wr, [None]); t(wr, [None], quoting=csv.QUOTE_NONE); t(wr, [None], quoting=csv.QUOTE_STRINGS); t(wr, [""], quoting=csv.QUOTE_NOTNULL); t(wr, [None], quoting=csv.QUOTE_NOTNULL); t(wr, [" a"], delimiter=" ", quotechar="'"); t(wr, 5); t(wr, "abc"); t(wr, [1, 2.5, None, True, "x"], quoting=csv.QUOTE_NONNUMERIC); t(wr, [1, None, "x"], quoting=csv.QUOTE_ALL)
t(wr, ["a\\b"], escapechar="\\"); t(wr, ["a b"], delimiter=" ", quoting=csv.QUOTE_NONE); t(wr, ["", 1], delimiter=" ", skipinitialspace=True)
class S:
    def __str__(self): raise ValueError("no str")
t(wr, [S()]); t(lambda: csv.writer(io.StringIO()).writerows(5)); t(lambda: csv.writer(io.StringIO()).writerows([5]))
t(csv.register_dialect, "x", delimiter="ab"); t(csv.register_dialect, 5); t(csv.register_dialect); t(csv.unregister_dialect, "nosuch"); t(csv.get_dialect, "nosuch"); t(csv.get_dialect, []); t(csv.register_dialect, "p", delimiter="|"); t(lambda: csv.get_dialect("p").delimiter); t(csv.list_dialects); t(setattr, csv.get_dialect("p"), "delimiter", "x"); t(csv.unregister_dialect, "p")
t(lambda: next(csv.reader([]))); r = csv.reader(["a,b", "c"]); print(next(r), r.line_num, r.dialect.delimiter)
class D(csv.Dialect): delimiter = ","
t(D)
class D(csv.Dialect): delimiter = "ab"; quoting=0; quotechar='"'; lineterminator="\n"
t(D); t(rd, "a", dialect=D)
class D2: quoting = "no"
t(rd, "a", dialect=D2)
t(lambda: csv.DictWriter(io.StringIO(), ["a"]).writerow({"a": 1, "b": 2, })); t(lambda: csv.DictWriter(io.StringIO(), ["a"], extrasaction="x")); t(lambda: list(csv.DictReader(io.StringIO("a,b\n1,2,3\n4\n"), restkey="r", restval="v"))); t(lambda: csv.DictReader(io.StringIO("")).fieldnames)
t(lambda: csv.Sniffer().sniff("a b c")); t(lambda: csv.Sniffer().sniff("")); t(lambda: csv.Sniffer().sniff("a;b\nc;d").delimiter); t(lambda: csv.Sniffer().has_header("a,b\n1,2\n3,4"))
