"""Class and instance attributes, methods, class methods, static methods."""


class Counter:
    """Counts."""

    total = 0

    def __init__(self, start=0):
        self.value = start
        Counter.total += 1

    def up(self, by=1):
        self.value += by
        return self

    @classmethod
    def from_text(cls, text):
        return cls(int(text))

    @staticmethod
    def double(x):
        return x * 2

    def __repr__(self):
        return f"Counter({self.value})"


a = Counter()
b = Counter.from_text("5")
print(a, b, Counter.total)
print(a.up().up(3), b.double(4), Counter.double(1))
a.total = 99
print(a.total, b.total, Counter.total)
del a.total
print(a.total)
print(Counter.__name__, Counter.__doc__, Counter.__module__, Counter.__qualname__)
print(sorted(vars(a)), type(a) is Counter, a.__class__.__name__)
bound = a.up
bound(10)
print(a.value, bound.__self__ is a, bound.__func__ is Counter.up)
Counter.extra = lambda self: self.value * 100
print(a.extra(), hasattr(a, "extra"), hasattr(a, "nothing"))
setattr(a, "new", 1)
print(getattr(a, "new"), getattr(a, "old", "none"))
delattr(a, "new")
print(hasattr(a, "new"))
