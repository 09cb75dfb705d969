# part of tests/differential: operations on built-in values, picked by chance
"""Makes small programs over the built-in types out of a seed and says what each of them does.

    values.py SEED FIRST COUNT

Each program has a seed of its own, so every interpreter makes the same ones and a difference is one program's.
"""

import random
import re
import signal
import sys

sys.set_int_max_str_digits(4300)


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number

    def __repr__(self):
        return f"Index({self.number!r})"


class Int(int):
    pass


class Float(float):
    pass


class Str(str):
    pass


class Bytes(bytes):
    pass


class List(list):
    pass


class Tuple(tuple):
    pass


class Dict(dict):
    def __missing__(self, key):
        return ("missing", key)


class Set(set):
    pass


class Plain:
    def __repr__(self):
        return "Plain()"


class Slots:
    __slots__ = ("x",)

    def __repr__(self):
        return "Slots()"


class Refuses:
    def __eq__(self, other):
        raise ValueError("no comparison")

    def __bool__(self):
        raise ValueError("no truth")

    def __repr__(self):
        return "Refuses()"


class Unhashable:
    __hash__ = None

    def __repr__(self):
        return "Unhashable()"


class Sequence:
    def __getitem__(self, index):
        if index > 3:
            raise IndexError("over")
        return index * 2

    def __len__(self):
        return 4

    def __repr__(self):
        return "Sequence()"


class Mapping:
    def keys(self):
        return ["a", "b"]

    def __getitem__(self, key):
        return key * 2

    def __repr__(self):
        return "Mapping()"


class Wrong:
    """Answers every protocol with something of the wrong type."""

    def __index__(self):
        return "x"

    __int__ = __float__ = __complex__ = __len__ = __bool__ = __iter__ = __hash__ = __format__ = __index__
    __contains__ = None

    def __repr__(self):
        return "Wrong()"


class Number:
    def __float__(self):
        return 2.5

    def __int__(self):
        return 7

    def __round__(self, digits=None):
        return ("rounded", digits)

    def __trunc__(self):
        return 9

    def __add__(self, other):
        return ("add", other) if not isinstance(other, str) else NotImplemented

    def __radd__(self, other):
        return ("radd", other)

    def __rmod__(self, other):
        return ("rmod", other)

    def __lt__(self, other):
        return True

    def __repr__(self):
        return "Number()"


class Negative:
    def __len__(self):
        return -1

    def __length_hint__(self):
        return -1

    def __repr__(self):
        return "Negative()"


# Some messages name the module of a class, others do not.
for _class in (Index, Int, Float, Str, Bytes, List, Tuple, Dict, Set, Plain, Slots, Refuses, Unhashable, Sequence, Mapping, Wrong, Number, Negative):
    _class.__module__ = "elsewhere"

