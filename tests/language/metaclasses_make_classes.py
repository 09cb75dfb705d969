"""`type` called by hand, `metaclass=`, `__prepare__`, `__init_subclass__`, `__call__`."""

Made = type("Made", (), {"x": 1, "twice": lambda self: self.x * 2})
print(Made.__name__, Made().twice(), type(Made) is type)


class Meta(type):
    def __new__(mcls, name, bases, namespace, **options):
        print("new", name, [b.__name__ for b in bases], options)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
        cls.tag = name.lower()

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    def __len__(cls):
        return 42

    @property
    def shout(cls):
        return cls.__name__.upper()


class A(metaclass=Meta):
    def __init__(self, x):
        self.x = x


class B(A, flag=True):
    pass


print(B(3).x, B.tag, len(B), B.shout, type(B).__name__)


class Base:
    registry = []

    def __init_subclass__(cls, /, label=None, **options):
        super().__init_subclass__(**options)
        Base.registry.append((cls.__name__, label))


class One(Base, label="first"):
    pass


class Two(Base):
    pass


print(Base.registry)


class Prepared(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return {"given": 7}


class P(metaclass=Prepared):
    copied = given


print(P.copied, P.given)
try:
    class Clash(A, metaclass=Prepared):
        pass
except TypeError as error:
    print(error)
