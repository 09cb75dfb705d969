"""Built-in functions with classes that answer oddly."""


def t(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, str(error).split(" at 0x")[0])


class R:
    def __init__(self, **answers):
        self.__dict__.update(answers)

    def __repr__(self):
        return self.repr

    def __str__(self):
        return self.str

    def __format__(self, spec):
        return self.format

    def __hash__(self):
        return self.hash

    def __len__(self):
        return self.len

    def __bool__(self):
        return self.bool

    def __index__(self):
        return self.index

    def __int__(self):
        return self.int

    def __float__(self):
        return self.float

    def __complex__(self):
        return self.complex

    def __abs__(self):
        return "abs"

    def __round__(self, *n):
        return "round", n

    def __divmod__(self, other):
        return "divmod", other

    def __pow__(self, other, mod=None):
        return "pow", other, mod

    def __iter__(self):
        return self.iter

    def __reversed__(self):
        return "reversed"

    def __dir__(self):
        return self.dir

    def __bytes__(self):
        return self.bytes

    def __contains__(self, x):
        return self.contains

    def __trunc__(self):
        return "trunc"

    def __floor__(self):
        return "floor"

    def __ceil__(self):
        return "ceil"

    def __sizeof__(self):
        return self.size


for name, values in {"repr": ["ok", 5, None, "é\n", b"x"], "str": ["ok", 5, None], "hash": [5, -1, 2**70, "x", None, True, 1.5], "len": [0, 5, -1, 2**70, "x", 1.5, True], "bool": [True, False, 1, None, "x"], "index": [5, -1, "x", None, 2**70, 1.5], "int": [5, "5", None, 1.5], "float": [1.5, 5, "x", None], "complex": [1j, 1.5, "x"], "bytes": [b"ok", "x", bytearray(b"y"), 5], "iter": [iter([1]), [1], 5, None]}.items():
    for value in values:
        r = R(**{name: value, "repr": value if name == "repr" else "R"})
        functions = {"repr": "repr ascii".split(), "str": ["str"], "hash": ["hash"], "len": ["len"], "bool": ["bool"], "index": "bin hex oct chr range int float complex bytes".split(), "int": ["int"], "float": ["float", "complex"], "complex": ["complex"], "bytes": ["bytes"], "iter": ["iter", "list", "sum", "max", "sorted"]}[name]
        for function in functions:
            try:
                result = eval(function)(r)
                print(name, repr(value).split(" at 0x")[0], function, repr(result).split(" at 0x")[0])
            except Exception as error:
                print(name, repr(value).split(" at 0x")[0], function, type(error).__name__, str(error).split(" at 0x")[0])
