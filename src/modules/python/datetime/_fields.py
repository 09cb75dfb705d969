"""What the types of datetime share: fields that are set once, numbers that are checked, names in reprs."""

from operator import index

# These classes are known as the package's own.
__name__ = "datetime"

# Stands for an argument that was not given.
MISSING = object()


def _check(obj, name):
    """Refuse to change a field."""
    for cls in type(obj).__mro__:
        if name in cls.__dict__.get("_FIELDS", ()):
            if cls.__name__ == "timedelta":
                raise AttributeError("readonly attribute")
            raise AttributeError(f"attribute {name!r} of 'datetime.{cls.__name__}' objects is not writable")


def __setattr__(self, name, value, /):
    """The __setattr__ of classes whose fields are set when an object is made, and never again."""
    _check(self, name)
    object.__setattr__(self, name, value)


def __delattr__(self, name, /):
    """The __delattr__ of such classes."""
    _check(self, name)
    object.__delattr__(self, name)


set_unless_field, delete_unless_field = __setattr__, __delattr__


def setters(cls):
    """The functions that set the fields of a new object of a class."""
    return [cls.__dict__[name].__set__ for name in cls._FIELDS]


def name_of(obj, base):
    """How the repr of an object begins: a subclass goes by its own name."""
    cls = type(obj)
    return f"datetime.{cls.__name__}" if cls is base else cls.__name__


def required(names, given, limit):
    """Refuse arguments: one is missing, or there are too many."""
    if len(given) > limit:
        raise TypeError(f"function takes at most {limit} arguments ({len(given)} given)")
    for at, (name, value) in enumerate(zip(names, given), 1):
        if value is MISSING:
            raise TypeError(f"function missing required argument {name!r} (pos {at})")
        number(value)


def number(value):
    """An integer, from what can be one."""
    return value if type(value) is int else index(value)


def in_range(name, value, low, high):
    """An integer between two bounds."""
    value = number(value)
    if not low <= value <= high:
        raise ValueError(f"{name} must be in {low}..{high}, not {value}")
    return value


def check_fold(fold):
    fold = number(fold)
    if fold not in (0, 1):
        raise ValueError(f"fold must be either 0 or 1, not {fold}")
    return fold


def check_clock(hour, minute, second, microsecond):
    """The parts of a time of day, checked."""
    return (in_range("hour", hour, 0, 23), in_range("minute", minute, 0, 59), in_range("second", second, 0, 59),
            in_range("microsecond", microsecond, 0, 999999))


def of_type(function, at, value, cls, name):
    """An argument that has to be of a class."""
    if not isinstance(value, cls):
        raise TypeError(f"{function}() argument {at} must be {name}, not {type(value).__name__}")
    return value
