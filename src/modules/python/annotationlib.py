"""Annotations: computed when somebody asks, as values, as references to what is not defined yet, or as text.

The functions that compute annotations know them only as values. For the other formats they are run in a namespace of
stand-ins: what is done with a stand-in is written down as source text. Where references are wanted, each stand-in becomes
one afterwards, wherever in the annotations it has got to.
"""

__all__ = ["Format", "ForwardRef", "annotations_to_string", "call_annotate_function", "call_evaluate_function",
           "get_annotate_from_class_namespace", "get_annotations", "type_repr"]

import builtins
from enum import IntEnum
import sys
from _typing import Union

_Cell = type((lambda x: lambda: x)(0).__closure__[0])
_Function = type(lambda: 0)
_Module = type(sys)
_NATIVE = (type(len), type([].append), type(str.join), type(object().__str__))


class Format(IntEnum):
    """How annotations are wanted."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


# What a reference and a stand-in are made of. A stand-in keeps in `__ast_node__` how tightly its text binds.
_SLOTS = ("__forward_is_argument__", "__forward_is_class__", "__forward_module__", "__weakref__", "__arg__", "__globals__",
          "__extra_names__", "__code__", "__ast_node__", "__cell__", "__owner__", "__stringifier_dict__",
          "__resolved_str_cache__")


class ForwardRef:
    """A name or an expression that stands for a type and could not be evaluated yet."""

    __slots__ = _SLOTS

    def __init__(self, arg, *, module=None, owner=None, is_argument=True, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        self.__arg__ = arg
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module
        self.__owner__ = owner
        self.__globals__ = self.__extra_names__ = self.__code__ = self.__ast_node__ = self.__cell__ = None
        self.__stringifier_dict__ = self.__resolved_str_cache__ = None

    def __init_subclass__(cls, /, *args, **kwds):
        raise TypeError("Cannot subclass ForwardRef")

    @property
    def __forward_arg__(self):
        return self.__arg__

    @property
    def __resolved_str__(self):
        """The text without the names that were made up for values."""
        if self.__resolved_str_cache__ is None:
            text = self.__arg__
            for name, value in (self.__extra_names__ or {}).items():
                text = text.replace(name, type_repr(value))
            self.__resolved_str_cache__ = text
        return self.__resolved_str_cache__

    @property
    def __forward_code__(self):
        if self.__code__ is None:
            try:
                self.__code__ = compile(_an_expression(self.__arg__), "<string>", "eval")
            except SyntaxError:
                raise SyntaxError(f"Forward reference must be an expression -- got {self.__arg__!r}") from None
        return self.__code__

    def evaluate(self, *, globals=None, locals=None, type_params=None, owner=None, format=Format.VALUE):
        """What it stands for."""
        if format == Format.STRING:
            return self.__resolved_str__
        if format not in (Format.VALUE, Format.FORWARDREF):
            raise NotImplementedError(format)
        if isinstance(self.__cell__, _Cell):
            try:
                return self.__cell__.cell_contents
            except ValueError:
                pass
        if owner is None:
            owner = self.__owner__
        if globals is None:
            globals = _globals_of_reference(self, owner)
        names = self.__names(owner, locals, type_params)
        if self.__arg__.isidentifier() and not _is_keyword(self.__arg__):
            for namespace in (names, globals, vars(builtins)):
                if self.__arg__ in namespace:
                    return namespace[self.__arg__]
            if format == Format.FORWARDREF:
                return self
            raise NameError(f"name '{self.__arg__}' is not defined", name=self.__arg__)
        code = self.__forward_code__
        try:
            return eval(code, globals, names)
        except Exception:
            if format == Format.VALUE:
                raise
        stand_ins = _StandIns({**vars(builtins), **globals, **names}, format, globals, owner, self.__forward_is_class__)
        try:
            found = eval(code, globals, stand_ins)
        except Exception:
            return self
        stand_ins.become_references(self.__cell__)
        return found

    def __names(self, owner, given, type_params):
        """What its names are looked up in before the global ones."""
        if type_params is None and owner is not None:
            type_params = getattr(owner, "__type_params__", None)
        names = {one.__name__: one for one in type_params or ()}
        if isinstance(self.__cell__, dict):
            for name, cell in self.__cell__.items():
                try:
                    names[name] = cell.cell_contents
                except ValueError:
                    pass
        if given is not None:
            names.update(given)
        elif isinstance(owner, type):
            names.update(vars(owner))
        names.update(self.__extra_names__ or {})
        return names

    def __identity(self):
        """What makes it the same reference as another one, but for its owner."""
        cells, extra = self.__cell__, self.__extra_names__
        cells = tuple(sorted((name, id(cell)) for name, cell in cells.items())) if isinstance(cells, dict) else id(cells)
        return (self.__arg__, self.__forward_module__, id(self.__globals__), self.__forward_is_class__, cells,
                tuple(sorted((name, id(value)) for name, value in extra.items())) if extra else None)

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        return self.__identity() == other.__identity() and self.__owner__ == other.__owner__

    def __hash__(self):
        return hash((*self.__identity(), self.__owner__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        extra = []
        if self.__forward_module__ is not None:
            extra.append(f", module={self.__forward_module__!r}")
        if self.__forward_is_class__:
            extra.append(", is_class=True")
        if self.__owner__ is not None:
            extra.append(f", owner={self.__owner__!r}")
        return f"ForwardRef({self.__resolved_str__!r}{''.join(extra)})"


def _is_keyword(name):
    import keyword
    return keyword.iskeyword(name)


def _an_expression(text):
    """An unpacked type is an expression only within something."""
    return f"({text},)[0]" if text.lstrip().startswith("*") else text


def _globals_of_reference(reference, owner):
    """Where the names of a reference are looked up if nobody says it."""
    if reference.__forward_module__ is not None:
        module = reference.__forward_module__
        found = getattr(sys.modules.get(module) if isinstance(module, str) else module, "__dict__", None)
        if found is not None:
            return found
    if reference.__globals__ is not None:
        return reference.__globals__
    if isinstance(owner, type):
        owner = sys.modules.get(getattr(owner, "__module__", None))
    if isinstance(owner, _Module):
        return vars(owner)
    return getattr(owner, "__globals__", {}) if callable(owner) else {}


class _StandIn:
    """A name in an annotation, or an expression made of names: whatever is done with it is written down."""

    __slots__ = _SLOTS

    def __init__(self, text, level, family, cell=None, extra_names=None):
        self.__arg__ = text
        self.__ast_node__ = level
        self.__stringifier_dict__ = family
        self.__globals__, self.__owner__, self.__forward_is_class__ = family.globals, family.owner, family.is_class
        self.__cell__ = cell
        self.__extra_names__ = extra_names or None
        self.__forward_is_argument__ = True
        self.__forward_module__ = self.__code__ = self.__resolved_str_cache__ = None
        family.made.append(self)

    def __getattr__(self, name):
        return _made(self, _LEVELS["atom"], self, f".{name}")

    def __getitem__(self, items):
        if isinstance(items, tuple) and items:
            inside = [part for item in items for part in (", ", _Part(item))][1:]
            if len(items) == 1:
                inside.append(",")
        else:
            inside = [_Part(items)]
        return _made(self, _LEVELS["atom"], self, "[", *inside, "]")

    def __call__(self, /, *args, **kwargs):
        inside = [part for value in args for part in (", ", _Part(value))]
        inside += [part for name, value in kwargs.items() for part in (f", {name}=", _Part(value))]
        return _made(self, _LEVELS["atom"], self, "(", *([inside[0][2:]] + inside[1:] if inside else []), ")")

    def __iter__(self):
        yield _made(self, _LEVELS["star"], "*", self)

    def __format__(self, spec):
        raise TypeError("Cannot stringify annotation containing string formatting")

    def __hash__(self):
        return id(self)


# How tightly each kind of expression binds.
_LEVELS = {"star": 0, "<": 6, "|": 7, "^": 8, "&": 9, "<<": 10, "+": 11, "*": 12, "unary": 13, "**": 14, "atom": 16}


class _Part:
    """A value in the text of an expression."""

    def __init__(self, value, level=0):
        self.value = value
        self.level = level


def _made(stand_in, level, *parts):
    """The stand-in for an expression made of text, stand-ins that must be atoms, and other values."""
    family, names, text = stand_in.__stringifier_dict__, {}, []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
        elif isinstance(part, _Part):
            text.append(_source(part.value, part.level, family, names))
        else:
            text.append(_source(part, _LEVELS["atom"], family, names))
    return _StandIn("".join(text), level, family, extra_names=names)


def _source(value, level, family, names):
    """The text of a value in an expression. Values that have none get a name, or what they look like if that is enough."""
    kind = type(value)
    if kind is _StandIn:
        names.update(value.__extra_names__ or {})
        return f"({value.__arg__})" if value.__ast_node__ < level else value.__arg__
    if value is ...:
        return "..."
    if kind in (str, bytes, int, float, complex, bool, type(None)):
        return repr(value)
    if kind in (list, tuple, set) and (value or kind is not set):
        items = ", ".join(_source(item, 0, family, names) for item in value)
        if kind is tuple:
            return f"({items},)" if len(value) == 1 else f"({items})"
        return f"[{items}]" if kind is list else f"{{{items}}}"
    if kind is dict:
        return "{%s}" % ", ".join(f"{_source(key, 0, family, names)}: {_source(item, 0, family, names)}"
                                  for key, item in value.items())
    if kind is slice:
        start, stop, step = ("" if part is None else _source(part, 0, family, names)
                             for part in (value.start, value.stop, value.step))
        return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"
    if _is_template(value):
        return _template_source(value)
    if family.format == Format.STRING:
        return repr(value)
    name = family.new_name()
    names[name] = value
    return name


def _define_operators():
    def binary(sign, level, left, right):
        def forward(self, other):
            return _made(self, level, _Part(self, left), f" {sign} ", _Part(other, right))

        def reflected(self, other):
            return _made(self, level, _Part(other, left), f" {sign} ", _Part(self, right))
        return forward, reflected

    for name, sign, kind in (
            ("add", "+", "+"), ("sub", "-", "+"), ("mul", "*", "*"), ("matmul", "@", "*"), ("truediv", "/", "*"),
            ("mod", "%", "*"), ("floordiv", "//", "*"), ("lshift", "<<", "<<"), ("rshift", ">>", "<<"), ("or", "|", "|"),
            ("xor", "^", "^"), ("and", "&", "&"), ("pow", "**", "**")):
        level = _LEVELS[kind]
        left, right = (level + 1, level) if kind == "**" else (level, level + 1)
        forward, reflected = binary(sign, level, left, right)
        setattr(_StandIn, f"__{name}__", forward)
        setattr(_StandIn, f"__r{name}__", reflected)
    for name, sign in (("lt", "<"), ("le", "<="), ("eq", "=="), ("ne", "!="), ("gt", ">"), ("ge", ">=")):
        level = _LEVELS["<"]
        setattr(_StandIn, f"__{name}__", binary(sign, level, level + 1, level + 1)[0])
    for name, sign in (("invert", "~"), ("neg", "-"), ("pos", "+")):
        level = _LEVELS["unary"]
        setattr(_StandIn, f"__{name}__", lambda self, sign=sign: _made(self, level, sign, _Part(self, level)))


_define_operators()


class _StandIns(dict):
    """A namespace in which every name that is missing has a stand-in."""

    def __init__(self, names, format, globals=None, owner=None, is_class=False):
        super().__init__(names)
        self.format, self.globals, self.owner, self.is_class = format, globals, owner, is_class
        self.made = []
        self.names_made = 0

    def __missing__(self, name):
        return _StandIn(name, _LEVELS["atom"], self)

    def new_name(self):
        self.names_made += 1
        return f"__annotationlib_name_{self.names_made}__"

    def become_references(self, cells):
        """All is written down: what is left of the stand-ins are references. `cells`: where the names of functions around
        are."""
        for one in self.made:
            one.__class__ = ForwardRef
            one.__ast_node__ = one.__stringifier_dict__ = None
            if one.__cell__ is None:
                one.__cell__ = cells


def _is_template(value):
    return type(value).__name__ == "Template" and type(value).__module__ == "string.templatelib"


def _template_source(template):
    """A template as it may have been written; in another way if its expressions cannot have been."""
    text = []
    for part in template:
        if isinstance(part, str):
            text.append(part.replace("{", "{{").replace("}", "}}"))
            continue
        try:
            compile(f"({part.expression})", "<string>", "eval")
        except SyntaxError:
            return repr(template)
        if not part.expression.strip():
            return repr(template)
        conversion = f"!{part.conversion}" if part.conversion else ""
        spec = f":{part.format_spec}" if part.format_spec else ""
        text.append(f"{{{part.expression}{conversion}{spec}}}")
    text = "".join(text)
    for quote in ("'", '"', '"""', "'''"):
        if quote not in text and ("\n" not in text or len(quote) == 3):
            return f"t{quote}{text}{quote}"
    return repr(template)


