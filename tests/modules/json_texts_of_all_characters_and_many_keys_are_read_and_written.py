"""JSON strings with every kind of character at every place, keys by the hundred, and containers nested deeply."""

import json

SPECIAL = ['"', "\\", "\x00", "\x1f", " ", "\x7e", "\x7f", "\x80", "é", "\u07ff", "\ud800", "\uffff", "\U0001f600", "\n", "\t", "/"]

wrong = total = 0
for length in range(20):
    for place in range(length + 1):
        for special in SPECIAL:
            text = "abcdefghijklmnopqrst"[:place] + special + "ABCDEFGHIJKLMNOPQRST"[place:length]
            for ascii in (True, False):
                written = json.dumps(text, ensure_ascii=ascii)
                total += sum(map(ord, written)) * (place + 1)
                wrong += json.loads(written) != text
                wrong += json.loads('{"x":1,' + written + ":2}") != {"x": 1, text: 2}
print(wrong, total)
print(json.dumps("".join(SPECIAL * 2)), json.dumps("".join(SPECIAL).replace("\ud800", ""), ensure_ascii=False))
print([json.dumps(chr(i)) for i in range(0x90)])
print([json.dumps(chr(i), ensure_ascii=False) for i in range(0x90)])

# Control characters within strings, and ends that are missing.
for place in range(10):
    for text in ('"' + "x" * place + "\x01" + "y" * 9 + '"', '"' + "x" * place, '"' + "x" * place + "\\", '"' + "é" * place + "\\q"):
        for strict in (True, False):
            try:
                print(repr(json.loads(text, strict=strict)), end=" ")
            except json.JSONDecodeError as error:
                print(error, end="; ")
print()

# Keys: many, alike, long, empty, escaped; equal ones of a document are one object.
keys = ["", "a", "b", "ab", "ba", "aXb", "aYb", "é", "éé", "\n", "k" * 100, "k" * 99 + "l"] + ["key%d" % i for i in range(300)]
document = [{key: (i, key) for key in keys} for i in range(3)]
again = json.loads(json.dumps(document))
print(again == [{key: [i, key] for key in keys} for i in range(3)], [list(one) == keys for one in again])
one, other = json.loads('[{"first": 1, "second": 2}, {"second": 3, "first": 4}]')
print([a is b for a, b in zip(one, reversed(other))])
print(json.loads('{"a": 1, "a": 2, "\\u0061": 3}'), json.loads('{"a": 1, "b": {"a": {"a": []}}}', object_pairs_hook=list))


def forget(text):
    [str(i) * 3 for i in range(500)]
    return float(text)


print(json.loads("[" + ",".join('{"k%d": %d.5}' % (i % 7, i) for i in range(20)) + "]", parse_float=forget))

# Containers within containers, alike but not the same, and one within itself.
for depth in (1, 15, 16, 17, 40, 400):
    value = inner = []
    for i in range(depth):
        value = [value] if i % 2 else {"in": value}
    shared = [inner, inner, value, value]
    text = json.dumps(shared)
    print(depth, len(text), json.loads(text) == shared)
    inner.append(value)
    for check in (value, shared):
        try:
            json.dumps(check)
        except ValueError as error:
            print(error, end=" ")
    inner.clear()
    print(json.dumps(shared) == text)
