"""json: what is wrong with a document, and where; random documents, whole and damaged."""

import json
import random
import zlib
from json import JSONDecodeError

documents = (
    "", " ", "nul", "nulll", "tru", "-", "-x", "+1", "01", "1.", "1.e5", "1e", "1e+", ".5", "-Inf", "- 1", "'a'", "abc", "\ufeff1", "1 2", "[1] x", "[1]]",
    "[", "[1", "[1,", "[1,]", "[1,,2]", "[,1]", "[1 2]", "[1;2]", "[1}", "[[1, 2], [3,]]", "{", "{}}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}",
    "{\"a\" 1}", "{a:1}", "{'a':1}", "{1:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,,}", "{\"a\":}", "{,}", "{\"a\":1]", "\"abc", "\"a\\\"", "\"\\x\"", "\"\\", "\"\\u", "\"\\u12",
    "\"\\u123\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\\ud83d\\u12\"", "\"\\ud83d\\x\"", "\"a\nb\"", "\"a\tb\"", "\"\x00\"", "{\"a\nb\":1}", "[\"\\q\"]", "{\"\\q\":1}", "{\"a\": \"x",
    "\u00e9", "[\"\u00e9\", x]", "{\"\u00e9\u20ac\U0001f600\": 1,}", "[\n1,\n2\n3]", "{\n  \"a\": 1,\n  \"b\": [\n    1,\n    oops\n  ]\n}", "[1]\n\n  x", "\u00a01", "[1,\u00a02]", "[NaN, nan]",
    "[Infinit]", "[-Infinit]", "[true, fals]", "[1.5.5]", "[1e5e5]", "[0x10]", "[1_000]", "/* c */ 1", "[1] // c", "\"\\ud83d\\u1234", "\"\\u1234",
)
for document in documents:
    try:
        print(ascii(document), ascii(json.loads(document)))
    except JSONDecodeError as error:
        print(ascii(document), error.msg, error.pos, error.lineno, error.colno, error.doc == document, error)
for document in (5, None, ["[]"], 1.5):
    try:
        json.loads(document)
    except TypeError as error:
        print(error)
try:
    json.loads("[1,\n 2,\n]")
except JSONDecodeError as error:
    print(error.args, error.__reduce__(), error.__cause__, error.__suppress_context__, isinstance(error, ValueError))
print(JSONDecodeError("message", "a\nbc", 3))
for document in ("1" * 5000, "[" + "9" * 4301 + "]"):
    try:
        json.loads(document)
    except ValueError as error:
        print(type(error).__name__, error)
print(len(str(json.loads("1" * 4300))))
for text in ("[" * 100_000, '{"a":' * 100_000):
    try:
        json.loads(text)
    except RecursionError:
        print("too deep to read")
deep = []
for _ in range(1_000_000):
    deep = [deep]
try:
    json.dumps(deep)
except RecursionError:
    print("too deep to write")
while deep:
    deep = deep[0]
loop = {}
loop["me"] = loop
try:
    json.dumps(loop, check_circular=False)
except RecursionError:
    print("circular")

# Random documents, as they are and with a character changed, left out or doubled.
random.seed(7)
CHARACTERS = "\u00e9a\"\\/\n\x01\U0001f600\u20ac'{}[]:, 1"


def text_of(n):
    return "".join(random.choice(CHARACTERS) for _ in range(random.randrange(n)))


def value_of(depth):
    kind = random.randrange(8 if depth else 5)
    if kind == 0:
        return random.choice([None, True, False, float("inf")])
    if kind == 1:
        return random.randrange(-10 ** random.randrange(1, 25), 10 ** 20)
    if kind == 2:
        return random.uniform(-1, 1) * 10.0 ** random.randrange(-20, 20)
    if kind in (3, 4):
        return text_of(8)
    if kind == 5:
        return {text_of(4): value_of(depth - 1) for _ in range(random.randrange(5))}
    return [value_of(depth - 1) for _ in range(random.randrange(5))]


total = faults = 0


def add(text):
    global total
    total = zlib.crc32(text.encode("utf-8", "surrogatepass"), total)


for round in range(100):
    value = value_of(4)
    text = json.dumps(value, ensure_ascii=round % 2 == 0, indent=random.choice([None, None, 0, 2, "\t"]), sort_keys=round % 3 == 0)
    add(text)
    assert json.loads(text) == value
    for _ in range(4):
        at = random.randrange(len(text))
        damaged = text[:at] + random.choice(["", text[at] * 2, random.choice(CHARACTERS + "eE.-+tfnuI0"), text[at:at + 5]]) + text[at + 1:]
        try:
            add(repr(json.loads(damaged)))
        except JSONDecodeError as error:
            faults += 1
            add(str(error))
    if round % 25 == 0:
        print(round, ascii(text)[:100], total)
print(total, faults)