def call_annotate_function(annotate, format, *, owner=None):
    """Call an `__annotate__` function with any of the formats, also those it does not know itself."""
    return _call(annotate, format, owner, is_evaluate=False)


def call_evaluate_function(evaluate, format, *, owner=None):
    """As call_annotate_function, for what computes one value."""
    return _call(evaluate, format, owner, is_evaluate=True)


def _call(annotate, format, owner, is_evaluate):
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    try:
        return annotate(format)
    except NotImplementedError:
        pass
    if format == Format.VALUE:
        raise RuntimeError("annotate function does not support VALUE format")
    if format not in (Format.FORWARDREF, Format.STRING):
        raise ValueError(f"Invalid format: {format!r}")
    if not _takes_stand_ins(annotate):
        found = annotate(Format.VALUE)
        if format == Format.FORWARDREF:
            return found
        return type_repr(found) if is_evaluate else annotations_to_string(found)
    if format == Format.STRING:
        found, _, _ = _run(annotate, {}, format, owner, real_cells=False)
        return _as_text(found) if is_evaluate else {name: _as_text(value) for name, value in found.items()}
    try:
        found, stand_ins, cells = _run(annotate, {**annotate.__builtins__, **annotate.__globals__}, format, owner,
                                       real_cells=True)
    except Exception as error:
        if isinstance(error, AttributeError) and error.obj is annotate:
            raise
    else:
        stand_ins.become_references(cells)
        return found
    # Something went wrong with a value: now only the text counts, and as much of it as can be is evaluated.
    found, stand_ins, cells = _run(annotate, {}, format, owner, real_cells=False)
    stand_ins.become_references(cells)
    if is_evaluate:
        return found.evaluate(format=format) if isinstance(found, ForwardRef) else found
    return {name: value.evaluate(format=format) if isinstance(value, ForwardRef) else value
            for name, value in found.items()}