SMALL = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 8, 10, 16, 20, 36]
LARGE = [100, 255, 256, 1000, 0x10FFFF, 1 << 20]
EDGES = [
    2**31 - 1, 2**31, 2**32, 2**47 - 1, 2**47, -(2**47), -(2**47) - 1, 2**48, 2**53, 2**53 + 1, 10**15, 2**62, 2**63 - 1, 2**63,
    -(2**63), -(2**63) - 1, 2**64 - 1, 2**64, 10**20, -(10**20), 10**30 + 7, 3**100, 2**100, -(2**100), 10**40, 2**1024,
]  # fmt: skip
HUGE = [2**62, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 10**20, -(10**20)]
FLOATS = """0.0 -0.0 1.0 -1.0 0.5 1.5 2.5 -2.5 0.1 0.3 1e16 1e17 1e15 123456789.123 1e-5 0.0001 0.00012345 1e22 1e23 5e-324
1.7976931348623157e308 2.2250738585072014e-308 1e100 1e300 3.14159 2.675 1e-7 9007199254740993.0 4503599627370497.5 1/3 -7.25
float('inf') float('-inf') float('nan') 99999.5 999999.5 0.99999995 12345.678 1e50 2.0**63 2.0**64 -1e-300""".split()
COMPLEXES = """0j 1j -1j (1+2j) (-0.0+0j) (1.5-2.25j) complex('nan') complex(float('inf'),-0.0) (1e300+1e300j) (3-0j)
complex(-0.0,-0.0) (0.1+1e-5j) -2j""".split()
TEXTS = [
    "", " ", "a", "abc", "ABC", "aBc dEf", "hello world", "  padded\t\n", "a,b,,c", "one\ntwo\r\nthree\rfour", "\t\x0b\x0c\x1c\x85",
    "123", "-42", "+7", " 12 ", "1_000", "0x1F", "0b101", "1e5", "inf", "nan", "-0.0", "1+2j", "٣٤", "½", "²", "Ⅷ", "ß", "İ", "ı", "ŉ", "ǆ",
    "ﬁ", "Ω", "ς", "ΑΣ", "Σ", "héllo", "naïve café", "日本語", "𝒳𝓎", "😀", "a😀b", "\ud800", "x\udfffy", "\0", "a\0b", "\x7f", "\xa0", "\xad",
    "\u200b", "\u2028", "e\u0301", "%s", "%d %s", "{}", "{0} {1}", "{a}", "{0.real}", "{0[0]}", "{!r:>10}", "%(a)s", "%%", "%5.2f", "'", '"',
    "'\"", "\\", "\\n", "aaaa", "abab", "ab" * 20, "The quick brown fox", "a\tb\tc", "__init__", "1abc", "class", "a-b", "x=y=z", "utf-8",
    "ascii", "latin-1", "strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass", "utf-16",
    "utf-32-be", "nonsense", "00ff", "00 ff", "0", "1", "little", "big", "b", "i", "c",
]  # fmt: skip
BYTES = [
    b"", b" ", b"a", b"abc", b"ABC", b"aBc dEf", b"  x\t\n", b"a,b,,c", b"one\ntwo\r\nthree", b"\0", b"\xff\xfe", b"\x80abc", b"123", b"-4",
    b"%s", b"%d %b", b"'", b"\"'", b"\\", b"aaaa", b"ab" * 20, b"caf\xc3\xa9", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xc3", b"a\tb",
    b"0x1f", b"1e5", b"\x00\x01\x02\x03\x04\x05\x06\x07", b"utf-8", b"00ff", b"i", b"\xff\xfea\x00",
]  # fmt: skip
SPECS = """d n x X o b c e E f F g G % s r >10 <10 ^10 =10 010 +d -d _d ,d #x #o #b +.2f .3 .0f .10g 10.3e ,.2f _.2f _x ,x 08.3f
*^15 x<5 0<8 é>6 .2s 5s .0 .0% #.3g z.1f +, 20, ^+20.5f 3d 1000000000000000000000 .1000000000000000000000 .99 xx >>5 =s 0s ,s _s
#s +s cs !r : {} 1.2d .d 10.c +c #c ,c ,_ _, ,, 06, 07_x 012,d 012,.1f ,n f, .f . .,f .2_f .3,f 08 -5 <08d =+8d """.split()
PERCENTS = """%s %r %a %d %i %u %x %X %o %c %e %f %g %G %F %E %5d %-5d| %05d %+d %.3d %#x %#o %.2f %10.3f %-10s| %.2s %5% %% %*d
%.*f %(a)s %(a)d %(b)5.1f %(a)%s %z % %q %5 %( %(a %ld %hd %#g %+.1e %-+6d| %010.2f %.0f %b %.1000000000000000000000d""".split()
NAMES = """real imag numerator denominator start stop step __class__ __name__ __dict__ foo x __len__ __module__ __qualname__
__self__ __func__ obj nbytes itemsize format shape strides ndim readonly contiguous mapping __hash__ __mro__ __bases__ gi_running args
errno msg __cause__ __context__ __traceback__ __notes__ name""".split()
CONSTRUCTORS = """int float complex str bytes bytearray memoryview list tuple dict set frozenset range slice bool object type
enumerate zip map filter reversed super property staticmethod classmethod""".split()
FUNCTIONS = """abs all any ascii bin bool callable chr dict divmod enumerate filter float format frozenset getattr hasattr hex int
isinstance issubclass iter len list map max min next oct ord pow range repr reversed round set slice sorted str sum tuple type zip
delattr setattr vars compile eval exec print sum min max sorted round int str bytes bytearray divmod pow aiter""".split()
BINARY = "+ - * / // % ** << >> & | ^ @ == != < <= > >= in is and or".split()
KEYWORDS = {
    "key": ["len", "str", "repr", "None", "abs", "lambda v: 0", "5", "type"], "reverse": ["True", "False", "1", "2", "'x'", "None"],
    "sep": ["','", "None", "''", "b','", "' '"], "maxsplit": ["0", "1", "-1", "2.0"], "keepends": ["True", "False", "0", "'a'"],
    "encoding": ["'utf-8'", "'ascii'", "'latin-1'", "'utf-16'", "'x'", "5"], "errors": ["'strict'", "'ignore'", "'replace'", "'x'"],
    "byteorder": ["'big'", "'little'", "'x'"], "signed": ["True", "False"], "length": ["0", "1", "4", "20", "-1"],
    "strict": ["True", "False"], "start": ["0", "1", "-1", "5", "2**64"], "default": ["None", "7"], "base": ["0", "2", "10", "16", "37", "1"],
    "ndigits": ["0", "1", "-1", "None", "400", "-400"], "mod": ["7", "0", "-3"], "tabsize": ["0", "4", "-1"], "end": ["0", "3", "-1"],
    "nonsense": ["1"], "count": ["1", "-1", "0"], "bytes_per_sep": ["0", "2", "-2"], "format": ["'B'", "'b'", "'i'", "'x'"],
    "delete": ["b'a'", "b''", "'a'"], "shape": ["[2, 2]", "(4,)", "[]"],
}  # fmt: skip
UNASKED = {
    "__class__", "__reduce__", "__reduce_ex__", "__sizeof__", "__dir__", "__doc__", "__hash__", "__subclasshook__", "__init_subclass__",
    "__getstate__", "__buffer__", "__release_buffer__", "__new__", "__getattribute__", "__delattr__", "__setattr__", "_from_flags", "__module__", "__weakref__",
}  # fmt: skip
TYPES = {
    "int": int, "float": float, "complex": complex, "str": str, "bytes": bytes, "bytearray": bytearray, "list": list, "tuple": tuple,
    "dict": dict, "set": set, "frozenset": frozenset, "range": range, "slice": slice, "memoryview": memoryview, "bool": bool,
    "type(None)": type(None), "type({}.keys())": type({}.keys()), "type({}.items())": type({}.items()), "object": object,
    "BaseException": BaseException, "type(...)": type(...), "type(NotImplemented)": type(NotImplemented),
    "type(iter([]))": type(iter([])), "enumerate": enumerate, "OSError": OSError, "ExceptionGroup": ExceptionGroup,
}  # fmt: skip


