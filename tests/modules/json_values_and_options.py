"""json: values from text and text from values, hooks, options, subclasses, chunks, files."""

import enum
import io
import json
from collections import OrderedDict, defaultdict, namedtuple
from json import JSONDecodeError, JSONDecoder, JSONEncoder


def tell(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "__notes__", ""))


# ---- text from values
values = [None, True, False, 0, -1, 12345678901234567890, 1.5, -0.0, 1e100, 1e-7, 1e16, 123456789.0, "", "text", "\"quoted\" \\ / \b\f\n\r\t\x00\x1f\x7f",
          "\u00e9\u20ac\U0001f600\ud800\u2028", [], {}, (), [1, [2, [3]]], (1, 2), {"a": {"b": []}}, {"k": (1,)}, float("nan"), float("inf"), -float("inf")]
for value in values:
    tell(json.dumps, value)
    tell(json.dumps, value, ensure_ascii=False)
    tell(json.dumps, [value, {"x": value}], indent=2)
    tell(json.dumps, value, allow_nan=False)
data = {"name": "x", "list": [1, 2.5, None, {"deep": [True]}], "empty": {}, "none": [], "b": "\u00fc", "a": 1}
for options in ({}, {"indent": 0}, {"indent": 4}, {"indent": "\t"}, {"indent": "--"}, {"separators": (",", ":")}, {"sort_keys": True},
                {"indent": 1, "separators": (" ,", " : ")}, {"sort_keys": True, "indent": 3}, {"indent": True}, {"indent": -2},
                {"ensure_ascii": False, "separators": ("\u00fc", "=")}):
    print(options)
    print(json.dumps(data, **options))
tell(json.dumps, {1: "int", 2.5: "float", True: "bool", None: "none", "s": "str", float("inf"): 1, 10**30: 2})
tell(json.dumps, {(1, 2): "tuple"})
tell(json.dumps, {b"x": 1})
tell(json.dumps, {(1, 2): "tuple", "a": 1, b"x": 2}, skipkeys=True)
tell(json.dumps, {(1, 2): "tuple"}, skipkeys=True, indent=2)
tell(json.dumps, {"b": 1, 2: 1}, sort_keys=True)
tell(json.dumps, {3: 1, 2: 1, 2.5: 0}, sort_keys=True)
tell(json.dumps, {"1": 1, 1: 2})


class Color(enum.Enum):
    RED = 1


class Number(enum.IntEnum):
    ONE = 1


class Text(str):
    def __str__(self):
        return "not this"


class Whole(int):
    def __repr__(self):
        return "not this"


class Real(float):
    def __repr__(self):
        return "not this"


class Items(list):
    pass


class Table(dict):
    def items(self):
        return [("from", "items")]


class Wrong(dict):
    def items(self):
        return [1]


Point = namedtuple("Point", "x y")
tell(json.dumps, [Number.ONE, Text("text"), Whole(5), Real(2.5), Items([1]), Table(a=1), Table(), Point(1, 2), OrderedDict(z=1, a=2), defaultdict(int, q=1)])
tell(json.dumps, {Number.ONE: 1, Text("k"): 2, Whole(7): 3, Real(0.5): 4})
tell(json.dumps, Table(a=1), sort_keys=True, indent=1)
tell(json.dumps, [Wrong(a=1)])
for wrong in (Color.RED, {1, 2}, b"bytes", 1j, object, range(3), {"a": [1, {2}]}, [Color.RED]):
    try:
        json.dumps(wrong)
    except TypeError as error:
        print(error, getattr(error, "__notes__", None))
    try:
        json.dumps(wrong, indent=1)
    except TypeError as error:
        print(error, getattr(error, "__notes__", None))


def default(value):
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, complex):
        return {"re": value.real, "im": value.imag}
    if isinstance(value, range):
        return value
    if isinstance(value, bytes):
        return {b"wrong": value}
    raise TypeError(f"no idea of {value!r}")


tell(json.dumps, {"s": {3, 1}, "c": [1j], "x": {frozenset(): 1} and 1}, default=default)
tell(json.dumps, [range(3)], default=default)
tell(json.dumps, {"k": b"x"}, default=default)
tell(json.dumps, [Color.RED], default=default)
tell(json.dumps, Color.RED, default=str)
tell(json.dumps, [float("nan")], allow_nan=False)
tell(json.dumps, {"deep": [0, (1, float("inf"))]}, allow_nan=False, indent=1)
tell(json.dumps, {float("nan"): 1}, allow_nan=False)
loop = []
loop.append({"again": loop})
tell(json.dumps, loop)
tell(json.dumps, [[1]] * 2)
table = {}
table["me"] = table
tell(json.dumps, table)


class Encoder(JSONEncoder):
    item_separator = ";"

    def default(self, o):
        if isinstance(o, set):
            return list(o)
        return super().default(o)


tell(json.dumps, [{5}, 1, {"a": 1}], cls=Encoder)
tell(json.dumps, [1j], cls=Encoder)
tell(Encoder(indent=1, sort_keys=True).encode, {"b": {1}, "a": 2})


class Chunky(JSONEncoder):
    def iterencode(self, o, _one_shot=False):
        for chunk in super().iterencode(o, _one_shot):
            yield chunk.replace("1", "one")


tell(json.dumps, [1, 11], cls=Chunky)
tell(Chunky().encode, "1")
for value in ({"a": [1, 2, {}], 3.5: {None: True}}, "a", 5, [], [[]], [1, "x", [2.5, None]], [{"k": [1j]}], 1j):
    for options in ({}, {"indent": 1}):
        tell(list, JSONEncoder(default=str, **options).iterencode(value))
