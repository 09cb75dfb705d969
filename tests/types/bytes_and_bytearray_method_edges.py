"""bytes and bytearray: every method with odd arguments, side by side."""


def t(text):
    for kind in ("bytes", "bytearray"):
        X = eval(kind)
        try:
            print(kind, text, "->", eval(text))
        except Exception as error:
            print(kind, text, "->", type(error).__name__, error)


for text in ["X(), X(3), X([1, 2]), X(b'a'), X('é', 'utf-8'), X(range(3)), X(memoryview(b'xy'))", "X('a')", "X(-1)", "X([256])", "X([-1])", "X(['a'])", "X(1.5)", "X(None)", "X(5, 'ascii')", "X('é', 'ascii')", "X('é', 'ascii', 'ignore')", "X(object())", "X([1, 'x'])", "X(10**20)", "X(source=b'x')", "X('a', encoding='utf-8', errors='strict')",
             "X(b'abc')[0], X(b'abc')[-1], X(b'abc')[1:], X(b'abc')[::-1]", "X(b'abc')[3]", "X(b'abc')['x']", "X(b'a,b,c').split(b',')", "X(b'a,b,c').split(b',', 1), X(b'a b').split(), X(b' a ').rsplit()", "X(b'a').split('a')", "X(b'a').split(b'')", "X(b'ab').split(5)",
             "X(b'abc').find(b'c'), X(b'abc').find(99), X(b'abc').rfind(b''), X(b'abc').index(98)", "X(b'abc').find('c')", "X(b'abc').find(256)", "X(b'abc').find(-1)", "X(b'abc').index(b'z')", "X(b'aaa').count(97), X(b'aaa').count(b'aa')", "97 in X(b'abc'), b'bc' in X(b'abc')", "256 in X(b'a')", "'a' in X(b'a')", "1.5 in X(b'a')",
             "X(b'abc').replace(b'b', b'xx')", "X(b'abc').replace('b', 'x')", "X(b'abc').translate(None, b'b')", "X(b'abc').translate(bytes(range(256)))", "X(b'abc').translate(b'x')", "X(b'abc').translate(bytes.maketrans(b'ab', b'xy'), delete=b'c')", "X.maketrans(b'a', b'bc')", "X(b' ab ').strip(), X(b'xabx').strip(b'x'), X(b'ab').lstrip(b'a'), X(b'ab').rstrip(None)", "X(b'a').strip('a')",
             "X(b'ab').center(6, b'*'), X(b'ab').ljust(4), X(b'ab').rjust(4, b'-'), X(b'-5').zfill(4)", "X(b'ab').center(6, '*')", "X(b'ab').center(6, b'ab')", "X(b'a\\tb').expandtabs(4)", "X(b'Hello wORLD').title(), X(b'abc').upper(), X(b'ABC').lower(), X(b'aBc').swapcase(), X(b'abC').capitalize()", "X(b'abc').isalpha(), X(b'12').isdigit(), X(b'a1').isalnum(), X(b' ').isspace(), X(b'Ab').istitle(), X(b'ab').islower(), X(b'AB').isupper(), X(b'\\xff').isascii()",
             "X(b'a-b').partition(b'-'), X(b'ab').rpartition(b'-')", "X(b'a').partition(b'')", "X(b'a\\nb\\r\\nc').splitlines(), X(b'a\\n').splitlines(True)", "X(b',').join([b'a', bytearray(b'b'), memoryview(b'c')])", "X(b',').join(['a'])", "X(b',').join([1])", "X(b',').join(5)", "X(b'abc').hex(), X(b'abc').hex(':'), X(b'abcd').hex('-', 2), X(b'abcde').hex(':', -2)", "X(b'a').hex('ab')", "X(b'a').hex(5)", "X.fromhex('61 62'), X.fromhex(''), X.fromhex(' 6 1 ') if 0 else 0", "X.fromhex('6')", "X.fromhex('zz')", "X.fromhex('6 1')", "X.fromhex(5)", "X.fromhex(b'61')",
             "X(b'abc').startswith(b'a'), X(b'abc').startswith((b'x', b'a')), X(b'abc').endswith(b'c', 1)", "X(b'abc').startswith('a')", "X(b'abc').startswith([b'a'])", "X(b'pre').removeprefix(b'p'), X(b'pre').removesuffix(b're')", "X(b'abc').decode(), X(b'\\xff').decode('latin-1'), X(b'\\xff').decode(errors='replace')", "X(b'\\xff').decode()", "X(b'a').decode('nope')", "X(b'a') + b'b', X(b'a') + bytearray(b'b')", "X(b'a') + 'b'", "X(b'a') + 5", "X(b'ab') * 2, 2 * X(b'ab'), X(b'ab') * -1", "X(b'a') * 1.5", "X(b'%d-%s-%r-%a') % (5, b'x', 'é', 'é')", "X(b'%s') % 'x'", "X(b'%c%c') % (65, b'B')", "X(b'%c') % 256", "X(b'%x %5.2f %%') % (255, 1.5)", "X(b'%b') % 5", "X(b'%z') % 5", "X(b'%s %s') % b'a'", "X(b'a') % 5",
             "X(b'a') < b'b', X(b'a') == bytearray(b'a'), X(b'a') == 'a', X(b'ab') > b'a'", "X(b'a') < 'b'", "sorted(X(b'cab')), list(reversed(X(b'abc'))), sum(X(b'ab')), max(X(b'ab'))", "hash(X(b'a')) == hash(b'a')", "repr(X(b'\\x00\\n\\'\"\\xff')), repr(X(b\"'\")), str(X(b'a'))", "X(b'abc').__getitem__(slice(0, 2)), X(b'abc').__contains__(97), X(b'ab').__len__()", "X(b'a').__add__(5)", "bytes(X(b'abc')), bytearray(X(b'abc'))", "X(b'abc').__iter__().__next__()", "X(b'a,b').rsplit(b',', maxsplit=0)", "X(b'ab').find(b'b', -1, None)", "X(b'').join([])", "X(b'aXbX').rsplit(b'X')", "X(b'abc').count(b'', 1)", "type(X(b'a') + bytearray(b'b')).__name__, type(bytearray(b'a') + X(b'b')).__name__", "X(b'a').__getnewargs__()", "X(b'a').isprintable()"]:
    t(text)
