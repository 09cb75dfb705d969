"""Values in lines of a given width, so that people can read them."""

import sys

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Pretty-print a Python object to a stream [default is sys.stdout]."""
    PrettyPrinter(indent, width, depth, stream, compact=compact, sort_dicts=sort_dicts,
                  underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    """Format a Python object into a pretty-printed representation."""
    return PrettyPrinter(indent, width, depth, compact=compact, sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """Pretty-print a Python object"""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """Version of repr() which can handle recursive data structures."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Determine if saferepr(object) is readable by eval()."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Determine if object requires a recursive representation."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _Key:
    """Orders what has no order of its own by type and address."""

    __slots__ = ("value",)

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            return (str(type(self.value)), id(self.value)) < (str(type(other.value)), id(other.value))


def _pair_key(pair):
    return _Key(pair[0]), _Key(pair[1])


def _recursion(value):
    return f"<Recursion on {type(value).__name__} with id={id(value)}>"


def _words(line):
    """A line in words, each with the space behind it."""
    start = at = 0
    while at < len(line):
        while at < len(line) and not line[at].isspace():
            at += 1
        while at < len(line) and line[at].isspace():
            at += 1
        yield line[start:at]
        start = at


def _is_data(value):
    """Whether it is an instance of a data class that has the representation made for it."""
    return hasattr(type(value), "__dataclass_fields__") and hasattr(type(value).__repr__, "_of_dataclass")


# Types whose repr needs no care.
_PLAIN = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})
_EMPTY = {dict: "{}", list: "[]", tuple: "()"}


