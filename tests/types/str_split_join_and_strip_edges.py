"""str: splitting, joining, stripping, padding, translating, with every odd argument."""


def t(text):
    try:
        print(text, "->", ascii(eval(text)))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


for text in ["''.split()", "''.split(',')", "' a  b '.split()", "' a  b '.split(' ')", "'a,b,,c'.split(',')", "'a,b,c'.split(',', 1)", "'a,b,c'.rsplit(',', 1)",
             "' a b  c '.split(None, 1)", "' a b  c '.rsplit(None, 1)", "'a'.split('')", "'a'.split(5)", "'a'.split(None, 'x')", "'aXbXc'.split(sep='X', maxsplit=1)", "'a,b'.split(',', 0)", "' a '.split(None, 0)", "'a\\u3000b\\u2003c\\x1cd'.split()",
             "'a\\nb\\r\\nc\\rd'.splitlines()", "'a\\nb\\r\\nc\\rd\\n'.splitlines(True)", "'\\n'.splitlines()", "''.splitlines()", "'a\\x0bb\\x0cc\\x1cd\\x85e\\u2028f\\u2029g'.splitlines()", "'a\\n'.splitlines(keepends=1)",
             "'a-b-c'.partition('-')", "'a-b-c'.rpartition('-')", "'abc'.partition('-')", "'abc'.rpartition('-')", "'a'.partition('')", "'a'.partition(5)",
             "','.join('abc')", "','.join([])", "','.join(['a'])", "','.join(['a', 1])", "','.join(5)", "','.join([b'a'])", "''.join(str(i) for i in range(3))", "','.join({'a': 1, 'b': 2})", "'ab'.join(['x', 'y', 'z'])",
             "'  ab '.strip()", "'xxabxx'.strip('x')", "'abcba'.strip('ab')", "'abcba'.lstrip('ab')", "'abcba'.rstrip('ab')", "'a'.strip(5)", "'a'.strip('')", "'a'.strip(None)", "'\\u3000a\\u2003'.strip()",
             "'prefix-x'.removeprefix('prefix-')", "'x.py'.removesuffix('.py')", "'x'.removesuffix('')", "'x'.removeprefix('xy')", "'x'.removeprefix(5)",
             "'ab'.center(7, '*')", "'ab'.center(6, '*')", "'ab'.ljust(5, '-')", "'ab'.rjust(5, '-')", "'ab'.center(1)", "'ab'.center(5, '')", "'ab'.center(5, 'xy')", "'ab'.center(5, 5)", "'ab'.ljust('x')", "'ab'.zfill(5), '-5'.zfill(5), '+5'.zfill(4), '--5'.zfill(6), ''.zfill(2)", "'ab'.zfill('5')",
             "'a\\tb'.expandtabs(), 'a\\tb'.expandtabs(4), 'abcd\\tb'.expandtabs(4), '\\t\\n\\tx'.expandtabs(3), 'a\\tb'.expandtabs(0), 'a\\tb'.expandtabs(-1)", "'a'.expandtabs('x')", "'a\\tb'.expandtabs(tabsize=2)",
             "'abc'.translate({97: 'X', 98: None, 99: 0x1F600})", "'abc'.translate({'a': 'x'})", "'abc'.translate(str.maketrans('ab', 'xy', 'c'))", "'abc'.translate([0] * 97 + ['q', None, 5])", "'abc'.translate(5)", "'a'.translate({97: 1.5})", "'a'.translate({97: 0x110000})", "'ab'.translate({97: 'long text'})",
             "str.maketrans({'a': 1, 98: 'x'})", "str.maketrans({'ab': 1})", "str.maketrans('ab', 'c')", "str.maketrans('a')", "str.maketrans(5)", "str.maketrans({1.5: 2})", "str.maketrans('a', 'b', 5)",
             "'abcabc'.replace('b', 'XY')", "'abcabc'.replace('b', '', 1)", "'abc'.replace('', '-')", "'abc'.replace('', '-', 2)", "''.replace('', 'x')", "''.replace('', 'x', 0)", "'aaa'.replace('aa', 'b')", "'abc'.replace('b')", "'abc'.replace(5, 'x')", "'abab'.replace('ab', 'x', count=1)", "'a'.replace('a', 'b', -1)",
             "'abcabc'.find('c'), 'abcabc'.rfind('c'), 'abc'.find('z'), 'abc'.find(''), 'abc'.rfind(''), 'abc'.find('', 10), 'abc'.find('c', -1), 'abc'.find('a', 1, 2)", "'abc'.index('z')", "'abc'.rindex('')", "'abc'.index('c', None, None)", "'abc'.find(5)", "'abc'.find('a', 'x')", "'aaaa'.count('aa'), 'abc'.count(''), ''.count(''), 'abc'.count('', 5), 'abc'.count('b', 1, 2)",
             "'abc'.startswith('ab'), 'abc'.startswith(('x', 'a')), 'abc'.startswith('b', 1), 'abc'.startswith(''), 'abc'.startswith('', 4), 'abc'.startswith(())", "'abc'.startswith(5)", "'abc'.startswith(('a', 5))", "'abc'.startswith((5, 'a'))", "'abc'.endswith('bc'), 'abc'.endswith('b', 0, 2), 'abc'.endswith(['c'])",
             "'hello world foo'.title(), \"they're bill's\".title(), 'ǆ ﬁ'.title()", "'ß'.upper(), 'ŉ'.upper(), 'İ'.lower(), 'ΑΣ'.lower(), 'ΑΣ Σ'.lower(), 'ﬁ'.upper()", "'hELLO'.capitalize(), 'ǆabc'.capitalize(), ''.capitalize()", "'Straße'.casefold(), 'ΑΣ'.casefold()", "'aBc'.swapcase(), 'ß'.swapcase()",
             "'abc'.isalpha(), ''.isalpha(), 'a1'.isalnum(), '²'.isdigit(), '²'.isdecimal(), '½'.isnumeric(), '٣'.isdecimal()", "' \\t\\u2003'.isspace(), ''.isspace(), 'Ab Cd'.istitle(), 'AB'.istitle(), 'aB'.islower(), 'A1'.isupper(), '1'.isupper()", "'abc'.isidentifier(), '1a'.isidentifier(), 'é'.isidentifier(), 'class'.isidentifier(), ''.isidentifier(), 'ª'.isidentifier()", "'abc'.isprintable(), '\\n'.isprintable(), ''.isprintable(), '\\xad'.isprintable(), '\\u3000'.isprintable()", "'é'.isascii(), ''.isascii()",
             "'abc' * 3, 'abc' * 0, 'abc' * -1, 3 * 'ab'", "'abc' * 1.5", "'a' + 5", "5 + 'a'", "'a' % 5", "'%d' % 'x'", "'abc'[1], 'abc'[-1], 'abc'[::-1], 'abc'[1:], 'abc'[5:], 'abc'[-100:2]", "'abc'[3]", "'abc'['x']", "'abc'[1.5]", "'abc'[::0]", "'abc'[True]", "'abc'[None:None]", "'abc'[1:'x']",
             "'a' in 'abc', '' in 'abc', 'ac' in 'abc', 'abc' in 'abc'", "5 in 'abc'", "None in 'a'", "'abc' < 'abd', 'a' < 'B', 'é' > 'z', '\\U0001f600' > '\\uffff', 'ab' < 'abc'", "min('hello'), max('hello'), sorted('hello'), list(reversed('abc'))", "len('\\U0001f600'), len('e\\u0301'), '\\U0001f600'[0]", "str(b'abc', 'ascii'), str(b'\\xff', errors='replace'), str(b'a')", "str('a', 'utf-8')", "str(5, 'utf-8')", "str(object=5), str(), str(b'', 'x')", "str(b'a', 'no-such')", "str(errors='x')", "str(1, 2, 3, 4)",
             "'{} {}'.format(1)", "'{0} {}'.format(1, 2)", "'{} {0}'.format(1)", "'{a}'.format()", "'{0.x}'.format(1)", "'{0[x]}'.format({})", "'{'.format()", "'}'.format()", "'{!z}'.format(1)", "'{:{}}'.format('a', 5)", "'{:{}{}}'.format('a', '>', 5)", "'{0[0]}{0[-1]}'.format([1])", "'{:x}'.format('a')", "'{a.b[c]}'.format_map({'a': 1})", "'{!r:>6}'.format('a')", "'{{}}'.format()", "'{:d}'.format(1.5)", "'{0:{1:{2}}}'.format(1, 2, 3)"]:
    t(text)