b = bytearray(b"hello")
for text in ["b.append(33)", "b.append(256)", "b.append('a')", "b.extend(b'ab')", "b.extend([1, 2])", "b.extend('ab')", "b.extend([300])", "b.extend(5)", "b.insert(0, 65)", "b.insert(-1, 66)", "b.insert(100, 67)", "b.insert(0, 'a')", "b.pop()", "b.pop(0)", "b.pop(100)", "b.remove(65)", "b.remove(65)", "b.remove(300)", "b.reverse()", "b.clear()", "b.pop()", "b.extend(range(5))", "b.__setitem__(0, 9)", "b.__setitem__(0, 300)", "b.__setitem__(10, 1)", "b.__setitem__(slice(0, 2), b'xyz')", "b.__setitem__(slice(None, None, 2), b'ab')", "b.__setitem__(slice(0, 1), 'a')", "b.__setitem__(slice(0, 1), 5)", "b.__delitem__(0)", "b.__delitem__(slice(None, None, 2))", "b.__delitem__(100)", "b.__iadd__(b'q')", "b.__iadd__('q')", "b.__imul__(2)", "b.__imul__('x')", "b.copy()", "b.resize(3)", "b.resize(-1)", "b.resize(6)", "b.__alloc__() >= len(b)", "b.__init__(b'new')", "b.__setitem__('x', 1)"]:
    try:
        print(text, eval(text), b)
    except Exception as error:
        print(text, type(error).__name__, error, b)
b = bytearray(b'hello')
for text in ["b.append(1)", "b.clear()", "b.extend(b'a')", "b.pop()", "b.__delitem__(0)", "b.__setitem__(0, 1)", "b.__setitem__(slice(0, 2), b'ab')", "b.__setitem__(slice(0, 2), b'abc')", "b.__iadd__(b'')", "b.resize(1)"]:
    try:
        print(text, eval(text), b)
    except Exception as error:
        print(text, type(error).__name__, error, b)
