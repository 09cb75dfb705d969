"""JSON text of values."""

from _json import encode, encode_basestring, encode_basestring_ascii

INFINITY = float("inf")


class JSONEncoder:
    """Makes JSON text from Python values: dict, list, tuple, str, int, float, True, False, None.

    A subclass may know others: its default() gives something of these in their place.
    """

    item_separator = ", "
    key_separator = ": "

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ","
        if default is not None:
            self.default = default

    def default(self, o):
        """Something that can be serialized in place of o; raises TypeError if there is nothing."""
        raise TypeError(f"Object of type {o.__class__.__name__} is not JSON serializable")

    def encode(self, o):
        """The JSON text of a value."""
        if type(self).iterencode is JSONEncoder.iterencode:
            return self._text(o)
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        return "".join(self.iterencode(o, _one_shot=True))

    def _text(self, o, write=None):
        """The JSON text of a value; what there was before an error is given to `write`."""
        return encode(o, self.default, self.check_circular, self.ensure_ascii, self._indent(), self.key_separator,
                      self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan, write)

    def _indent(self):
        return self.indent if self.indent is None or isinstance(self.indent, str) else " " * self.indent

    def iterencode(self, o, _one_shot=False):
        """The JSON text of a value piece by piece."""
        if _one_shot:
            return iter((self._text(o),))
        return self._pieces(o, {} if self.check_circular else None, "")

    def _pieces(self, o, markers, margin):
        """The pieces of a value whose lines start with `margin`."""
        is_dict = isinstance(o, dict)
        if isinstance(o, (str, int, float)) or o is None or not o and isinstance(o, (dict, list, tuple)):
            yield self._text(o)
            return
        if markers is not None:
            if id(o) in markers:
                raise ValueError("Circular reference detected")
            markers[id(o)] = o
        if is_dict:
            yield from self._pieces_of_dict(o, markers, margin)
        elif isinstance(o, (list, tuple)):
            yield from self._pieces_of_list(o, markers, margin)
        else:
            replacement = self.default(o)
            try:
                yield from self._pieces(replacement, markers, margin)
            except Exception as error:
                error.add_note(f"when serializing {type(o).__name__} object")
                raise
        if markers is not None:
            del markers[id(o)]

    def _line_start(self, margin):
        return "" if self.indent is None else "\n" + margin

    def _pieces_of_list(self, items, markers, margin):
        inner = margin + (self._indent() or "")
        before = "[" + self._line_start(inner)
        for at, item in enumerate(items):
            try:
                if isinstance(item, (str, int, float)) or item is None:
                    yield before + self._text(item)
                else:
                    yield before
                    yield from self._pieces(item, markers, inner)
            except Exception as error:
                error.add_note(f"when serializing {type(items).__name__} item {at}")
                raise
            before = self.item_separator + self._line_start(inner)
        if self.indent is not None:
            yield self._line_start(margin)
        yield "]"

    def _pieces_of_dict(self, members, markers, margin):
        inner = margin + (self._indent() or "")
        yield "{"
        before, between = self._line_start(inner), self.item_separator + self._line_start(inner)
        for key, value in sorted(members.items()) if self.sort_keys else members.items():
            if not isinstance(key, (str, int, float)) and key is not None:
                if self.skipkeys:
                    continue
                raise TypeError(f"keys must be str, int, float, bool or None, not {key.__class__.__name__}")
            if before:
                yield before
            before = between
            text = self._text(key)
            yield text if isinstance(key, str) else f'"{text}"'
            yield self.key_separator
            try:
                yield from self._pieces(value, markers, inner)
            except Exception as error:
                error.add_note(f"when serializing {type(members).__name__} item {key!r}")
                raise
        if before is between and self.indent is not None:
            yield self._line_start(margin)
        yield "}"
