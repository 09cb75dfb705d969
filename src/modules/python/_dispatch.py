"""Which implementation of a generic function is for a class: needed where abstract classes are among those registered."""

# What is here is known as the own of functools.
__name__ = "functools"


def nearest(cls, registry):
    """The class of the registry that is the first in the MRO of `cls`, with the abstract classes in their places."""
    found = None
    for one in _order(cls, registry):
        if found is not None:
            real = cls.__mro__
            if one in registry and one not in real and found not in real and not issubclass(found, one):
                raise RuntimeError(f"Ambiguous dispatch: {found} or {one}")
            break
        if one in registry:
            found = one
    return found


def _order(cls, registry):
    """The MRO that a class would have if it inherited from those of the registry whose subclass it says to be."""
    real = set(cls.__mro__)
    virtual = [one for one in registry if one not in real and hasattr(one, "__mro__") and issubclass(cls, one)]
    # One that another inherits from comes with that.
    virtual = [one for one in virtual if not any(one is not other and one in other.__mro__ for other in virtual)]
    wanted = set(virtual)
    abstract = []
    for one in virtual:
        # Between the two there may be classes that order those wanted.
        ways = [[base for base in between.__mro__ if base in wanted] for between in one.__subclasses__()
                if between not in real and issubclass(cls, between)]
        ways.sort(key=len, reverse=True)
        for base in (base for way in ways or [[one]] for base in way):
            if base not in abstract:
                abstract.append(base)
    return _linear(cls, abstract)


def _linear(cls, abstract):
    """C3's order of a class, with abstract classes put behind its last base that knows abstract methods."""
    bases = list(cls.__bases__)
    cut = next((at for at in range(len(bases), 0, -1) if hasattr(bases[at - 1], "__abstractmethods__")), 0)
    # What a base of the class has already, the base brings along.
    own = [one for one in abstract if issubclass(cls, one) and not any(issubclass(base, one) for base in bases)]
    rest = [one for one in abstract if one not in own]
    groups = bases[:cut], own, bases[cut:]
    orders = [_linear(one, rest) for group in groups for one in group]
    return _merged([[cls], *orders, *(list(group) for group in groups)])


def _merged(orders):
    result = []
    while orders := [order for order in orders if order]:
        for order in orders:
            first = order[0]
            if not any(first in other[1:] for other in orders):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        result.append(first)
        for order in orders:
            if order[0] is first:
                del order[0]
    return result
