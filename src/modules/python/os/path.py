"""Paths as text."""

import _os

sep = "/"
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
altsep = None


def isabs(path):
    """Test whether a path is absolute."""
    return path.startswith("/")


def join(first, *rest):
    """Join two or more pathname components; an absolute one drops all before it."""
    path = first
    for part in rest:
        if part.startswith("/") or not path:
            path = part
        elif path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(path):
    """Split a pathname into its last part and everything before it."""
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(path):
    """The last part of a pathname."""
    return path[path.rfind("/") + 1:]


def dirname(path):
    """Everything before the last part of a pathname."""
    return split(path)[0]


def splitext(path):
    """Split the extension, from the last dot of the last part on, from a pathname."""
    start = path.rfind("/") + 1
    dot = path.rfind(".")
    if dot > start and path[start:dot].strip("."):
        return path[:dot], path[dot:]
    return path, ""


def normpath(path):
    """Normalize a path: no double slashes, no dots."""
    if not path:
        return "."
    lead = ""
    if path.startswith("/"):
        # Exactly two slashes mean something else to POSIX.
        lead = "//" if path.startswith("//") and not path.startswith("///") else "/"
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not lead and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return (lead + "/".join(parts)) or "."


def abspath(path):
    """An absolute path."""
    if not isabs(path):
        path = join(_os.getcwd(), path)
    return normpath(path)


def commonprefix(paths):
    """The longest text that all paths begin with."""
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    for at, char in enumerate(low):
        if char != high[at]:
            return low[:at]
    return low