def _takes_stand_ins(annotate):
    """Whether the function can be run in a namespace of stand-ins: those that the compiler has made can."""
    code = getattr(annotate, "__code__", None)
    if code is not None and code.co_varnames[:1] == (".format",):
        return True
    try:
        annotate(Format.VALUE_WITH_FAKE_GLOBALS)
    except NotImplementedError:
        return False
    except Exception:
        pass
    return True


def _run(annotate, names, format, owner, real_cells):
    """What the function finds in a namespace of stand-ins; that namespace, and its cells by name."""
    stand_ins = _StandIns(names, format, annotate.__globals__, owner, isinstance(owner, type))
    cells, closure = None, None
    if annotate.__closure__:
        cells = dict(zip(annotate.__code__.co_freevars, annotate.__closure__, strict=True))
        closure = tuple(_stand_in_cell(name, cell, stand_ins, real_cells) for name, cell in cells.items())
        cells.pop("__classdict__", None)
    function = _Function(annotate.__code__, stand_ins, closure=closure, argdefs=annotate.__defaults__,
                         kwdefaults=annotate.__kwdefaults__)
    return function(Format.VALUE_WITH_FAKE_GLOBALS), stand_ins, cells or None


def _stand_in_cell(name, cell, stand_ins, is_real):
    if is_real and _is_filled(cell):
        return cell
    # The names of a class body are looked up in its namespace first: there they must not be found.
    return _Cell({} if name == "__classdict__" else _StandIn(name, _LEVELS["atom"], stand_ins, cell))


