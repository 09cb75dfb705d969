"""type(): making, naming, changing and inspecting classes, and what is refused."""


def t(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, str(error).split(" at 0x")[0])


class Meta(type):
    def __new__(meta, name, bases, namespace, **kwargs):
        print("Meta.__new__", name, [b.__name__ for b in bases], kwargs)
        return super().__new__(meta, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        print("Meta.__init__", name, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("Meta.__call__", cls.__name__, args)
        return super().__call__(*args, **kwargs)

    @classmethod
    def __prepare__(meta, name, bases, **kwargs):
        print("Meta.__prepare__", name, kwargs)
        return {"prepared": True}

    def __instancecheck__(cls, instance):
        return instance == "magic" or super().__instancecheck__(instance)

    def __subclasscheck__(cls, other):
        return other is int or super().__subclasscheck__(other)

    def __getattr__(cls, name):
        return f"meta made {name}"

    def __len__(cls):
        return 42

    def __iter__(cls):
        return iter(["iterated"])

    def __contains__(cls, x):
        return x == 1

    def __getitem__(cls, item):
        return "meta item", item

    def __repr__(cls):
        return f"<{cls.__name__}!>"

    def __add__(cls, other):
        return "meta add"

    def __dir__(cls):
        return ["only"]

    @property
    def prop(cls):
        return f"prop of {cls.__name__}"


class A(metaclass=Meta, option=1):
    x = 1


class B(A, other=2):
    pass


print(A.prepared, B(), type(B).__name__, A.prop, len(A), list(A), 1 in A, A[5], A + 1, repr(B), dir(A), A.whatever)
print(isinstance("magic", A), isinstance(5, A), issubclass(int, A), issubclass(str, A), isinstance(B(), A))
t("A().prop")
t("A().whatever")


class Second(type):
    pass


for text in ["type('X', (), {})", "type('X', (int,), {'y': 1}).y", "type(5)", "type('X')", "type()", "type(1, 2)", "type('X', (), {}, 1)", "type(5, (), {})", "type('X', [], {})", "type('X', (), [])", "type('X', (5,), {})", "type('X', (int, str), {})", "type('X', (int, int), {})", "type('X', (object, int), {})", "type('X', (bool,), {})", "type('X', (type(None),), {})", "type('X', (type(lambda: 1),), {})", "type('X', (range,), {})", "type('X', (slice,), {})", "type('X', (type(...),), {})", "type('X', (memoryview,), {})", "type('X\\0', (), {})", "type('', (), {}).__name__", "type('a b', (), {}).__name__", "type('X', (), {'__qualname__': 'Y.X'})", "type('X', (), {'__qualname__': 5})", "type('X', (), {'__slots__': 5})", "type('X', (), {'__module__': 'm'})", "type('X', (), {'__doc__': 5}).__doc__", "type('X', (A, Second('S', (), {})), {})", "Meta.__call__(type)", "type.__call__(int, '5')", "type.__new__(type, 'N', (), {})", "type.__new__(int, 'N', (), {})", "type.__new__(5)", "type.mro(int)", "int.mro()", "bool.__bases__, bool.__base__, bool.__mro__", "object.__bases__, object.__base__", "int.__subclasses__()[:1]", "type.__subclasses__(type)[:0]", "int.__name__, int.__qualname__, int.__module__", "int.__flags__ > 0, int.__basicsize__ > 0, int.__itemsize__", "int.__dictoffset__, int.__weakrefoffset__", "type.__dict__['__name__'].__get__(int)", "int.__text_signature__", "int.__abstractmethods__", "type(type), type(object), type(type(5))", "isinstance(type, object), isinstance(object, type), issubclass(type, object)", "isinstance(5, (int, str)), isinstance(5, ((str,), (int,))), isinstance(5, int | str)", "isinstance(5, 5)", "isinstance(5, [int])", "isinstance(5, list[int])", "isinstance(5, (str, 5))", "isinstance(5, (int, 5))", "issubclass(5, int)", "issubclass(int, 5)", "issubclass(int, list[int])", "issubclass(bool, (str, int))", "isinstance(5)", "object(5)", "object().__init__(5)", "object.__new__(5)", "object.__new__(int)", "object.__new__(object, 5)", "int.__new__(object)", "type('X', (), {'__init__': lambda s, a: None})()", "type('X', (), {'__new__': lambda c: 5})()", "type('X', (), {'__init__': lambda s: 5})()", "type('X', (), {})(1)", "type('X', (), {'__init__': lambda s, *a: None})(1, 2).__class__.__name__", "type('X', (), {'__new__': lambda c, *a: object.__new__(c)})(1).__class__.__name__", "type('X', (), {'__call__': lambda s, x: x})()(5)", "type('X', (), {})()()", "int()(1)", "super().x", "super(int, 5).__add__(1)", "super(int)", "super(5)", "super(str, 5)", "super(int, bool).__new__(bool)", "type('X', (), {'__init_subclass__': 5}).__init_subclass__", "type('Y', (type('X', (), {'__init_subclass__': classmethod(lambda c, **k: print('sub', c.__name__, k))}),), {}, z=1)", "type('Y', (), {}, z=1)", "type('X', (), {'__set_name__': 1})", "type('X', (), {'a': type('D', (), {'__set_name__': lambda s, o, n: print('named', o.__name__, n)})()})", "type('X', (), {'a': type('D', (), {'__set_name__': lambda s, o, n: 1/0})()})", "type('X', (), {'__classcell__': 5})", "type('X', (), {'__hash__': None}).__hash__", "hash(type('X', (), {'__eq__': lambda s, o: True})())", "type('X', (), {'__class_getitem__': lambda c, i: (c.__name__, i)})[3]", "type('X', (), {'mro': 5}).mro", "type('M', (type,), {'mro': lambda c: [c, int, object]})('X', (), {})", "type('M', (type,), {'mro': lambda c: [c, 5]})('X', (), {})", "type('M', (type,), {'mro': lambda c: 5})('X', (), {})", "type('M', (type,), {'mro': lambda c: [c, object]})('X', (str,), {}).__mro__", "type('M', (type,), {'__prepare__': classmethod(lambda *a: 5)})"]:
    t(text)


def try_class(text):
    try:
        exec(text)
        print(text.replace("\n", " | "), "ok")
    except Exception as error:
        print(text.replace("\n", " | "), type(error).__name__, error)


for text in ["class X(A, Second): pass", "class X(metaclass=5): pass", "class X(metaclass=lambda n, b, d, **k: print(n, b, sorted(d), k), q=1): pass", "class X(5): pass", "class X(int, metaclass=Meta): pass", "class X(Y=1): pass", "class X(*[int]): pass", "class X(**{'metaclass': type}): pass", "class P: pass\nclass Q(P): pass\nclass R(P, Q): pass", "class P: pass\nclass Q(P): pass\nclass R(Q, P): pass\nprint([c.__name__ for c in R.__mro__])", "class P: pass\nclass Q: pass\nclass R(P, Q): pass\nclass S(Q, P): pass\nclass T(R, S): pass", "class P:\n  def __mro_entries__(self, bases): return (int, str) if 0 else (int,)\nclass X(P()): pass\nprint(X.__bases__, X.__orig_bases__ != ())", "class P:\n  def __mro_entries__(self, bases): return 5\nclass X(P()): pass", "class M(type):\n  @classmethod\n  def __prepare__(m, n, b): return 5\nclass X(metaclass=M): pass", "class M(type):\n  def __prepare__(*a): return {}\nclass X(metaclass=M): pass", "class X:\n  nonlocal y", "class X:\n  return 1", "class X:\n  def f(self): return __class__\nprint(X().f().__name__)", "class X:\n  x = 1\n  del x\nprint(hasattr(X, 'x'))", "class X: 'doc'; y = __qualname__, __module__\nprint(X.__doc__, X.y)", "class X:\n  locals()['z'] = 5\nprint(X.z)", "class X(list[int]): pass\nprint(X.__bases__, X.__orig_bases__)", "class X[T]: pass\nprint(X[int], X.__type_params__, X.__bases__)", "class X:\n  a: int = 1\n  b: str\nprint(X.__annotations__)"]:
    try_class(text)