# Functions of modules, each with the kinds of its usual arguments; other arguments are tried as well.
NUMBER, WHOLE, TEXT, SOME = ("float", "int"), ("int",), ("str",), ("list", "tuple", "str", "range")
MODULES = {
    "math": ("acos asin atan atan2 cbrt ceil copysign cos cosh degrees dist erf erfc exp exp2 expm1 fabs floor fma fmod frexp fsum gamma gcd hypot "
             "isclose isfinite isinf isnan isqrt lcm ldexp lgamma log log10 log1p log2 modf nextafter prod radians remainder sin sinh sqrt sumprod tan "
             "tanh trunc ulp", NUMBER),
    "itertools": ("accumulate batched chain combinations compress count cycle dropwhile filterfalse groupby islice pairwise permutations product repeat "
                  "starmap takewhile tee zip_longest", SOME),
    "operator": ("add and_ concat contains countOf delitem eq floordiv ge getitem gt iadd iconcat iand imul index indexOf inv is_ itemgetter le length_hint lt "
                 "matmul methodcaller mod mul ne neg not_ or_ pos setitem sub truediv truth xor attrgetter", ("int", "list", "dict", "str")),
    "statistics": ("mean fmean median median_low median_high mode multimode pstdev pvariance stdev variance quantiles geometric_mean harmonic_mean "
                   "correlation covariance linear_regression", ("list", "tuple", "range")),
    "textwrap": ("wrap fill dedent indent shorten", TEXT),
    "heapq": ("heapify heappush heappop heappushpop heapreplace nlargest nsmallest merge", ("list",)),
    "bisect": ("bisect_left bisect_right insort_left insort_right", ("list",)),
    "json": ("dumps loads", ("dict", "list", "str", "float", "bytes")),
    "struct": ("pack unpack calcsize iter_unpack unpack_from", ("str", "bytes", "int")),
    "base64": ("b64encode b64decode b32encode b32decode b16encode b16decode a85encode a85decode b85encode b85decode urlsafe_b64decode", ("bytes", "str")),
    "binascii": ("hexlify unhexlify b2a_base64 a2b_base64 crc32 b2a_uu a2b_uu crc_hqx", ("bytes", "str")),
    "functools": ("reduce partial cmp_to_key", ("list", "int")),
    "collections": ("Counter OrderedDict deque ChainMap defaultdict UserList UserString namedtuple", ("dict", "list", "str")),
    "string": ("capwords Formatter Template", TEXT),
    "re": ("escape compile match search fullmatch split sub findall subn", TEXT),
    "copy": ("copy deepcopy replace", ("list", "dict", "set")),
    "pprint": ("pformat saferepr isreadable", ("list", "dict", "tuple")),
    "datetime": ("date datetime time timedelta timezone", WHOLE),
    "posixpath": ("join split splitext basename dirname normpath commonpath commonprefix isabs splitroot relpath", TEXT),
    "types": ("SimpleNamespace MappingProxyType GenericAlias new_class", ("dict", "str")),
    "keyword": ("iskeyword issoftkeyword", TEXT),
    "array": ("array", ("str", "list", "bytes")),
}  # fmt: skip


