"""Values from JSON text."""

from _json import scan, scanstring, skip

__all__ = ["JSONDecoder", "JSONDecodeError"]


class JSONDecodeError(ValueError):
    """What is wrong with a JSON document: msg, doc, pos (an index into doc), lineno and colno."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count("\n", 0, pos) + 1
        colno = pos - doc.rfind("\n", 0, pos)
        ValueError.__init__(self, f"{msg}: line {lineno} column {colno} (char {pos})")
        self.msg, self.doc, self.pos, self.lineno, self.colno = msg, doc, pos, lineno, colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


class JSONDecoder:
    """Makes Python values from JSON text: dict, list, str, int, float, True, False, None."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.memo = {}
        hooks = (strict, object_hook or None, object_pairs_hook, None if parse_float in (None, float) else parse_float,
                 None if parse_int in (None, int) else parse_int, parse_constant)
        self.scan_once = lambda string, idx: scan(string, idx, *hooks)

    def decode(self, s):
        """The value of a document (a str), which must contain nothing else."""
        obj, end = self.raw_decode(s, idx=skip(s, 0))
        end = skip(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """The value at the start of a str, and the index behind it."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as err:
            raise JSONDecodeError("Expecting value", s, err.value) from None
