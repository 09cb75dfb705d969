"""Counts words, letters and sentences of a text, and lays out what it found."""

import string
import textwrap
from collections import Counter
from itertools import chain, groupby, islice, pairwise

TEXT = """\
The lock is held by one thread at a time. Who waits? Everybody else! The lock -- a convention, no more --
keeps the counters right; without it, naïve counting would lose "updates". Is that so bad? It's a matter
of taste: 3.14 keeps it, 3.14t does not. Straße, café, ÉTÉ, Ωmega; the end.
"""


def words(text):
    for is_word, letters in groupby(text, key=lambda c: c.isalnum() or c in "'."):
        if is_word and (word := "".join(letters).strip("'.")):
            yield word


def sentences(text):
    sentence = []
    for word in text.split():
        sentence.append(word)
        if word[-1] in ".?!" or word[-2:] in ('."', '?"'):
            yield " ".join(sentence)
            sentence.clear()


def plain(text):
    return text.casefold().translate(str.maketrans("éïöüàèùôâê", "eiouaeuoae"))


def syllables(word):
    return max(1, sum(a not in "aeiouy" and b in "aeiouy" for a, b in pairwise("x" + plain(word))))


def ngrams(items, size):
    items = list(items)
    return zip(*(islice(items, start, None) for start in range(size)))


def table(rows, headings):
    columns = list(zip(headings, *rows))
    widths = [max(len(str(cell)) for cell in column) for column in columns]
    yield " | ".join(f"{heading:^{width}}" for heading, width in zip(headings, widths))
    yield "-+-".join("-" * width for width in widths)
    for row in rows:
        yield " | ".join(f"{cell:>{width}}" if isinstance(cell, (int, float)) else f"{cell:<{width}}" for cell, width in zip(row, widths))


def main():
    found = list(words(TEXT))
    print(len(found), found[:6], found[-8:])
    counts = Counter(map(str.casefold, found))
    rows = [(word, count, count / len(found) * 100 // 0.01 / 100, "#" * count) for word, count in counts.most_common(5)]
    print("\n".join(table(rows, ["word", "count", "share", "bar"])))
    parts = list(sentences(TEXT))
    print(len(parts), max(parts, key=len)[:40], [len(part.split()) for part in parts])
    letters = Counter(filter(str.isalpha, plain(TEXT)))
    print("".join(letter for letter, _ in sorted(letters.items(), key=lambda kv: (-kv[1], kv[0]))[:10]), letters.total(), sorted(set(string.ascii_lowercase) - set(letters)))
    print([plain(word) for word in found if not word.isascii()], syllables("banana"), syllables("Everybody"), syllables("rhythm"))
    print(Counter(ngrams(plain(TEXT).replace(" ", ""), 2)).most_common(3), [" ".join(pair) for pair, n in Counter(ngrams(map(str.lower, found), 2)).items() if n > 1])
    print(textwrap.fill(TEXT, 40), textwrap.shorten(TEXT, 50, placeholder=" …"), sep="\n")
    print(textwrap.indent("a\n\nb", "> "), repr(textwrap.dedent("    x\n      y\n")))
    print(TEXT.translate(str.maketrans("aeiou", "AEIOU", string.punctuation)).split("\n")[0])
    print("|".join(line.expandtabs(4).center(20, "·") for line in ["a\tb", "Straße".upper(), "ǆ".title()]), "ÉTÉ".lower().capitalize(), "it's a TITLE".title())
    print(sorted(found, key=lambda w: (len(w), plain(w)))[-4:], " ".join(chain.from_iterable(zip("abc", "xyz"))), "a-b_c".partition("-"), "1,2,,3".rsplit(",", 2))
    print(f"{'Ωmega':>8}|{'naïve':*^9}|{3.14159:8.3f}|{1234567:,}|{0.256:.1%}|{255:#06x}|{'x' * 3!r:>6}|{-5:+d}|{1e10:g}|{True:d}")


main()
