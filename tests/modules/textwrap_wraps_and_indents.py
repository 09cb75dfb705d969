"""textwrap: wrapping, filling, shortening, margins, and what is refused."""

import random
import textwrap
from textwrap import TextWrapper, dedent, fill, indent, shorten, wrap

TEXT = ("This is a paragraph that already has\nline breaks.  But some of its lines are much longer than the others, so it "
        "needs to be wrapped. Some lines are \ttabbed too. What a mess! \"Quoted.\" Look, goof-ball -- use the -b option! "
        "well-known e-mail foo--bar, super-duper-long-hyphenated-words-everywhere a-b x-yz http://example.com/a-b-c/long/"
        "path--with-dashes 1-2-3 --option=value ---three two---word (bracket)-ed \u00e9t\u00e9-d'\u00e9t\u00e9 caf\u00e9-bar.")


def tell(what, *args, **kwargs):
    try:
        print(repr(what(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


print(textwrap.__all__)
for width in (5, 10, 15, 20, 30, 45, 70, 200):
    print(width, wrap(TEXT, width))
for options in ({"break_long_words": False}, {"break_on_hyphens": False}, {"drop_whitespace": False}, {"expand_tabs": False},
                {"replace_whitespace": False}, {"fix_sentence_endings": True}, {"initial_indent": "* ", "subsequent_indent": "    "},
                {"tabsize": 3}, {"max_lines": 2}, {"max_lines": 3, "placeholder": "..."}, {"max_lines": 1, "initial_indent": "> "},
                {"break_long_words": False, "break_on_hyphens": False}, {"max_lines": 2, "drop_whitespace": False}):
    for width in (12, 25):
        print(options, wrap(TEXT, width, **options))
print(fill(TEXT, 40, initial_indent="  - ", subsequent_indent="    "))
for width in (5, 6, 12, 20, 40, 300):
    tell(shorten, "  Hello   world, this   is\na text ", width)
tell(shorten, "Hello  world!", width=11)
tell(shorten, "Hello world", width=10, placeholder="...")
tell(shorten, "Hello world", width=3, placeholder="....")
tell(shorten, "Hello world", width=4)
tell(wrap, "text", 0)
tell(wrap, "text", -3)
tell(wrap, 5)
tell(wrap, "a b", width=1)
tell(wrap, "")
tell(wrap, "   ")
tell(wrap, "  x y", 3)
tell(wrap, "abc", 2, initial_indent="     ")
tell(wrap, "a", foo=1)
tell(fill, "one two", max_lines=1, placeholder="x" * 100)
tell(TextWrapper(width=9).wrap, "aaaa-bbbb-cccc-dddd eee")
tell(TextWrapper(width=6, break_on_hyphens=True).wrap, "----------abc-- -a--b- --c")
tell(TextWrapper(fix_sentence_endings=True).fill, "End. Next! \"Really?\" yes. No 5. then A. b.' c")

for text in ("  a\n    b\n  c\n", "\ta\n\tb", "  a\n\tb", "a\n  b", "   \n  x\n \n    y\n", "", "\n", "  \n", "  one", " \t a\n \t b\n  c",
             "\x0b a\n\x0b b", "  x\n\n  y\n   "):
    tell(dedent, text)
tell(dedent, 5)
tell(dedent, b"  a")
tell(dedent, None)
for args in (("a\nb\n\nc", "> "), ("a\r\n b\n \n", "--"), ("x\ny\n\n", "+ ", lambda line: True), ("", "> "), ("a\x0bb\u2028c", "|")):
    tell(indent, *args)
tell(indent, "a", 5)

wrapper = TextWrapper()
print(wrapper.width, wrapper.placeholder, wrapper.max_lines, wrapper.tabsize, wrapper.break_on_hyphens)
wrapper.width = 20
wrapper.subsequent_indent = "  "
print(wrapper.fill(TEXT[:100]))

# Random texts from the characters that matter.
random.seed(5)
total = 0
for round in range(250):
    text = "".join(random.choice("aab-- - x1_.,!?\"'&\t\n(\u00e9 ") for _ in range(random.randrange(40)))
    lines = wrap(text, random.randrange(1, 12), fix_sentence_endings=round % 3 == 0, break_on_hyphens=round % 5 != 0,
                 drop_whitespace=round % 7 != 0, break_long_words=round % 11 != 0)
    for line in lines:
        for character in line + "|":
            total = (total * 31 + ord(character)) % 1000000007
    if round % 50 == 0:
        print(round, repr(text), lines)
print(total)
