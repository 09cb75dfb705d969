"""What re has that is written in Python: its flags, its exception, and Scanner. re imports it when it is first wanted."""

import enum
import re


class PatternError(Exception):
    """Exception raised for invalid regular expressions.

    Attributes:

        msg: The unformatted error message
        pattern: The regular expression pattern
        pos: The index in the pattern where compilation failed (may be None)
        lineno: The line corresponding to pos (may be None)
        colno: The column corresponding to pos (may be None)
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = f"{msg} at position {pos}"
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


error = PatternError


class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    __module__ = "re"

    NOFLAG = 0
    ASCII = A = 256
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8
    DOTALL = S = 16
    VERBOSE = X = 64
    DEBUG = 128

    __str__ = object.__str__
    _numeric_repr_ = hex


enum.global_enum(RegexFlag)
globals().update(RegexFlag.__members__)


class Scanner:
    """Cuts a text into tokens: a list of patterns, and what to do with each."""

    __module__ = "re"

    def __init__(self, lexicon, flags=0):
        if isinstance(flags, RegexFlag):
            flags = flags.value
        self.lexicon = lexicon
        phrases = []
        self._actions = {}
        group = 1
        for phrase, action in lexicon:
            phrases.append(f"({phrase})")
            self._actions[group] = action
            group += 1 + re.compile(phrase, flags).groups
        self.scanner = re.compile("|".join(phrases), flags)

    def scan(self, string):
        result = []
        match = self.scanner.scanner(string).match
        start = 0
        while found := match():
            end = found.end()
            if start == end:
                break
            action = self._actions[found.lastindex]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            start = end
        return result, string[start:]