class Maker:
    """Writes the text of one program."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.pick = self.chance.choice

    def integer(self):
        return repr(self.pick(self.pick([SMALL, SMALL, SMALL, SMALL, LARGE, EDGES])))

    def text(self):
        if self.chance.random() < 0.15:
            letters = "ab \t\nA1é ßΣ😀%{}'\"\\-_,.\udc80"
            return repr("".join(self.pick(letters) for _ in range(self.chance.randrange(8))))
        return repr(self.pick(TEXTS))

    def octets(self):
        return repr(self.pick(BYTES))

    def items(self, depth):
        kind = self.pick([self.integer, self.text, self.octets, self.scalar, self.scalar])
        count = self.pick([0, 1, 1, 2, 2, 3, 3, 4, 5, 7])
        if depth and self.chance.random() < 0.2:
            return [self.value(depth - 1) for _ in range(count)]
        return [kind() for _ in range(count)]

    def scalar(self):
        kind = self.chance.randrange(8)
        if kind < 2:
            return self.integer()
        if kind == 2:
            return self.pick(FLOATS)
        if kind == 3:
            return self.text()
        if kind == 4:
            return self.octets()
        if kind == 5:
            return self.pick(COMPLEXES)
        return self.pick(["None", "True", "False", "...", "NotImplemented", "int", "()", "1.0"])

    def of(self, kind, depth=1):
        """A value of a type, as an expression."""
        if kind == "int":
            return self.pick([self.integer, self.integer, self.integer, lambda: f"Int({self.integer()})"])()
        if kind == "float":
            return self.pick([self.pick(FLOATS), self.pick(FLOATS), f"Float({self.pick(FLOATS)})"])
        if kind == "complex":
            return self.pick(COMPLEXES)
        if kind == "bool":
            return self.pick(["True", "False"])
        if kind == "str":
            return self.text() if self.chance.random() < 0.9 else f"Str({self.text()})"
        if kind == "bytes":
            return self.octets() if self.chance.random() < 0.9 else f"Bytes({self.octets()})"
        if kind == "bytearray":
            return f"bytearray({self.octets()})"
        if kind == "memoryview":
            made = f"memoryview({self.pick(['bytearray', 'bytes'])}({self.octets()}))"
            return made + self.pick(["", "", "[1:]", "[::2]", "[::-1]", ".cast('b')", ".cast('c')", ".toreadonly()"])
        items = self.items(depth)
        joined = ", ".join(items)
        if kind == "list":
            return self.pick([f"[{joined}]", f"[{joined}]", f"List([{joined}])"])
        if kind == "tuple":
            made = f"({joined},)" if items else "()"
            return self.pick([made, made, made, f"Tuple({made})"])
        if kind in ("set", "frozenset"):
            # Several members come in an order that depends on where they lie, unless they are small numbers.
            items = items[:1] if self.chance.random() < 0.3 else [str(self.chance.randrange(9)) for _ in items]
            joined = ", ".join(items)
            return f"{kind}([{joined}])" if kind == "frozenset" or not items else "{" + joined + "}"
        if kind == "dict":
            pairs = ", ".join(f"{key}: {self.scalar()}" for key in items)
            return self.pick(["{%s}", "{%s}", "Dict({%s})"]) % pairs
        if kind == "range":
            count = self.pick([1, 2, 2, 3])
            return f"range({', '.join(str(self.pick(SMALL)) for _ in range(count))})".replace(", 0)", ", 6)")
        if kind == "slice":
            ends = [self.pick([self.integer(), "None", "None", self.text(), "Index(2)"]) for _ in range(self.pick([1, 2, 3]))]
            return f"slice({', '.join(ends)})"
        if kind.startswith("type({}."):
            return f"{self.of('dict')}.{kind[8:-3]}()"
        if kind == "type(iter([]))":
            return f"iter({self.of(self.pick(['list', 'tuple', 'str', 'range', 'dict']))})"
        if kind == "enumerate":
            return self.pick(["enumerate({})", "zip({0}, {0})", "map(str, {})", "filter(None, {})", "reversed({})"]).format(self.of("list"))
        if kind in ("BaseException", "OSError"):
            return f"{self.pick(['ValueError', 'KeyError', 'OSError', 'StopIteration', 'UnicodeError', 'SystemExit'])}({joined})"
        if kind == "ExceptionGroup":
            return f"ExceptionGroup({self.text()}, [ValueError({joined}), KeyError(1)])"
        if kind == "object":
            return self.odd()
        return {"type(None)": "None", "type(...)": "...", "type(NotImplemented)": "NotImplemented"}[kind]

    def odd(self):
        return self.pick([
            "Index(2)", "Index(-1)", "Index(2**64)", "Plain()", "Refuses()", "Unhashable()", "Sequence()", "Mapping()", "Wrong()", "Number()",
            "Negative()", "len", "str.upper", "'a'.join", "int", "Plain", "(lambda *a: a)", "(x for x in [1, 2])", "type", "object()", "Slots()",
            "Set([1])", "super", "list[int]", "int | None", "property()", "staticmethod(len)", "print",
        ])  # fmt: skip

    def value(self, depth=1):
        if self.chance.random() < 0.08:
            return self.odd()
        return self.of(self.pick(list(TYPES)[:16]), depth)

    def argument(self, kind):
        roll = self.chance.random()
        if roll < 0.3:
            return self.of(kind)
        if roll < 0.5:
            return str(self.pick(SMALL))
        if roll < 0.62:
            return self.text() if kind not in ("bytes", "bytearray") else self.octets()
        if roll < 0.66:
            return repr(self.pick(HUGE))
        if roll < 0.72:
            return "None"
        if roll < 0.8:
            return self.of(self.pick(["list", "tuple", "str", "dict"]))
        return self.value()

    def arguments(self, kind, most=3):
        count = self.pick([0, 1, 1, 1, 2, 2, 3, most, most])
        made = [self.argument(kind) for _ in range(min(count, most))]
        if self.chance.random() < 0.12:
            name = self.pick(list(KEYWORDS))
            made.append(f"{name}={self.pick(KEYWORDS[name])}")
        if self.chance.random() < 0.03:
            made.append(self.pick(["*{}", "**{}"]).format(self.value()))
        return ", ".join(made)

    def subscript(self):
        roll = self.chance.random()
        if roll < 0.35:
            return str(self.pick(SMALL))
        if roll < 0.75:
            ends = [self.pick(["", "", str(self.pick(SMALL)), str(self.pick(SMALL)), repr(self.pick(EDGES)), "None"]) for _ in range(3)]
            return ":".join(ends[: self.pick([2, 2, 3])])
        return self.value()

    def step(self, kind):
        """A statement that gives `r` something to show, about `a` of the given type."""
        make = self.pick([
            self.call, self.call, self.call, self.call, self.unbound, self.binary, self.binary, self.binary, self.reflected, self.getting,
            self.storing, self.function, self.function, self.constructing, self.formatting, self.percent, self.attribute, self.unary,
            self.unpacking, self.inplace, self.template, self.module_call, self.module_call, self.module_call,
        ])  # fmt: skip
        return make(kind)

    def method(self, kind):
        names = sorted(name for name in dir(TYPES[kind]) if name not in UNASKED)
        plain = [name for name in names if not name.startswith("__")]
        return self.pick(plain if plain and self.chance.random() < 0.8 else names)

    def call(self, kind):
        return f"r = a.{self.method(kind)}({self.arguments(kind)})"

    def unbound(self, kind):
        first = self.pick(["a", "a", "", self.value()])
        rest = self.arguments(kind, 2)
        return f"r = {kind}.{self.method(kind)}({first}{', ' if first and rest else ''}{rest})"

    def binary(self, kind):
        return f"r = a {self.pick(BINARY)} {self.of(kind) if self.chance.random() < 0.5 else self.argument(kind)}"

    def reflected(self, kind):
        return f"r = {self.argument(kind)} {self.pick(BINARY)} a"

    def getting(self, kind):
        return f"r = a[{self.subscript()}]"

    def storing(self, kind):
        if self.chance.random() < 0.3:
            return f"del a[{self.subscript()}]; r = None"
        return f"a[{self.subscript()}] = {self.argument(kind)}; r = None"

    def function(self, kind):
        first = self.pick(["a", "a", "a", "a, a", self.value()])
        rest = self.arguments(kind, 2) if self.chance.random() < 0.4 else ""
        return f"r = {self.pick(FUNCTIONS)}({first}{', ' if rest else ''}{rest})"

    def constructing(self, kind):
        return f"r = {self.pick([kind, kind, *CONSTRUCTORS])}({self.pick(['a', self.arguments(kind)])})"

    def spec(self):
        if self.chance.random() < 0.5:
            return self.pick(SPECS)
        pick = self.pick
        return (
            pick(["", "", "*<", "x>", "^", "=", "<", ">"]) + pick(["", "", "+", "-", " "]) + pick(["", "", "", "z"]) + pick(["", "", "#"])
            + pick(["", "", "0"]) + pick(["", "1", "8", "20"]) + pick(["", "", ",", "_"]) + pick(["", "", ".0", ".1", ".3", ".20"])
            + pick(["", "", "d", "f", "g", "e", "s", "x", "b", "o", "n", "%", "c", "G", "E", "F", "X", "q"])
        )  # fmt: skip

    def formatting(self, kind):
        return f"r = format(a, {self.spec()!r})"

    def percent(self, kind):
        form = "".join(self.pick([self.pick(PERCENTS), "x", " "]) for _ in range(self.pick([1, 1, 2, 3])))
        given = self.pick(["a", "a", "(a,)", "(a, a)", "{'a': a}", "(3, a)", "(2, 3, a)"])
        if self.chance.random() < 0.15:
            return f"r = {form.encode()!r} % {given}"
        return f"r = {form!r} % {given}"

    def template(self, kind):
        field = self.pick(["", "0", "1", "a", "0.real", "0[0]", "0[a]", "a.b", "0.", "[0]", "-1", "0[", "{}", "é"])
        conversion = self.pick(["", "", "", "!r", "!s", "!a", "!x", "!", "!rr"])
        spec = self.pick(["", "", ":" + self.spec(), ":{}", ":{1}", ":>{1}", ":{{}}"])
        text = self.pick(["", "x", "{{", "}}", "}", "{"]) + "{" + field + conversion + spec + "}" + self.pick(["", "", "y", "{}", "{0}"])
        return f"r = {text!r}.format(a, {self.pick(['10', 'a', '2.5'])}{self.pick(['', ', a=a'])})"

    def module_call(self, kind):
        module = self.pick(list(MODULES))
        names, usual = MODULES[module]
        count = self.pick([0, 1, 1, 1, 2, 2, 2, 3])
        given = [self.of(self.pick(usual)) if self.chance.random() < 0.75 else self.argument(kind) for _ in range(count)]
        if given and self.chance.random() < 0.3:
            given[0] = "a"
        if self.chance.random() < 0.08:
            name = self.pick(list(KEYWORDS))
            given.append(f"{name}={self.pick(KEYWORDS[name])}")
        return f"import {module}; r = {module}.{self.pick(names.split())}({', '.join(given)})"

    def attribute(self, kind):
        name = self.pick(NAMES)
        return self.pick([f"r = a.{name}", f"r = a.{name}", f"a.{name} = 1; r = None", f"del a.{name}; r = None"])

    def unary(self, kind):
        return self.pick([
            "r = -a", "r = +a", "r = ~a", "r = not a", "r = [*a]", "r = {**a}", "r = f'{a}'", "r = f'{a!r:>20}'", "r = str(a)", "r = ascii(a)",
            "r = bool(a)", "r = a()", "r = list(map(type, a))", "r = max(a), min(a)", "r = sorted(a)", "r = sum(a)", "r = dict(a)",
            "r = (lambda *b, **c: (b, c))(*a)", "r = len(a)", "r = a == a, a != a, a is a", "r = hash(a) == hash(a)", "r = next(iter(a))",
            "r = {a: 1}", "raise a", "r = isinstance(a, a)", "r = a.__class__", "r = a in [a]",
        ])  # fmt: skip

    def unpacking(self, kind):
        return self.pick(["x, y = a; r = x", "x, y, z = a; r = z", "x, *y = a; r = y", "(x, y), z = a; r = x", "*x, y, z = a; r = x, y, z", "[] = a; r = 1",
            "for x, y in a: r = x", "r = {x: y for x, y in a}", "with a: r = 1", "match a:\n    case [x, *y]: r = y\n    case {'a': z}: r = z\n    case int(x) | str(x): r = x\n    case _: r = 0",
        ])  # fmt: skip

    def inplace(self, kind):
        operator = self.pick(BINARY[:13])
        return f"a {operator}= {self.of(kind) if self.chance.random() < 0.5 else self.argument(kind)}; r = a"

    def program(self):
        kind = self.pick(list(TYPES))
        steps = [self.step(kind) for _ in range(self.pick([1, 1, 1, 2]))]
        return f"a = {self.of(kind)}\n" + "\n".join(steps)


COSTLY = re.compile(r"\*\*|itertools|range\(|comb|perm|statistics|shorten|wrap|<<|pow|__lshift__|__rlshift__|__r?pow__|\bprint\(|\bexec\(|\beval\(|(?<!\w)hash\(|\bvars\(")


def too_costly(text):
    """Whether a program could need the machine for itself, or print what differs from run to run."""
    large = re.search(r"(?<![\w.])-?\d{5,}|\*\*(?=\s*\d{3})", text)
    return bool(COSTLY.search(text) and (large or "print(" in text or "vars(" in text or "2**6" in text))


def show(value, depth=0):
    """A value as text that is the same in every run: sets in order, iterators by what they give."""
    kind = type(value)
    if depth > 4:
        return "..."
    if kind is list:
        return "[" + ", ".join(show(item, depth + 1) for item in value) + "]"
    if kind is tuple:
        return "(" + ", ".join(show(item, depth + 1) for item in value) + ")"
    if kind in (set, frozenset, Set):
        return kind.__name__ + "{" + ", ".join(sorted(show(item, depth + 1) for item in value)) + "}"
    if kind.__name__ in ("dict_keys", "dict_values", "dict_items"):
        return kind.__name__ + show(list(value), depth + 1)
    if hasattr(kind, "__next__") and hasattr(kind, "__iter__"):
        given = []
        for _ in range(10):
            try:
                given.append(show(next(value), depth + 1))
            except StopIteration:
                given.append("end")
                break
            except Exception as error:
                given.append(say(error))
                break
        return f"<{kind.__name__} giving {', '.join(given)}>"
    return cut(repr(value))


def cut(text):
    text = re.sub(r" at 0x[0-9a-fA-F]{5,}", " at 0xADDRESS", text)
    return text if len(text) < 400 else f"{text[:200]}…{text[-50:]} ({len(text)})"


def say(error):
    text = f"{type(error).__name__}: {cut(str(error))}"
    if notes := getattr(error, "__notes__", None):
        text += f" notes {notes}"
    if isinstance(error, OSError | UnicodeError | StopIteration | SystemExit | ImportError):
        text += f" args {cut(show(error.args))}"
    return text


class Late(BaseException):
    """Nothing that a program made by chance would catch."""


def late(number, frame):
    raise Late("too long")


def run(text):
    space = dict(globals())
    try:
        exec(text, space)
    except BaseException as error:
        yield say(error)
    for name in "ra":
        if name in space:
            try:
                yield f"{name}: {type(space[name]).__name__} {show(space[name])}"
            except BaseException as error:
                yield f"{name}: {say(error)}"


def main():
    import warnings

    warnings.simplefilter("ignore")
    sys.stdout.reconfigure(errors="backslashreplace")
    if len(sys.argv) != 4:
        print(__doc__)
        return
    seed, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGALRM, late)
    for number in range(first, first + count):
        text = Maker(f"{seed}/{number}").program()
        if too_costly(text):
            continue
        print(f"@{number}", flush=True)
        print(cut(text) if len(text) < 2000 else len(text))
        signal.setitimer(signal.ITIMER_REAL, 5, 1)
        for line in run(text):
            print("   ", line)
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