def _is_filled(cell):
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def _as_text(value):
    if isinstance(value, str):
        return value
    if type(value) in (list, tuple, set, dict, _StandIn) or value is ... or _is_template(value):
        return _source(value, 0, _StandIns({}, Format.STRING), {})
    return repr(value)


def get_annotate_from_class_namespace(namespace):
    """The annotation function in the namespace of a class that is being made."""
    try:
        return namespace["__annotate__"]
    except KeyError:
        return namespace.get("__annotate_func__", None)


def type_repr(value):
    """A type as source text would name it."""
    if isinstance(value, (type, _Function, *_NATIVE)):
        module = value.__module__
        if module is None:
            # A method of a built-in type.
            owner = value.__self__
            module = (owner if isinstance(owner, type) else type(owner)).__module__
        return value.__qualname__ if module == "builtins" else f"{module}.{value.__qualname__}"
    if value is ...:
        return "..."
    if _is_template(value):
        return _template_source(value)
    return repr(value)


def annotations_to_string(annotations):
    """The annotations as text."""
    return {name: value if isinstance(value, str) else type_repr(value) for name, value in annotations.items()}


_of_class = type.__dict__["__annotations__"].__get__


def _kept_annotations(obj):
    """What `__annotations__` says, if there is such a thing."""
    if isinstance(obj, type):
        try:
            found = _of_class(obj)
        except AttributeError:
            # Classes that are built in have none; or computing them has failed.
            return None
    else:
        found = getattr(obj, "__annotations__", None)
    if found is not None and not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    return found