r = R(repr="r", str="s", format="f", dir=["b", "a"], contains=5, iter=iter([3, 1, 2]))
for text in ["format(r)", "f'{r} {r!r} {r!s} {r!a} {r:x}'", "'{:q}'.format(r)", "'%s %r' % (r, r)", "abs(r)", "round(r), round(r, 2), round(r, None)", "divmod(r, 5)", "divmod(5, r)", "pow(r, 2), pow(r, 2, 3)", "r ** 2", "reversed(r)", "dir(r)", "5 in r", "__import__('math').floor(r), __import__('math').ceil(r), __import__('math').trunc(r)", "sorted(r)", "sum([R(repr='q')])", "sum([[1], [2]], [])", "sum(['a'], '')", "sum([b'a'], b'')", "sum([1.5, 2, True])", "sum(5)", "sum([1], 2, 3)", "sum([1], start=5)", "sum(['a'])", "max(1, 'a')", "max()", "max(5)", "max([], default=7)", "max([1], [2], default=3)", "max('abc', key=ord)", "min([[1], [0]])", "min(1, 2, key=lambda x: -x)", "max([], key=5)", "max([1], key=5)", "max(1, 2, key=None)", "any(5)", "all([1, 0]), any([]), all([])", "all([R(bool=1)])", "chr(-1)", "chr(0x110000)", "chr('x')", "chr(65), chr(0x10ffff) == '\\U0010ffff'", "ord('')", "ord('ab')", "ord(5)", "ord(b'a'), ord(bytearray(b'b'))", "ord(b'ab')", "callable(r), callable(len), callable(int), callable(None)", "id(r) == id(r)", "hash(())", "input.__name__", "iter(5, 6)", "iter(len)", "iter([].pop, 5)", "list(iter([1, 2, 3].pop, 1))", "next(5)", "next(iter([]), 'd')", "next()", "zip()", "list(zip([1], [2, 3], strict=True))", "list(zip([1, 2], [2], strict=True))", "list(zip([1], [2], [], strict=True))", "list(zip([], [1], strict=True))", "zip(5)", "zip([], 5)", "list(map(lambda *a: a, [1, 2], 'ab'))", "map(len)", "map()", "map(len, 5)", "list(map(5, [1]))", "list(map(len, [1]))", "list(map(lambda a, b: a, [1, 2], [3], strict=True))", "list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2]))", "filter(5)", "list(filter(5, [1]))", "list(enumerate('ab', 5)), list(enumerate('a', start=-1))", "enumerate(5)", "enumerate()", "enumerate([], 'x')", "list(enumerate([1], 10**20))", "reversed(5)", "reversed({1})", "list(reversed(range(3))), list(reversed({1: 2}))", "sorted([3, 1], reverse=1)", "sorted([1], 5)", "sorted(5)", "sorted([1, 2], key=lambda x: 1/0)", "sorted('ba', key=None)", "slice(1, 2, 3).indices(10), slice(None, None, -1).indices(3)", "slice(1).indices(-1)", "slice('a').indices(5)", "slice()", "slice(1, 2, 3, 4)", "slice(1, 2) == slice(1, 2), hash(slice(1, 2)) == hash(slice(1, 2))", "range(5)[1:3], range(10)[::3], range(5)[-1], 3 in range(5), range(5).index(3), range(5).count(9)", "range(5)[5]", "range('x')", "range()", "range(1, 2, 0)", "range(1.5)", "range(0, 10, 3) == range(0, 12, 3), hash(range(3)) == hash(range(0, 3, 1))", "range(10**20)[10**19], len(range(10**18))", "len(range(10**20))", "range(3).start, range(3).stop, range(3).step", "range(5).index(9)", "type(iter(range(3))).__name__, repr(range(1, 5, 2))", "round(2.5), round(-3.5), round(1.25, 1), round(5, -1)", "round('x')", "round()", "round(1.5, ndigits=0)", "round(number=1.5)", "abs('x')", "abs(-5), abs(3+4j), abs(True)", "divmod('a', 1)", "pow('a', 2)", "pow(2, 3, 4.5)", "pow(base=2, exp=3, mod=5)", "pow(2)", "bin('x'), 1", "format(5, 5)", "format(object(), 'x')", "format(None, '>5')", "format([], '')", "format(5, '>10,.2f'), format('a', '^5'), format(True, '5'), format(1.5, '%')", "ascii('é\\U0001f600'), ascii(['é'])", "print(1, sep=5)", "print(1, end=None, sep=None)", "print(1, file=5)", "print(1, flush=True)", "print(1, foo=2)", "vars()", "vars(5)", "locals() is locals()", "isinstance(1, ())", "issubclass(int, ())", "exec('1 +')", "eval('')", "eval('x = 1')", "eval(5)", "eval('1', 5)", "eval('1', {}, 5)", "exec('x', {}, None)", "eval('a', None, {'a': 1})", "eval(' 1')", "eval('\\n1')", "eval('1\\n')", "eval(compile('1', '', 'eval'))", "eval(compile('1', '', 'exec'))", "compile('1', '', 'nope')", "compile(5, '', 'exec')", "compile('1', 5, 'exec')", "compile('x\\0', '', 'exec')", "exec(5)", "eval('1', globals={}, locals={})", "__import__('no.such')", "__import__('')", "__import__(5)", "__import__('os', fromlist=['path']).__name__", "open(5.5)", "open('x', 'q')", "open('x', 'rw')", "open('x', 'rb', encoding='utf-8')", "globals(5)", "getattr(5, 'real'), getattr(5, 'x', 'd')", "hasattr(5, 'real'), hasattr(5, 5) if 0 else 0", "staticmethod(5)", "classmethod(len).__func__.__name__", "property(5).fget", "object().__eq__(5)", "memoryview('x')", "memoryview(b'abc')[1], memoryview(b'abc').tolist()", "bool(1, 2)", "bool(x=1)", "complex('1+2j'), complex(1, 2), complex('j')", "complex('x')", "complex('1', 2)", "complex(1, '2')", "complex()", "aiter(5)", "type(5)(6)"]:
    t(text)
