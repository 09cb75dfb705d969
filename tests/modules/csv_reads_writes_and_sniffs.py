"""csv: reading, writing, dialects, dicts, the sniffer, what is refused; random records."""

import csv
import io
import random


def tell(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)).split(" at 0x")[0])
    except Exception as error:
        print(type(error).__name__, error)


print(csv.__all__, csv.Error, csv.list_dialects(), csv.field_size_limit())

# ---- reading
for lines, options in ((["a,b"], {}), ([b"a"], {}), ([5], {}), (['"a'], {}), (['"a'], {"strict": True}), (['"a"b,c'], {}), (['"a"b,c'], {"strict": True}), (["a\rb"], {}), (["a\nb"], {}),
                       (["a,\0b"], {}), (["a,'b'"], {"quotechar": "'"}), (['a,"b""c",d'], {}), (['a,"b\n', 'c",d'], {}), (["a\\,b,c\\"], {"escapechar": "\\"}), (["", "\n", "a"], {}),
                       ([" a, b"], {"skipinitialspace": True}), (['1,"2",a'], {"quoting": csv.QUOTE_NONNUMERIC}), (['1,"2",3.5,,""'], {"quoting": csv.QUOTE_NONNUMERIC}),
                       (['1,"2",,""'], {"quoting": csv.QUOTE_STRINGS}), (['1,"2",,""'], {"quoting": csv.QUOTE_NOTNULL}), (['"a,b'], {"quoting": csv.QUOTE_NONE}),
                       (["a,b\\"], {"escapechar": "\\", "quoting": csv.QUOTE_NONE}), (['"a\\\n', 'b"'], {"escapechar": "\\"}), (["a;b;\u00e9"], {"delimiter": ";"}), (["a\u00e9b\u00e9\u20acc\u20ac"], {"delimiter": "\u00e9", "quotechar": "\u20ac"}),
                       (["a\tb", 'c\t"d\te"'], {"dialect": "excel-tab"}), (["a,b\r\n", "c\r", "d\n"], {}), (['"a""b"'], {"doublequote": False}), (['"a\\"b"'], {"doublequote": False, "escapechar": "\\"}),
                       (["a b  c"], {"delimiter": " "}), (["a b  c"], {"delimiter": " ", "skipinitialspace": True}), (['"x" , "y"'], {}), (['"x" ,"y"'], {"strict": True}), (["a\\\nb,c"], {"escapechar": "\\"}), ([","], {}), (['""'], {})):
    reader = csv.reader(lines, **options)
    tell(lambda: (list(reader), reader.line_num))
reader = csv.reader(io.StringIO('one,two\n"multi\nline",2\n\nlast'))
print(next(reader), reader.line_num, next(reader), reader.line_num, list(reader), iter(reader) is reader, type(reader))
tell(next, reader)
csv.field_size_limit(10)
tell(lambda: list(csv.reader(["a" * 11])))
tell(lambda: list(csv.reader(["a" * 10 + "," + "b" * 10])))
tell(csv.field_size_limit, 131072)
tell(csv.field_size_limit, "x")

