# Markdown to HTML: blocks, inline marks, tables, a table of contents, and a template around it all.
import re
import string
import textwrap
from collections import namedtuple
from contextlib import contextmanager
from itertools import groupby, takewhile

ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
INLINE = re.compile(r"""
    (?P<code>`+)(?P<inner>.+?)(?P=code)
  | (?P<image>!)?\[(?P<label>[^\]]*)\]\((?P<target>[^)\s]*)(?:\s+"(?P<title>[^"]*)")?\)
  | (?P<strong>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=strong)
  | (?P<em>[*_])(?=\S)(?P<slanted>.+?)(?<=\S)(?P=em)
  | \\(?P<escaped>[\\`*_{}\[\]()#+.!-])
""", re.VERBOSE)
Heading = namedtuple("Heading", "level text anchor")


def escape(text):
    return text.translate(ENTITIES)


def inline(text):
    """Marks within a line; code is left alone."""
    out, at = [], 0
    for found in INLINE.finditer(text):
        out.append(escape(text[at:found.start()]))
        at = found.end()
        match found.groupdict():
            case {"code": str(), "inner": inner}:
                out.append(f"<code>{escape(inner.strip())}</code>")
            case {"image": "!", "label": label, "target": target}:
                out.append(f'<img src="{escape(target)}" alt="{escape(label)}">')
            case {"label": str(label), "target": target, "title": title}:
                extra = f' title="{escape(title)}"' if title else ""
                out.append(f'<a href="{escape(target)}"{extra}>{inline(label)}</a>')
            case {"bold": str(inner)}:
                out.append(f"<strong>{inline(inner)}</strong>")
            case {"slanted": str(inner)}:
                out.append(f"<em>{inline(inner)}</em>")
            case {"escaped": str(one)}:
                out.append(escape(one))
    return "".join(out) + escape(text[at:])


def anchor(text, taken):
    base = re.sub(r"[^\w]+", "-", text.casefold()).strip("-") or "section"
    name = next(name for name in (base, *(f"{base}-{n}" for n in range(1, 99))) if name not in taken)
    taken.add(name)
    return name


class Converter:
    def __init__(self):
        self.out, self.depth, self.headings, self.taken = [], 0, [], set()

    def line(self, text):
        self.out.append("  " * self.depth + text)

    @contextmanager
    def tag(self, name, **attributes):
        shown = "".join(f' {key.rstrip("_")}="{value}"' for key, value in attributes.items())
        self.line(f"<{name}{shown}>")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
            self.line(f"</{name}>")

    def convert(self, text):
        lines = textwrap.dedent(text).expandtabs(4).splitlines()
        self.blocks(lines)
        return self

    def blocks(self, lines):
        at = 0
        while at < len(lines):
            line, rest = lines[at], lines[at:]
            if not line.strip():
                at += 1
            elif found := re.match(r"(#{1,6})\s+(.*?)\s*#*$", line):
                level, words = len(found[1]), found[2]
                name = anchor(re.sub(r"[`*_]", "", words), self.taken)
                self.headings.append(Heading(level, words, name))
                self.line(f'<h{level} id="{name}">{inline(words)}</h{level}>')
                at += 1
            elif found := re.match(r"(```|~~~)\s*(\w*)", line):
                code = list(takewhile(lambda one: not one.startswith(found[1]), rest[1:]))
                self.line(f'<pre><code class="{found[2] or "plain"}">{escape("\n".join(code))}</code></pre>')
                at += len(code) + 2
            elif re.fullmatch(r"\s*([-*_])(\s*\1){2,}\s*", line):
                self.line("<hr>")
                at += 1
            elif line.startswith(">"):
                quoted = list(takewhile(lambda one: one.startswith(">"), rest))
                with self.tag("blockquote"):
                    self.blocks([one[1:].removeprefix(" ") for one in quoted])
                at += len(quoted)
            elif found := re.match(r"(\s*)([-+*]|\d+\.)\s+", line):
                at += self.items(rest, "ol" if found[2][0].isdigit() else "ul", len(found[1]))
            elif "|" in line and len(rest) > 1 and re.fullmatch(r"[\s|:-]+", rest[1]):
                at += self.table(rest)
            else:
                words = list(takewhile(lambda one: one.strip() and not re.match(r"#{1,6} |>|```", one), rest))
                self.line(f"<p>{inline(' '.join(word.strip() for word in words))}</p>")
                at += len(words)

    def items(self, lines, kind, indent):
        used = 0
        with self.tag(kind):
            while used < len(lines):
                found = re.match(r"(\s*)(?:[-+*]|\d+\.)\s+(.*)", lines[used])
                if not found or len(found[1]) < indent:
                    break
                self.line(f"<li>{inline(found[2])}")
                used += 1
                inner = list(takewhile(lambda one: one.strip() and len(one) - len(one.lstrip()) > indent, lines[used:]))
                if inner:
                    self.depth += 1
                    self.blocks(inner)
                    self.depth -= 1
                    used += len(inner)
                self.line("</li>")
        return used

    def table(self, lines):
        rows = list(takewhile(lambda one: "|" in one, lines))
        cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
        sides = {(True, True): "center", (False, True): "right", (True, False): "left", (False, False): None}
        aligns = [sides[mark.startswith(":"), mark.endswith(":")] for mark in cells[1]]
        with self.tag("table"):
            for index, row in enumerate(cells):
                if index == 1:
                    continue
                kind = "th" if index == 0 else "td"
                with self.tag("tr"):
                    for cell, align in zip(row, aligns):
                        self.line(f"<{kind}{f' align={align!r}' if align else ''}>{inline(cell)}</{kind}>")
        return len(rows)

    def contents(self):
        return [f"{'  ' * (one.level - 1)}- [{one.text}](#{one.anchor})" for one in self.headings]


PAGE = string.Template("<title>$title</title>\n$body\n<footer>$$5, ${count} headings</footer>")
SOURCE = r'''
    # The *first* heading #

    Some words with **bold _and slanted_ text**, `code <b>`, a [link](http://x/?a=1&b=2 "A \"title"),
    an ![image](i.png) & an escaped \* star. Not_a_mark, 2 * 3 * 4.

    ## Lists
    - one
    - two **bold**
      1. inner
      2. more
         - deepest
    - three

    > Quoted words
    > ## Lists
    > - with a list

    ```python
    if a < b and "c":
        pass
    ```
    ***
    | Name | Count | `Code` |
    |:-----|------:|:------:|
    | Ann  | 3     | a      |
    | *Bo* | 12    | b & c  |

    ### ???
    Last line with ``a `tick` inside``.
    ## Größe & Maß
'''
converter = Converter().convert(SOURCE)
print(PAGE.substitute(title=converter.headings[0].text, body="\n".join(converter.out), count=len(converter.headings)))
print("\n".join(converter.contents()))
print([(level, len(list(group))) for level, group in groupby(sorted(one.level for one in converter.headings))])
for wrong in ("$missing", "$", "${a"):
    try:
        print(string.Template(wrong).substitute(a=1))
    except (KeyError, ValueError) as error:
        print(type(error).__name__, error)
print(string.Template("$a $b").safe_substitute(a=1), string.Template("$a-${b}").get_identifiers())
print(textwrap.fill("A long line of words that is to be wrapped at a small width, with a-hyphenated-word.", 30,
                    initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten("Many words that are too long for the place", 24, placeholder="…"), textwrap.indent("a\n\nb", "> "))
print(re.sub(r"(?P<year>\d{4})-(?P<month>\d\d)", r"\g<month>/\g<year>", "2024-05 and 1999-12"), re.split(r"([,;])\s*", "a, b;c"))
