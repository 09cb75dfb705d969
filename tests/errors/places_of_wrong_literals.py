# Warnings of literals that filters turn into errors, and bytes that are no text: where they say that they are.
import warnings

warnings.simplefilter("error")
for source in ["'\\400'", "b'\\400'", "x = 'ab\\400'", "x = b'ab\\400'", "'\\d'", "b'\\d'", "x=b'a\\d'", "'''\n\\d'''",
               "'''a\nb\\400'''", "b'''a\nb\\400'''", "0x1for x in y", "1if x else 2", "x=1if y else 3", "[0b1or 2]",
               "1_0and 3", "0o7in x", "1.5if x else y", "1jor 2", "r'a' '\\d'", "('a'\n '\\d')"]:
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(repr(source), error.args)
for source in [b'x=1\ny="\xff"\n', b"\xff", b"x=1\n# \xc3\x28", b'"\xe4\xb8"']:
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(error, repr(error.text), error.offset)
