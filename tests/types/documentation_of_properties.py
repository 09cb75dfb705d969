"""Where the documentation of a property comes from: its own, its getter's, a new getter's; in derived classes, too."""


class Derived(property):
    """A derived property."""


class Slotted(property):
    """One without room."""

    __slots__ = ("extra",)


class Roomy(property):
    """One with a dictionary."""


def first(self):
    "the first getter"


def second(self):
    "the second getter"


def bare(self):
    pass


class Called:
    "a class of callables"

    def __call__(self, this):
        return 1


for kind in (property, Derived, Roomy):
    print(kind.__name__)
    print(repr(kind().__doc__), repr(kind(first).__doc__), repr(kind(bare).__doc__), repr(kind(Called()).__doc__))
    print(repr(kind(first, doc="own").__doc__), repr(kind(None, doc="own").__doc__), repr(kind(bare, doc="own").__doc__))
    print(repr(kind(first).getter(second).__doc__), repr(kind(first, doc="own").getter(second).__doc__))
    print(repr(kind(first).getter(bare).__doc__), repr(kind(bare).getter(second).__doc__))
    print(repr(kind(first).setter(second).__doc__), repr(kind(doc="own").getter(second).__doc__))
    print(repr(kind(first).deleter(None).__doc__), repr(kind(first).getter(None).__doc__))
    changed = kind(first)
    changed.__doc__ = "changed"
    print(repr(changed.__doc__), repr(changed.setter(second).__doc__), repr(changed.getter(second).__doc__))

for act in (lambda: Slotted(first), lambda: Slotted(bare), lambda: Slotted(bare, doc="own"), Slotted):
    try:
        print(repr(act().__doc__))
    except AttributeError as error:
        print(error)


class Base:
    @property
    def plain(self):
        "of the base"

    @Derived
    def derived(self):
        "derived, of the base"


class Below(Base):
    @Base.plain.getter
    def plain(self):
        "of the class below"

    @Base.derived.getter
    def derived(self):
        "derived, of the class below"


print(Base.plain.__doc__, Below.plain.__doc__, Base.derived.__doc__, Below.derived.__doc__, sep="; ")
