"""Colours for terminals: whether they are wanted, and CPython's default theme."""

import os
import sys
from types import SimpleNamespace

_RESET = "\x1b[0m"

_ARGPARSE = {
    "usage": "\x1b[1;34m", "prog": "\x1b[1;35m", "prog_extra": "\x1b[35m", "heading": "\x1b[1;34m",
    "summary_long_option": "\x1b[36m", "summary_short_option": "\x1b[32m", "summary_label": "\x1b[33m",
    "summary_action": "\x1b[32m", "long_option": "\x1b[1;36m", "short_option": "\x1b[1;32m", "label": "\x1b[1;33m",
    "action": "\x1b[1;32m", "reset": _RESET,
}
_TRACEBACK = {
    "type": "\x1b[1;35m", "message": "\x1b[35m", "filename": "\x1b[35m", "line_no": "\x1b[35m", "frame": "\x1b[35m",
    "error_highlight": "\x1b[1;31m", "error_range": "\x1b[31m", "reset": _RESET,
}
_UNITTEST = {
    "passed": "\x1b[32m", "warn": "\x1b[33m", "fail": "\x1b[31m", "fail_info": "\x1b[1;31m", "reset": _RESET,
}


def wanted(file=None):
    """Whether text for a file (standard output) is to have colours: by the environment, else if it is a terminal."""
    if file is None:
        file = sys.stdout
    wish = None if sys.flags.ignore_environment else os.environ.get("PYTHON_COLORS")
    if wish in ("0", "1"):
        return wish == "1"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("TERM") == "dumb" or not hasattr(file, "fileno"):
        return False
    try:
        return os.isatty(file.fileno())
    except (OSError, ValueError):
        return hasattr(file, "isatty") and file.isatty()


def _theme(codes, colored):
    return SimpleNamespace(**(codes if colored else dict.fromkeys(codes, "")))


def argparse_theme(colored):
    return _theme(_ARGPARSE, colored)


def traceback_theme(colored):
    return _theme(_TRACEBACK, colored)


def unittest_theme(colored):
    return _theme(_UNITTEST, colored)


def plain(text):
    """The text without its colours."""
    if "\x1b" not in text:
        return text
    import re
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
