"""Makes the functions that find a value at a place of a JSON text."""

import re

from _json import scan

__all__ = ["make_scanner"]

NUMBER_RE = re.compile(r"(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?", re.VERBOSE | re.MULTILINE | re.DOTALL)


class Scanner:
    """Finds values as a decoder's options say: scanner(string, idx) gives a value and the index behind it."""

    __slots__ = ("strict", "object_hook", "object_pairs_hook", "parse_float", "parse_int", "parse_constant")

    def __init__(self, context):
        for name in self.__slots__:
            setattr(self, name, getattr(context, name))

    def __call__(self, string, idx):
        return scan(string, idx, self.strict, self.object_hook or None, self.object_pairs_hook,
                    None if self.parse_float is float else self.parse_float,
                    None if self.parse_int is int else self.parse_int, self.parse_constant)


Scanner.__module__ = "_json"
make_scanner = c_make_scanner = Scanner
