"""Annotations: computed when somebody asks, as values, as references to what is not defined yet, or as text."""

__all__ = ["Format", "ForwardRef", "annotations_to_string", "call_annotate_function", "call_evaluate_function",
           "get_annotate_from_class_namespace", "get_annotations", "type_repr"]

from enum import IntEnum
import sys


class Format(IntEnum):
    """How annotations are wanted."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


class ForwardRef:
    """A name or an expression that stands for a type and could not be evaluated yet."""

    __slots__ = ("__forward_is_argument__", "__forward_is_class__", "__forward_module__", "__weakref__", "__arg__",
                 "__globals__", "__extra_names__", "__code__", "__ast_node__", "__cell__", "__owner__",
                 "__stringifier_dict__", "__resolved_str_cache__")

    def __init__(self, arg, *, module=None, owner=None, is_argument=True, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__arg__ = arg
        # What only CPython's own stand-ins fill in.
        self.__extra_names__ = self.__code__ = self.__ast_node__ = self.__cell__ = None
        self.__stringifier_dict__ = self.__resolved_str_cache__ = None
        self.__forward_module__ = module
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__owner__ = owner
        self.__globals__ = None

    @property
    def __forward_arg__(self):
        return self.__arg__

    @property
    def __resolved_str__(self):
        return self.__arg__

    @property
    def __forward_code__(self):
        if self.__code__ is None:
            # An unpacked type is an expression only within something.
            text = f"({self.__arg__},)[0]" if self.__arg__.startswith("*") else self.__arg__
            try:
                self.__code__ = compile(text, "<string>", "eval")
            except SyntaxError:
                raise SyntaxError(f"Forward reference must be an expression -- got {self.__arg__!r}") from None
        return self.__code__

    def evaluate(self, *, globals=None, locals=None, type_params=None, owner=None, format=Format.VALUE):
        """What it stands for."""
        if format == Format.STRING:
            return self.__forward_arg__
        if owner is None:
            owner = self.__owner__
        if globals is None:
            globals = self.__globals__
        if globals is None and self.__forward_module__ is not None:
            module = self.__forward_module__
            globals = getattr(sys.modules.get(module, None) if isinstance(module, str) else module, "__dict__", None)
        if globals is None:
            globals = _globals_of(owner)
        names = {}
        if type_params is None and owner is not None:
            type_params = getattr(owner, "__type_params__", None)
        for parameter in type_params or ():
            names[parameter.__name__] = parameter
        if isinstance(owner, type):
            names.update(vars(owner))
        if locals is not None:
            names.update(locals)
        try:
            return eval(self.__forward_code__, globals or {}, names)
        except Exception:
            if format == Format.FORWARDREF:
                return self
            raise

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return (self.__forward_arg__ == other.__forward_arg__ and self.__forward_module__ == other.__forward_module__
                and self.__owner__ == other.__owner__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        from _typing import Union
        return Union[self, other]

    def __ror__(self, other):
        from _typing import Union
        return Union[other, self]

    def __repr__(self):
        extra = []
        if self.__forward_module__ is not None:
            extra.append(f", module={self.__forward_module__!r}")
        if self.__forward_is_class__:
            extra.append(", is_class=True")
        if self.__owner__ is not None:
            extra.append(f", owner={self.__owner__!r}")
        return f"ForwardRef({self.__forward_arg__!r}{''.join(extra)})"


def _globals_of(owner):
    """Where the names in an object's annotations are looked up."""
    if owner is None:
        return {}
    if isinstance(owner, type):
        return getattr(sys.modules.get(owner.__module__), "__dict__", {})
    if isinstance(owner, type(sys)):
        return vars(owner)
    seen = set()
    # What wraps itself, through others perhaps, is unwrapped once.
    while hasattr(owner, "__wrapped__") and id(owner) not in seen:
        seen.add(id(owner))
        owner = owner.__wrapped__
    return getattr(owner, "__globals__", {})


class _Text:
    """A name in an annotation that is wanted as text: what is done with it is written down."""

    def __init__(self, text):
        self.__text = text

    def __getattr__(self, name):
        return _Text(f"{self.__text}.{name}")

    def __getitem__(self, items):
        items = items if isinstance(items, tuple) and items else (items,)
        return _Text(f"{self.__text}[{', '.join(map(_as_text, items))}]")

    def __call__(self, *args, **kwargs):
        given = [*map(_as_text, args), *(f"{name}={_as_text(value)}" for name, value in kwargs.items())]
        return _Text(f"{self.__text}({', '.join(given)})")

    def __iter__(self):
        yield _Text(f"*{self.__text}")

    def __or__(self, other):
        return _Text(f"{self.__text} | {_as_text(other)}")

    def __ror__(self, other):
        return _Text(f"{_as_text(other)} | {self.__text}")

    def __str__(self):
        return self.__text