def _computed_annotations(obj, format):
    """What `__annotate__` computes, if there is such a thing."""
    annotate = getattr(obj, "__annotate__", None)
    if annotate is None:
        return None
    found = call_annotate_function(annotate, format, owner=obj)
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotate__ returned a non-dict")
    return found


def _annotations_as(obj, format):
    if format == Format.VALUE:
        kept = _kept_annotations(obj)
        return _computed_annotations(obj, format) if kept is None else kept
    if format == Format.FORWARDREF:
        try:
            kept = _kept_annotations(obj)
        except ValueError:
            raise
        except Exception:
            kept = None
        if kept is None:
            kept = _computed_annotations(obj, format)
        return _kept_annotations(obj) if kept is None else kept
    if format == Format.STRING:
        found = _computed_annotations(obj, format)
        if found is None:
            found = _kept_annotations(obj)
            found = found and annotations_to_string(found)
        return found
    if format == Format.VALUE_WITH_FAKE_GLOBALS:
        raise ValueError("The VALUE_WITH_FAKE_GLOBALS format is for internal use only")
    raise ValueError(f"Unsupported format {format!r}")


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """The annotations of a class, a module or a callable, in a dict of their own."""
    if eval_str and format != Format.VALUE:
        raise ValueError("eval_str=True is only supported with format=Format.VALUE")
    found = _annotations_as(obj, format)
    if found is None:
        if isinstance(obj, type) or callable(obj):
            return {}
        raise TypeError(f"{obj!r} does not have annotations")
    if not found or not eval_str:
        return dict(found)
    if globals is None:
        globals = _globals_of(obj)
    if locals is None:
        locals = dict(vars(obj)) if isinstance(obj, type) else {}
    names = {one.__name__: one for one in getattr(obj, "__type_params__", ())}
    names.update(locals)
    return {name: eval(_an_expression(value.lstrip()), globals, names) if isinstance(value, str) else value
            for name, value in found.items()}


def _globals_of(obj):
    """Where the names in an object's annotations are looked up: in the module of what it wraps at last."""
    if isinstance(obj, _Module):
        return vars(obj)
    if isinstance(obj, type):
        found = getattr(sys.modules.get(obj.__module__), "__dict__", None)
    else:
        found = getattr(obj, "__globals__", None) if callable(obj) else None
    functools = sys.modules.get("functools")
    # What wraps itself, through others perhaps, is unwrapped once.
    seen = set()
    while id(obj) not in seen:
        seen.add(id(obj))
        if hasattr(obj, "__wrapped__"):
            obj = obj.__wrapped__
        elif functools is not None and isinstance(obj, functools.partial):
            obj = obj.func
    return getattr(obj, "__globals__", found)