# ---- writing
for row, options in (([1, "a", None, 2.5, True], {}), (['a,b', 'c"d', "e\nf", "g\rh", ""], {}), ([""], {}), ([None], {}), ([], {}), (5, {}), ("abc", {}), ([1, "a", None, 2.5, True], {"quoting": csv.QUOTE_ALL}),
                     ([1, "a", None, 2.5, True, "", 1j, [1]], {"quoting": csv.QUOTE_NONNUMERIC}), ([1, "a", None, 2.5, True, ""], {"quoting": csv.QUOTE_STRINGS}), ([1, "a", None, 2.5, True, ""], {"quoting": csv.QUOTE_NOTNULL}),
                     (['a"b'], {"doublequote": False}), (['a"b', "c\\"], {"doublequote": False, "escapechar": "\\"}), (["a,b"], {"quoting": csv.QUOTE_NONE}), (["a,b", "c\n", '"'], {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}),
                     ([""], {"quoting": csv.QUOTE_NONE}), ([None], {"quoting": csv.QUOTE_STRINGS}), ([None], {"quoting": csv.QUOTE_NOTNULL}), (["a b", ""], {"delimiter": " ", "skipinitialspace": True}),
                     (["", ""], {"delimiter": " ", "skipinitialspace": True, "quoting": csv.QUOTE_NONE}), ([" a", "b"], {"skipinitialspace": True}), (["a"], {"lineterminator": "xyz"}), (["axb"], {"lineterminator": "xyz"}),
                     (["a"], {"lineterminator": ""}), (['a"b'], {"quotechar": None, "quoting": csv.QUOTE_NONE}), (["\\", 'x"'], {"escapechar": "\\"}), ([1j, [1], {}, 1e300, 10**20, "\u00e9"], {}), (iter("ab"), {}), (["a", "b"], {"dialect": "unix"}),
                     ({"k": 1, "l": 2}, {})):
    out = io.StringIO(newline="")
    tell(lambda: (csv.writer(out, **options).writerow(row), out.getvalue()))


class Bad:
    def __str__(self):
        raise ValueError("no text")


out = io.StringIO(newline="")
tell(csv.writer(out).writerow, ["a", Bad()])
tell(csv.writer(out).writerows, [[1, 2], ["a"], 5])
tell(csv.writer(out).writerows, 5)
print(repr(out.getvalue()))


class Returning:
    def write(self, text):
        return "wrote " + text


tell(csv.writer(Returning()).writerow, [1])

# ---- dialects
for options in ({"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": 5}, {"delimiter": None}, {"delimiter": "\n"}, {"delimiter": '"'}, {"quotechar": ""}, {"quotechar": None, "quoting": 1}, {"quotechar": 5}, {"quotechar": "ab"},
                {"quotechar": "\r"}, {"escapechar": 5}, {"escapechar": "ab"}, {"escapechar": ","}, {"escapechar": '"'}, {"escapechar": "\n"}, {"lineterminator": 5}, {"lineterminator": None}, {"lineterminator": ","}, {"quoting": 9}, {"quoting": -1},
                {"quoting": "x"}, {"quoting": None}, {"foo": 1}, {"dialect": "nope"}, {"quotechar": " ", "skipinitialspace": True}, {"escapechar": " ", "skipinitialspace": True}, {"quotechar": ","}):
    tell(csv.reader, [], **options)
names = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")
for dialect in ("excel", "excel-tab", "unix", csv.excel, csv.excel_tab(), csv.get_dialect("unix")):
    made = csv.reader([], dialect, strict=5).dialect
    print([getattr(made, name) for name in names])
tell(setattr, csv.get_dialect("excel"), "delimiter", ";")
tell(csv.reader)
tell(csv.reader, 5)
tell(csv.writer, 5)
tell(csv.writer)
tell(csv.reader, [], "excel", 1)
tell(csv.get_dialect, "nope")
tell(csv.unregister_dialect, "nope")
tell(csv.register_dialect, 5)
tell(csv.register_dialect)
tell(csv.register_dialect, "x", quoting=9)
csv.register_dialect("mine", delimiter="|", lineterminator="\n")
print(csv.list_dialects(), list(csv.reader(["a|b"], "mine")), csv.get_dialect("mine").delimiter)
csv.unregister_dialect("mine")


class Incomplete(csv.Dialect):
    pass


class Semicolons(csv.excel):
    delimiter = ";"
    quoting = csv.QUOTE_ALL


class Wrong(csv.excel):
    delimiter = 5


tell(Incomplete)
tell(Wrong)
tell(csv.reader, [], Wrong)
out = io.StringIO(newline="")
csv.writer(out, Semicolons).writerow([1, "a"])
print(repr(out.getvalue()), Semicolons().delimiter)