tell(list, JSONEncoder().iterencode([1, {"x": {2}}]))
tell(list, JSONEncoder().iterencode(loop))
out = io.StringIO()
json.dump(data, out, indent=1)
print(out.getvalue())
out = io.StringIO()
tell(json.dump, {"a": [1, {2}]}, out)
print(out.getvalue())
tell(json.dump, {}, 5)
for separators in ((1, 2), 5, ("a",)):
    tell(json.dumps, [1], separators=separators)
tell(json.dumps, 1, foo=2)
tell(JSONEncoder, 5)
tell(json.dumps, [1], indent=2.5)
tell(json.dumps, 10**5000)
encoder = JSONEncoder(indent=2)
print(encoder.indent, encoder.item_separator, encoder.key_separator, encoder.skipkeys, encoder.ensure_ascii, encoder.check_circular)
print(json.encoder.encode_basestring("\u00e9\n"), json.encoder.encode_basestring_ascii("\u00e9\n"))
tell(json.encoder.encode_basestring, 5)
tell(json.encoder.encode_basestring_ascii, b"")

# ---- values from text
for text in ('null', 'true', ' false ', '0', '-0', '-0.0', '1.5', '1e5', '1E+2', '-1.25e-3', '1e400', '12345678901234567890123', '""', '"a\\"b\\\\c\\/\\b\\f\\n\\r\\t"',
             '"\\u00e9\\u20AC\\ud83d\\ude00\\ud800"', '[]', ' [ ] ', '{}', '{ }', '[1,2 , 3]', '\n[\t1,\r2]', '{"a":1,"b":[{"c":null}]}', '{"a":1,"a":2}', 'NaN', '[Infinity, -Infinity]',
             '"\u00e9\U0001f600"', '{"\u00e9": "\\u00e9", "\\u00e9x": 1}', '[[[[[[]]]]]]', '123456789012345678', '1234567890123456789', '-9223372036854775808', '9223372036854775808'):
    tell(json.loads, text)
tell(json.loads, '{"a": 1.5, "b": [{"c": 2}, 3], "n": NaN}', object_hook=lambda d: sorted(d), parse_float=lambda s: "f" + s, parse_int=lambda s: "i" + s, parse_constant=lambda s: "c" + s)
tell(json.loads, '{"a": 1, "b": {"c": 2, "c": 3}, "e": {}}', object_pairs_hook=list)
tell(json.loads, '{"a": 1, "b": {}}', object_pairs_hook=OrderedDict, object_hook=len)
tell(json.loads, '[1, 2.5, 3]', parse_int=float, parse_float=str)
tell(json.loads, '[{"x": {}}, {"y": 1}]', object_hook=lambda d: 1 / 0)
tell(json.loads, '[NaN]', parse_constant=lambda s: [].pop())


class Decoder(JSONDecoder):
    def __init__(self, **kwargs):
        super().__init__(object_hook=self.hook, **kwargs)

    def hook(self, d):
        return Point(**d) if set(d) == {"x", "y"} else d

    def decode(self, s):
        return "decoded", super().decode(s)


tell(json.loads, '[{"x": 1, "y": 2}, {"z": {"x": 3, "y": 4}}]', cls=Decoder)
tell(json.loads, '1', cls=Decoder, strict=False)
for data in (b'["\xc3\xa9"]', bytearray(b"[1]"), '["\u20ac"]'.encode("utf-16"), '[1]'.encode("utf-16-le"), '[1]'.encode("utf-16-be"), '[1]'.encode("utf-32"), '["x"]'.encode("utf-32-be"),
             '1'.encode("utf-32-le"), b"\xef\xbb\xbf10", b"1", b"", b"12", "1".encode("utf-16-le"), b"\xff", b'"\xed\xa0\x80"'):
    tell(json.loads, data)
    tell(json.detect_encoding, data)
tell(json.load, io.StringIO('{"from": "file"}'))
tell(json.load, io.BytesIO(b'{"from": "file"}'))
tell(json.loads, '"a\nb\x01"', strict=False)
keys = json.loads('[{"same": 1}, {"same": 2}]')
print(list(keys[0])[0] is list(keys[1])[0])
tell(JSONDecoder().raw_decode, '  [1, "\u00e9"] rest', 2)
tell(JSONDecoder().raw_decode, "\u00e9\u00e9[1] rest", 2)
tell(JSONDecoder().raw_decode, '{"a": 1}{"b": 2}', 8)
tell(JSONDecoder().raw_decode, " 1")
tell(JSONDecoder().raw_decode, "1", -1)
tell(JSONDecoder().raw_decode, "1", 5)
tell(JSONDecoder().scan_once, "x", 0)
tell(json.decoder.scanstring, 'abc" rest', 0)
tell(json.decoder.scanstring, '\u00e9\u00e9"\\u00e9" rest', 3)
tell(json.decoder.scanstring, "abc", 1)
tell(json.decoder.scanstring, 5, 1)
tell(json.decoder.scanstring, "abc", 9)
decoder = JSONDecoder()
print(decoder.strict, decoder.object_hook, decoder.parse_float, decoder.parse_int, decoder.object_pairs_hook, decoder.memo)
print(json.__all__, JSONDecodeError.__module__, JSONDecoder.__module__, JSONEncoder.__module__)
for value in values[:-3]:
    if value != ():
        assert json.loads(json.dumps(value)) == (list(value) if isinstance(value, tuple) else value if value != {"k": (1,)} else {"k": [1]}), value
