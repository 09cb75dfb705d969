"""Which special method an operator calls, and in which order."""


class Base:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def operators(cls, suffix="", value=None):
    for name in "add sub mul truediv floordiv mod pow matmul lshift rshift and or xor divmod".split():
        for prefix in ("", "r", "i"):
            if prefix == "i" and name == "divmod":
                continue

            def method(self, other, *rest, name=prefix + name):
                print(f"{self!r}.{name}({other!r}{''.join(', ' + repr(r) for r in rest)})", end=" ")
                return NotImplemented if value is None else value

            setattr(cls, f"__{prefix}{name}__", method)
    return cls


class Plain(Base):
    pass


@operators
class Declines(Base):
    pass


class Answers(Base):
    pass


operators(Answers, value="answer")


class Sub(Declines):
    pass


class SubAnswers(Declines):
    def __radd__(self, other):
        print(f"{self!r}.radd({other!r})", end=" ")
        return "sub"


def show(text):
    try:
        print(text, "=>", end=" ")
        print(eval(text))
    except TypeError as error:
        print("TypeError:", error)


d, e, a, s, sa, p = Declines("d"), Declines("e"), Answers("a"), Sub("s"), SubAnswers("sa"), Plain("p")
for op in "+ - * / // % ** @ << >> & | ^".split():
    for pair in (("d", "a"), ("d", "e"), ("d", "1"), ("1", "d"), ("1.5", "a"), ("p", "p"), ("d", "p")):
        show(f"{pair[0]} {op} {pair[1]}")
for text in ("d + s", "s + d", "d + sa", "sa + d", "'x' + a", "[1] + a", "(1,) * a", "a * 'x'", "'x' * d", "d + 'x'", "'x' + d", "divmod(d, a)", "divmod(d, e)",
             "divmod(1, a)", "pow(d, 2)", "pow(d, 2, 3)", "pow(2, d, 3)", "pow(2, a, 3)", "pow(2, 3, a)", "True + a", "2**100 + a", "1j + a", "a < 1" ):
    show(text)


class Counter:
    def __init__(self, n):
        self.n = n

    def __iadd__(self, other):
        self.n += other
        return self

    def __neg__(self):
        return "neg"

    def __pos__(self):
        return "pos"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return "abs"


c = k = Counter(1)
c += 5
print(c is k, c.n, -c, +c, ~c, abs(c))
for text in ("-p", "+p", "~p", "abs(p)", "round(p)"):
    show(text)
x = d
try:
    x += 1
except TypeError as error:
    print("TypeError:", error)
x = d
x -= a
print(x)


class Static:
    __add__ = staticmethod(lambda *args: ("static", len(args)))


class Callable:
    def __call__(self, *args):
        return ("callable", len(args))


class WithCallable:
    __add__ = Callable()


class WithNone:
    __radd__ = None


print(Static() + 1, WithCallable() + 1)
show("1 + WithNone()")