# ---- dicts
text = "name,age\nAnn,30\n\nBob,40,extra,more\nCy\n"
reader = csv.DictReader(io.StringIO(text))
print(reader.fieldnames, [(row, reader.line_num) for row in reader])
print(list(csv.DictReader(io.StringIO(text), restkey="rest", restval="?")))
print(list(csv.DictReader(io.StringIO("1;2"), fieldnames=["a", "b"], delimiter=";")), csv.DictReader([]).fieldnames, list(csv.DictReader([])))
print(list(csv.DictReader(["1,2"], iter("ab"))))
out = io.StringIO(newline="")
writer = csv.DictWriter(out, ["a", "b"], restval="-")
print(writer.writeheader(), writer.writerow({"a": 1, "b": 2}), writer.writerow({"b": 3}))
writer.writerows([{"a": "x,y"}, {}])
tell(writer.writerow, {"c": 1})
tell(csv.DictWriter, out, ["a"], extrasaction="other")
csv.DictWriter(out, ["a"], extrasaction="IGNORE", dialect="unix").writerow({"a": 5, "z": 1})
print(repr(out.getvalue()))

# ---- the sniffer
samples = ("a,b,c\n1,2,3\n4,5,6\n", "a;b;c\n1;2;3\n", "a\tb\n1\t2\n", "a|b|c\n1|2|3\n4|5|6\n", "'a','b'\n'c','d'\n", '"a"; "b"\n"c"; "d"\n', '"a""x","b"\n"c","d"\n', "name age\nann 30\nbob 40\n", "a, b, c\n1, 2, 3\n", "one\ntwo\n", "", "x:y\n1:2\n3:4\n",
           "'x''y':'b'\n", '"only"\n"quoted"\n', "2020-01-01 10:00,5\n2020-01-02 11:30,6\n", "a,b\n" * 30 + "c;d\n", "name,value\nabc,1\ndef,22\nghi,333\n", "1,2\n3,4\n5,6\n", "aa,bb\ncc,dd\nee,ff\n", "h1,h2\nlonger,text\nlonger,more\n", '"a b","c d"\n"e f","g h"\n',
           "x,'y,z',w\n1,'2,3',4\n")
for sample in samples:
    for delimiters in (None, "|;"):
        try:
            found = csv.Sniffer().sniff(sample, delimiters)
            print(repr(sample[:20]), delimiters, repr(found.delimiter), found.quotechar, found.doublequote, bool(found.skipinitialspace), found.lineterminator == "\r\n", found.quoting)
        except csv.Error as error:
            print(repr(sample[:20]), delimiters, error)
    tell(csv.Sniffer().has_header, sample)

# ---- random records, there and back; random text
random.seed(4)
CHARACTERS = "ab1 ,;\"'\\\n\r\t\u00e9."
total = 0
for round in range(150):
    options = {"delimiter": random.choice(",;\t "), "quoting": random.choice([0, 1, 2, 4, 5]), "escapechar": random.choice([None, "\\"]), "doublequote": True,
               "quotechar": random.choice("\"'"), "lineterminator": random.choice(["\n", "\r\n"])}
    rows = [["".join(random.choice(CHARACTERS) for _ in range(random.randrange(6))) for _ in range(random.randrange(1, 5))] for _ in range(3)]
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    text = out.getvalue()
    assert list(csv.reader(io.StringIO(text, newline=""), **options)) == rows, (rows, text)
    noise = ["".join(random.choice(CHARACTERS) for _ in range(random.randrange(25))) for _ in range(3)]
    options["strict"], options["doublequote"], options["quoting"] = round % 2 == 0, round % 3 != 0, random.choice([0, 3, 5])
    options["skipinitialspace"] = round % 5 == 0
    try:
        found = repr(list(csv.reader(noise, **options)))
    except csv.Error as error:
        found = str(error)
    for character in text + found:
        total = (total * 31 + ord(character)) % 1000000007
    if round % 50 == 0:
        print(repr(text), found)
print(total)