def _as_text(value):
    if isinstance(value, _Text):
        return str(value)
    if isinstance(value, (list, tuple)):
        shown = ", ".join(map(_as_text, value))
        return f"[{shown}]" if isinstance(value, list) else f"({shown}{',' if len(value) == 1 else ''})"
    return type_repr(value)


def call_annotate_function(annotate, format, *, owner=None):
    """Call an `__annotate__` function with any of the formats, also those it does not know itself."""
    try:
        return annotate(format)
    except NotImplementedError:
        pass
    if format != Format.STRING:
        try:
            return annotate(Format.VALUE)
        except NameError:
            pass
    import builtins
    code = annotate.__code__
    names = dict(annotate.__globals__)
    for name in code.co_names:
        if format == Format.STRING:
            names[name] = _Text(name)
        elif name not in names and not hasattr(builtins, name):
            names[name] = ForwardRef(name, owner=owner)
    cells = _closure_with_references(annotate, owner, format)
    found = type(annotate)(code, names, annotate.__name__, annotate.__defaults__, cells)(Format.VALUE)
    if format != Format.STRING:
        return found
    if isinstance(found, dict):
        return {name: value if isinstance(value, str) else _as_text(value) for name, value in found.items()}
    return _as_text(found)


def _closure_with_references(function, owner, format):
    """The cells of a function; references in place of those that are empty, or of all if text is wanted."""
    if function.__closure__ is None:
        return None
    cells = []
    for name, cell in zip(function.__code__.co_freevars, function.__closure__):
        try:
            cell.cell_contents
        except ValueError:
            cell = type(cell)(ForwardRef(name, owner=owner))
        if format == Format.STRING and name not in ("__classdict__", "__conditional_annotations__"):
            cell = type(cell)(_Text(name))
        cells.append(cell)
    return tuple(cells)


def call_evaluate_function(evaluate, format, *, owner=None):
    """As call_annotate_function, for what computes one value."""
    return call_annotate_function(evaluate, format, owner=owner)


def get_annotate_from_class_namespace(namespace):
    """The annotation function in the namespace of a class that is being made."""
    return namespace.get("__annotate__") or namespace.get("__annotate_func__")


def type_repr(value):
    """A type as source text would name it."""
    if isinstance(value, (type, type(type_repr), type(len))):
        if value.__module__ == "builtins":
            return value.__qualname__
        return f"{value.__module__}.{value.__qualname__}"
    if value is ...:
        return "..."
    if isinstance(value, ForwardRef):
        return value.__forward_arg__
    return repr(value)


def annotations_to_string(annotations):
    """The annotations as text."""
    return {name: value if isinstance(value, str) else type_repr(value) for name, value in annotations.items()}


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """The annotations of a class, a module or a callable, in a dict of their own."""
    if eval_str and format != Format.VALUE:
        raise ValueError("eval_str=True is only supported with format=Format.VALUE")
    if not (callable(obj) or isinstance(obj, type(sys)) or hasattr(obj, "__annotations__")):
        raise TypeError(f"{obj!r} does not have annotations")
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    if format == Format.VALUE:
        found = getattr(obj, "__annotations__", None)
        if found is None and (annotate := getattr(obj, "__annotate__", None)) is not None:
            found = call_annotate_function(annotate, format, owner=obj)
    else:
        annotate = getattr(obj, "__annotate__", None)
        if annotate is not None:
            found = call_annotate_function(annotate, format, owner=obj)
        else:
            found = getattr(obj, "__annotations__", None)
            if found is not None and format == Format.STRING:
                found = annotations_to_string(found)
    if not found:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    found = dict(found)
    if eval_str:
        if globals is None:
            globals = _globals_of(obj)
        names = {one.__name__: one for one in getattr(obj, "__type_params__", ())}
        names.update(vars(obj) if isinstance(obj, type) else {})
        names.update(locals or {})
        found = {name: eval(value, globals, names) if isinstance(value, str) else value for name, value in found.items()}
    return found
