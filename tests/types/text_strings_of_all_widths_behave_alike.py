"""Strings of ASCII, of wider characters, with lone surrogates, short and long, against a list of code points as a model."""

ALPHABETS = ["abc ", "aé b", "日本 x", "x\U0001f600 y", "\ud800\udc00 z"]


def texts():
    for alphabet in ALPHABETS:
        for length in (0, 1, 5, 64, 65, 200):
            yield "".join(alphabet[(i * 7 + i // 3) % len(alphabet)] for i in range(length))


checked = 0
for text in texts():
    model = [ord(c) for c in text]
    assert len(text) == len(model)
    assert [ord(text[i]) for i in range(len(text))] == model
    assert [ord(text[-i]) for i in range(1, len(text) + 1)] == model[::-1]
    for bounds in ((0, 3), (1, None), (None, -1), (60, 70), (-5, None), (5, 2), (100, 300)):
        for step in (None, 1, 2, -1, -3):
            piece = text[slice(*bounds, step)]
            assert [ord(c) for c in piece] == model[slice(*bounds, step)]
    assert text[::-1][::-1] == text
    for other in ("", "b", "é", text):
        both = text + other
        assert [ord(c) for c in both] == model + [ord(c) for c in other]
        assert both.startswith(text) and both.endswith(other)
        assert hash(both) == hash("".join([text, other]))
    assert [ord(c) for c in text * 3] == model * 3
    for needle in ("b", "é", " ", "y", text[3:5], "\udc00"):
        positions = [i for i in range(len(text)) if text[i:i + len(needle)] == needle] if needle else []
        if needle:
            assert text.find(needle) == (positions[0] if positions else -1)
            assert text.rfind(needle) == (positions[-1] if positions else -1)
            assert needle.join(text.split(needle)) == text
            assert text.replace(needle, "<>").count("<>") == text.count(needle)
    assert " ".join(text.split(" ")) == text
    assert text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass") == text
    assert text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") == text or "\ud800" in text
    assert text.encode("utf-32", "surrogatepass").decode("utf-32", "surrogatepass") == text
    assert eval(repr(text)) == text and eval(ascii(text)) == text
    assert text.ljust(500).rstrip(" ") == text.rstrip(" ")
    assert sorted([text, text + "a", "a" + text], key=lambda s: [ord(c) for c in s]) == sorted([text, text + "a", "a" + text])
    checked += 1
print(checked)

grown, parts = "", []
for i in range(600):
    piece = "äx"[i % 2] * (i % 5)
    before = grown
    grown += piece
    parts.append(piece)
    if i % 100 == 0:
        fork = before + "fork"
        assert fork.endswith("fork") and grown == "".join(parts) and before == "".join(parts[:-1])
print(len(grown), grown == "".join(parts), grown[234], grown[-1], grown[1000:1010])

ascii_grown = ""
for i in range(900):
    ascii_grown = ascii_grown + str(i)
print(len(ascii_grown), ascii_grown[2000:2020], ascii_grown.index("899"))