class PrettyPrinter:
    """Prints values in lines of a given width.

    indent: spaces for each level. width: columns at most, where that is possible. depth: levels at most; what is deeper
    is shown as "...". stream: where pprint() writes. compact: as many items on a line as fit. sort_dicts: dicts in the
    order of their keys. underscore_numbers: underscores between the thousands of integers.
    """

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent, width = int(indent), int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth, self._indent_per_level, self._width = depth, indent, width
        self._stream = sys.stdout if stream is None else stream
        self._compact, self._sort_dicts, self._underscore_numbers = bool(compact), sort_dicts, underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        from io import StringIO
        stream = StringIO()
        self._format(object, stream, 0, 0, {}, 0)
        return stream.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """A value on one line, whether it is readable, and whether it contains itself. `context` has the ids of the
        containers around it."""
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, value, context, level):
        return self.format(value, context.copy(), self._depth, level)[0]

    def _format(self, value, stream, indent, allowance, context, level):
        """Writes a value that starts in column `indent`; `allowance` columns are needed behind it."""
        if id(value) in context:
            stream.write(_recursion(value))
            return
        text = self._repr(value, context, level)
        if len(text) > self._width - indent - allowance:
            write = self._dispatch.get(type(value).__repr__) or _dispatch_of_collection(type(value))
            if write is None and _is_data(value):
                write = PrettyPrinter._pprint_dataclass
            if write is not None:
                context[id(value)] = 1
                write(self, value, stream, indent, allowance, context, level + 1)
                del context[id(value)]
                return
        stream.write(text)

    # ---- containers

    def _sorted_items(self, mapping):
        return sorted(mapping.items(), key=_pair_key) if self._sort_dicts else mapping.items()

    def _pad(self, stream):
        """The spaces behind an opening bracket."""
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * " ")

    def _pprint_dict(self, value, stream, indent, allowance, context, level):
        stream.write("{")
        self._pad(stream)
        self._write_pairs(self._sorted_items(value), stream, indent, allowance + 1, context, level)
        stream.write("}")

    def _write_pairs(self, pairs, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        last = len(pairs) - 1
        for at, (key, value) in enumerate(pairs):
            text = self._repr(key, context, level)
            stream.write(f"{text}: ")
            self._format(value, stream, indent + len(text) + 2, allowance if at == last else 1, context, level)
            if at != last:
                stream.write(",\n" + " " * indent)

    def _write_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        self._pad(stream)
        new_line, between = ",\n" + " " * indent, ""
        room = full = self._width - indent + 1
        last = len(items) - 1
        for at, item in enumerate(items):
            if at == last:
                full -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                needed = len(text) + 2
                if room < needed:
                    room = full
                    between = between and new_line
                if room >= needed:
                    room -= needed
                    stream.write(between + text)
                    between = ", "
                    continue
            stream.write(between)
            between = new_line
            self._format(item, stream, indent, allowance if at == last else 1, context, level)

    def _pprint_list(self, value, stream, indent, allowance, context, level):
        stream.write("[")
        self._write_items(value, stream, indent, allowance + 1, context, level)
        stream.write("]")

    def _pprint_tuple(self, value, stream, indent, allowance, context, level):
        end = ",)" if len(value) == 1 else ")"
        stream.write("(")
        self._write_items(value, stream, indent, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_set(self, value, stream, indent, allowance, context, level):
        if not value:
            stream.write(repr(value))
            return
        name = "" if type(value) is set else type(value).__name__
        start, end = (f"{name}({{", "})") if name else ("{", "}")
        stream.write(start)
        self._write_items(sorted(value, key=_Key), stream, indent + len(start) - 1, allowance + len(end), context, level)
        stream.write(end)

    def _pprint_mappingproxy(self, value, stream, indent, allowance, context, level):
        self._write_call("mappingproxy", value.copy(), stream, indent, allowance, context, level)

    def _write_call(self, name, argument, stream, indent, allowance, context, level):
        stream.write(f"{name}(")
        self._format(argument, stream, indent + len(name) + 1, allowance + 1, context, level)
        stream.write(")")

    def _pprint_namespace(self, value, stream, indent, allowance, context, level):
        name = "namespace" if type(value) is type(sys.implementation) else type(value).__name__
        self._write_named(name, list(value.__dict__.items()), stream, indent, allowance, context, level)

    def _pprint_dataclass(self, value, stream, indent, allowance, context, level):
        named = [(field.name, getattr(value, field.name)) for field in _fields(value) if field.repr]
        self._write_named(type(value).__name__, named, stream, indent, allowance, context, level)

    def _write_named(self, name, named, stream, indent, allowance, context, level):
        """A call with keyword arguments."""
        indent += len(name) + 1
        stream.write(f"{name}(")
        last = len(named) - 1
        for at, (key, value) in enumerate(named):
            stream.write(f"{key}=")
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(key) + 1, allowance if at == last else 1, context, level)
            if at != last:
                stream.write(",\n" + " " * indent)
        stream.write(")")

    # ---- text and bytes

    def _pprint_str(self, value, stream, indent, allowance, context, level):
        if not value:
            stream.write(repr(value))
            return
        alone = level == 1
        if alone:
            indent += 1
            allowance += 1
        chunks = self._chunks_of(value, self._width - indent, allowance)
        if len(chunks) == 1:
            stream.write(chunks[0])
            return
        text = ("\n" + " " * indent).join(chunks)
        stream.write(f"({text})" if alone else text)

    def _chunks_of(self, text, width, allowance):
        """Literals that make up a text: its lines, and their words where a line is too long."""
        lines, chunks = text.splitlines(True), []
        for at, line in enumerate(lines):
            is_last = at == len(lines) - 1
            if len(repr(line)) <= width - (allowance if is_last else 0):
                chunks.append(repr(line))
                continue
            words, current = list(_words(line)), ""
            for number, word in enumerate(words):
                reserved = allowance if is_last and number == len(words) - 1 else 0
                if current and len(repr(current + word)) > width - reserved:
                    chunks.append(repr(current))
                    current = word
                else:
                    current += word
            if current:
                chunks.append(repr(current))
        return chunks

    def _pprint_bytes(self, value, stream, indent, allowance, context, level):
        if len(value) <= 4:
            stream.write(repr(value))
            return
        alone = level == 1
        if alone:
            indent += 1
            allowance += 1
        width, chunks, current = self._width - indent, [], b""
        for at in range(0, len(value), 4):
            part = value[at:at + 4]
            if at == len(value) // 4 * 4:
                width -= allowance
            if current and len(repr(current + part)) > width:
                chunks.append(repr(current))
                current = part
            else:
                current += part
        chunks.append(repr(current))
        text = ("\n" + " " * indent).join(chunks)
        stream.write(f"({text})" if alone else text)

    def _pprint_bytearray(self, value, stream, indent, allowance, context, level):
        stream.write("bytearray(")
        self._pprint_bytes(bytes(value), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(")")

    _dispatch = {
        dict.__repr__: _pprint_dict,
        list.__repr__: _pprint_list,
        tuple.__repr__: _pprint_tuple,
        set.__repr__: _pprint_set,
        frozenset.__repr__: _pprint_set,
        str.__repr__: _pprint_str,
        bytes.__repr__: _pprint_bytes,
        bytearray.__repr__: _pprint_bytearray,
        type(type.__dict__).__repr__: _pprint_mappingproxy,
        type(sys.implementation).__repr__: _pprint_namespace,
    }

    # ---- on one line

    def _safe_repr(self, value, context, maxlevels, level):
        kind = type(value)
        if kind in _PLAIN:
            return repr(value), True, False
        method = kind.__repr__
        if method is int.__repr__ and issubclass(kind, int):
            return f"{value:_d}" if self._underscore_numbers else repr(value), True, False
        for container, empty in _EMPTY.items():
            if method is container.__repr__ and issubclass(kind, container):
                break
        else:
            text = repr(value)
            return text, text and not text.startswith("<"), False
        if not value:
            return empty, True, False
        recursive = id(value) in context
        if maxlevels and level >= maxlevels:
            comma = "," if container is tuple and len(value) == 1 else ""
            return f"{empty[0]}...{comma}{empty[1]}", False, recursive
        if recursive:
            return _recursion(value), False, True
        context[id(value)] = 1
        found = self._safe_members(value, container, empty, context, maxlevels, level + 1)
        del context[id(value)]
        return found

    def _safe_members(self, value, container, brackets, context, maxlevels, level):
        texts, readable, recursive = [], True, False

        def shown(member):
            nonlocal readable, recursive
            text, reads, recurs = self.format(member, context, maxlevels, level)
            readable, recursive = readable and reads, recursive or recurs
            return text
        if container is dict:
            for key, member in self._sorted_items(value):
                texts.append(f"{shown(key)}: {shown(member)}")
        else:
            texts = [shown(member) for member in value]
        comma = "," if container is tuple and len(texts) == 1 else ""
        return f"{brackets[0]}{', '.join(texts)}{comma}{brackets[1]}", readable, recursive


def _fields(value):
    from dataclasses import fields
    return fields(value)


# ---- collections

def _write_ordered_dict(printer, value, stream, indent, allowance, context, level):
    if not value:
        stream.write(repr(value))
        return
    printer._write_call(type(value).__name__, list(value.items()), stream, indent, allowance, context, level)


def _write_default_dict(printer, value, stream, indent, allowance, context, level):
    if not value:
        stream.write(repr(value))
        return
    indent += len(type(value).__name__) + 1
    factory = printer._repr(value.default_factory, context, level)
    stream.write(f"{type(value).__name__}({factory},\n{' ' * indent}")
    printer._pprint_dict(value, stream, indent, allowance + 1, context, level)
    stream.write(")")


def _write_counter(printer, value, stream, indent, allowance, context, level):
    if not value:
        stream.write(repr(value))
        return
    name = type(value).__name__
    stream.write(name + "({")
    printer._pad(stream)
    printer._write_pairs(value.most_common(), stream, indent + len(name) + 1, allowance + 2, context, level)
    stream.write("})")


def _write_chain_map(printer, value, stream, indent, allowance, context, level):
    name = type(value).__name__
    stream.write(name + "(")
    indent += len(name) + 1
    for mapping in value.maps[:-1]:
        printer._format(mapping, stream, indent, 1, context, level)
        stream.write(",\n" + " " * indent)
    for mapping in value.maps[-1:]:
        printer._format(mapping, stream, indent, allowance + 1, context, level)
    stream.write(")")


def _write_deque(printer, value, stream, indent, allowance, context, level):
    if not value:
        stream.write(repr(value))
        return
    name = type(value).__name__
    indent += len(name) + 1
    stream.write(name + "([")
    if value.maxlen is None:
        printer._write_items(value, stream, indent, allowance + 2, context, level)
        stream.write("])")
    else:
        printer._write_items(value, stream, indent, 2, context, level)
        stream.write(f"],\n{' ' * indent}maxlen={printer._repr(value.maxlen, context, level)})")


def _write_data(printer, value, stream, indent, allowance, context, level):
    printer._format(value.data, stream, indent, allowance, context, level - 1)


def _dispatch_of_collection(kind):
    """How a type of `collections` is written; nobody pays for that module who does not use it."""
    collections = sys.modules.get("collections")
    if collections is None:
        return None
    table = PrettyPrinter._dispatch
    if collections.OrderedDict.__repr__ not in table:
        table.update({
            collections.OrderedDict.__repr__: _write_ordered_dict,
            collections.defaultdict.__repr__: _write_default_dict,
            collections.Counter.__repr__: _write_counter,
            collections.ChainMap.__repr__: _write_chain_map,
            collections.deque.__repr__: _write_deque,
            collections.UserDict.__repr__: _write_data,
            collections.UserList.__repr__: _write_data,
            collections.UserString.__repr__: _write_data,
        })
    return table.get(kind.__repr__)
