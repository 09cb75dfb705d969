"""Lines of source files: of what the interpreter has loaded, and of files that may be read."""

import _traceback

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

# Lists of lines by filename, or a function that gives the text.
cache = {}


def getline(filename, lineno, module_globals=None):
    """A line (from 1) with its end; empty if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""


def getlines(filename, module_globals=None):
    """All lines of a file."""
    known = cache.get(filename)
    if known is not None and len(known) != 1:
        return known[2]
    return updatecache(filename, module_globals)


def clearcache():
    """Forget all lines."""
    cache.clear()


def checkcache(filename=None):
    """Forget lines of files that have changed or gone."""
    import os
    for name in [filename] if filename is not None else list(cache):
        entry = cache.get(name)
        if entry is None or len(entry) == 1 or entry[1] is None:
            continue
        try:
            status = os.stat(entry[3])
        except (OSError, ValueError):
            cache.pop(name, None)
            continue
        if (status.st_size, status.st_mtime) != (entry[0], entry[1]):
            cache.pop(name, None)


def updatecache(filename, module_globals=None):
    """Read the lines of a file again."""
    entry = cache.pop(filename, None)
    if not filename:
        return []
    if entry is not None and len(entry) == 1:
        text = entry[0]()
        size, changed = len(text or ""), None
    else:
        text = _traceback.source(filename)
        size, changed = len(text or ""), None
    if text is None:
        if filename.startswith("<") and filename.endswith(">"):
            return []
        import os
        try:
            with open(filename, encoding="utf-8", errors="replace") as file:
                text = file.read()
            status = os.stat(filename)
        except (OSError, ValueError):
            return []
        size, changed = status.st_size, status.st_mtime
    lines = text.replace("\r\n", "\n").replace("\r", "\n").splitlines(True) if "\f" not in text and "\x0b" not in text \
        else [line + "\n" for line in text.split("\n")]
    if not lines:
        lines = ["\n"]
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = size, changed, lines, filename
    return lines


def lazycache(filename, module_globals):
    """Remember that a module's loader knows the source."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or (filename.startswith("<") and filename.endswith(">")):
        return False
    loader = module_globals.get("__loader__") if module_globals else None
    get_source = getattr(loader, "get_source", None)
    name = module_globals.get("__name__") if module_globals else None
    if name and get_source:
        cache[filename] = (lambda: get_source(name),)
        return True
    return False
