"""Methods that look at several bytes at once, against loops that look at one; and which results are the string itself."""

import random

random.seed(2026)
ALPHABETS = ["ab ", "aA.", "xyZ\t \n", "a\r\n\x0b\x1c\x1e\x1f", "Kk\x00\x7f @[`{", "aé 漢", ",;", "\U0001F600 a"]
SPACES = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f"
BREAKS = "\n\x0b\x0c\r\x1c\x1d\x1e"


def words_of(text, most):
    words, at = [], 0
    while True:
        while at < len(text) and text[at] in SPACES:
            at += 1
        if at == len(text):
            return words
        if len(words) == most:
            return words + [text[at:]]
        start = at
        while at < len(text) and text[at] not in SPACES:
            at += 1
        words.append(text[start:at])


def pieces_of(text, separator, most):
    pieces, start, at = [], 0, 0
    while at < len(text):
        if len(pieces) != most and text[at : at + len(separator)] == separator:
            pieces.append(text[start:at])
            at = start = at + len(separator)
        else:
            at += 1
    return pieces + [text[start:]]


def lines_of(text, keep):
    lines, start, at = [], 0, 0
    while at < len(text):
        end = at
        at += 1
        if text[end] in BREAKS:
            if text[end] == "\r" and text[at : at + 1] == "\n":
                at += 1
            lines.append(text[start : at if keep else end])
            start = at
    return lines + [text[start:]] if start < len(text) else lines


def stripped(text, chars):
    start, end = 0, len(text)
    while start < end and text[start] in chars:
        start += 1
    while start < end and text[end - 1] in chars:
        end -= 1
    return text[start:end]


def check(text):
    for most in (-1, 0, 1, 2):
        assert text.split(None, most) == words_of(text, most), (text, most)
        for separator in (text[:1] or "a", " ", text[1:3] or "ab", "é"):
            assert text.split(separator, most) == pieces_of(text, separator, most), (text, separator)
    assert text.splitlines() == lines_of(text, False), text
    assert text.splitlines(True) == lines_of(text, True), text
    assert text.strip() == stripped(text, SPACES)
    for chars in (text[:1], text[-2:], " \na", "a.,:;!?", "abcdefghijklmnop", "abcdefghijklmnopqrstuvwxyz", "a漢"):
        assert text.strip(chars) == stripped(text, chars), (text, chars)
    for byte in (text[:1] or "a", text[-1:] or "b", " ", "\x00", "é"):
        where = [at for at in range(len(text)) if text[at] == byte]
        assert text.count(byte) == len(where) and text.find(byte) == (where or [-1])[0]
        assert text.partition(byte) == ((text[: where[0]], byte, text[where[0] + 1 :]) if where else (text, "", ""))
        for new in ("", "-", "é", "longer"):
            assert text.replace(byte, new) == "".join(new if c == byte else c for c in text), (text, byte, new)
    assert text.lower() == "".join(c.lower() for c in text) and text.upper() == "".join(c.upper() for c in text)
    upper, lower = any(c.isupper() for c in text), any(c.islower() for c in text)
    assert text.isupper() == (upper and not lower) and text.islower() == (lower and not upper)
    for size in range(0, len(text) + 1, 3):
        assert text.startswith(text[:size]) and text.endswith(text[len(text) - size :])
        assert not text.startswith(text[:size] + "\x01") and not text.endswith("\x01" + text[len(text) - size :])
        assert text[:size] + text[size:] == f"{text[:size]}{text[size:]}" == "".join([text[:size], text[size:]]) == text
    assert eval(repr(text)) == text
    assert hash(text) == hash("".join(list(text))) and {text: 1}["".join(list(text))] == 1


count = 0
for alphabet in ALPHABETS:
    for length in [*range(34), 47, 48, 63, 64, 65, 96, 127, 128, 130, 200, 511, 512, 513]:
        for _ in range(3):
            check("".join(random.choice(alphabet) for _ in range(length)))
            count += 1
print(count, "texts")

for make in (lambda: "".join(["unchang", "ed"]), lambda: "".join(["unchäng", "ed"])):
    s = make()
    same = [
        s.strip(), s.strip("x"), s.split()[0], s.split("x")[0], s.rsplit("x")[0], s.splitlines()[0], s.partition("x")[0],
        s.rpartition("x")[2], s.replace("x", "y"), s.expandtabs(), s.ljust(3), s.zfill(3), s.removeprefix("x"), s[:],
        "".join([s]), f"{s}", "%s" % s, "{}".format(s), s.format(), s + "", "" + s, s * 1, str(s), format(s, ""),
    ]
    print([text is s for text in same])


class Text(str):
    pass


t = Text("unchanged")
for text in (t.strip(), t.split()[0], t.split("x")[0], t.replace("x", "y"), t.expandtabs(), t.format(), "%s" % t, "{}".format(t)):
    print(type(text).__name__, text is t, end="; ")
print()
print(True + 1, 2 - True, True * 3, 3 // True, 7 % True, True << 3, 6 & True, 6 | True, 6 ^ True, True**2, 1.5 + True, True / 2)
print(type(True + 0), type(0 | True), type(True & True), True + 2**46, -(2**47) - True, 2**70 + True)
for op in (lambda: 1 / False, lambda: 1 % False, lambda: True @ 1, lambda: 1 << -True):
    try:
        print(op())
    except Exception as e:
        print(type(e).__name__, e)
for values in ([1, 2], (1, 2, 3), [], "ab", {1: 2}):
    try:
        a, b = values
        print(a, b)
    except Exception as e:
        print(type(e).__name__, e)
