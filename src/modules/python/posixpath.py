"""Paths as text or bytes, and questions about where they lead."""

import _os

sep = "/"
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

_FOLDER, _FILE, _LINK = 0o040000, 0o100000, 0o120000


def _fspath(path):
    from os import fspath
    return fspath(path)


def _letters(path):
    """What is looked for in a path of this kind: slash, dot."""
    return (b"/", b".") if isinstance(path, bytes) else ("/", ".")


def _refuse_mixture(function, paths):
    """TypeError for arguments that cannot be one path."""
    for path in paths:
        if not isinstance(path, (str, bytes)):
            raise TypeError(f"{function}() argument must be str, bytes, or os.PathLike object, "
                            f"not {type(path).__name__!r}") from None
    if len({isinstance(path, bytes) for path in paths}) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None


def isabs(s):
    """Test whether a path is absolute."""
    s = _fspath(s)
    return s.startswith(_letters(s)[0])


def join(a, *p):
    """Join two or more pathname components; an absolute one drops all before it."""
    a = _fspath(a)
    slash = _letters(a)[0]
    p = [part if isinstance(part, (str, bytes)) or not hasattr(type(part), "__fspath__") else _fspath(part)
             for part in p]
    _refuse_mixture("join", (a, *p))
    for part in p:
        if part.startswith(slash) or not a:
            a = part
        elif a.endswith(slash):
            a += part
        else:
            a += slash + part
    return a


def split(p):
    """Split a pathname into everything before its last part, and that."""
    p = _fspath(p)
    slash = _letters(p)[0]
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def basename(p):
    """The last part of a pathname."""
    return split(p)[1]


def dirname(p):
    """Everything before the last part of a pathname."""
    return split(p)[0]


def splitext(p):
    """Split the extension, from the last dot of the last part on, from a pathname."""
    p = _fspath(p)
    slash, dot = _letters(p)
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at].strip(dot):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    """Split a pathname into a drive, which there is none of here, and the rest."""
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    """Split a pathname into drive, root and the rest."""
    p = _fspath(p)
    slash = _letters(p)[0]
    if not p.startswith(slash):
        return p[:0], p[:0], p
    length = 2 if p.startswith(slash * 2) and not p.startswith(slash * 3) else 1
    return p[:0], p[:length], p[length:]


def normcase(s):
    """Paths differ by case here."""
    return _fspath(s)


def normpath(path):
    """Normalize a path: no double slashes, no dots."""
    path = _fspath(path)
    slash, dot = _letters(path)
    if not path:
        return dot
    # Exactly two slashes mean something else to POSIX.
    _, lead, rest = splitroot(path)
    parts = []
    for part in rest.split(slash):
        if not part or part == dot:
            continue
        if part != dot * 2 or (not lead and not parts) or (parts and parts[-1] == dot * 2):
            parts.append(part)
        elif parts:
            parts.pop()
    return (lead + slash.join(parts)) or dot


def abspath(path):
    """An absolute path."""
    path = _fspath(path)
    if not isabs(path):
        folder = _os.getcwd()
        path = join(folder.encode() if isinstance(path, bytes) else folder, path)
    return normpath(path)


def relpath(path, start=None):
    """A relative version of a path."""
    path = _fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash, dot = _letters(path)
    start = dot if start is None else _fspath(start)
    _refuse_mixture("relpath", (path, start))
    here = [part for part in abspath(start).split(slash) if part]
    there = [part for part in abspath(path).split(slash) if part]
    same = len(commonprefix([here, there]))
    return slash.join([dot * 2] * (len(here) - same) + there[same:]) or dot


def commonprefix(m):
    """The longest beginning that all paths, or all sequences, share."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(_fspath, m))
    low, high = min(m), max(m)
    for at, item in enumerate(low):
        if item != high[at]:
            return low[:at]
    return low


def commonpath(paths):
    """The longest path that all paths lie below."""
    paths = tuple(map(_fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    _refuse_mixture("commonpath", paths)
    slash, dot = _letters(paths[0])
    if len({path.startswith(slash) for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
    prefix = slash if paths[0].startswith(slash) else slash[:0]
    return prefix + slash.join(commonprefix(split_paths))


def expanduser(path):
    """Replace a ~ at the start by the home folder."""
    path = _fspath(path)
    slash = _letters(path)[0]
    tilde = b"~" if isinstance(path, bytes) else "~"
    if path != tilde and not path.startswith(tilde + slash):
        return path
    from os import environ, fsencode
    home = environ.get("HOME")
    if home is None:
        return path
    home = fsencode(home) if isinstance(path, bytes) else home
    return (home.rstrip(slash) + path[1:]) or slash


def expandvars(path):
    """Replace $name and ${name} by variables of the environment, as far as those exist."""
    path = _fspath(path)
    if isinstance(path, bytes):
        from os import fsdecode, fsencode
        return fsencode(expandvars(fsdecode(path)))
    from os import environ
    out = []
    at = 0
    while (dollar := path.find("$", at)) >= 0:
        out.append(path[at:dollar])
        at = dollar + 1
        if path.startswith("{", at) and (end := path.find("}", at)) >= 0:
            name, at = path[at + 1:end], end + 1
        else:
            end = at
            while end < len(path) and path[end].isascii() and (path[end].isalnum() or path[end] == "_"):
                end += 1
            name, at = path[at:end], end
        out.append(environ[name] if name in environ else path[dollar:at])
    return "".join(out) + path[at:]


# What needs leave to read is refused here as everywhere. To answer that there is nothing would have a program write over what
# it was not shown, and whoever runs it would never hear which flag is missing.


def exists(path):
    """Whether a path leads to something."""
    return _os._exists(path, 0)


def isfile(path):
    """Whether a path leads to a regular file."""
    return _os._exists(path, _FILE)


def isdir(s):
    """Whether a path leads to a folder."""
    return _os._exists(s, _FOLDER)


def _kind(path):
    try:
        return _os.lstat(path).st_mode & 0o170000
    except PermissionError:
        raise
    except (OSError, ValueError):
        return 0


def lexists(path):
    """Whether a path names something, be it a link that leads nowhere."""
    return _kind(path) != 0


def islink(path):
    """Whether a path names a symbolic link."""
    return _kind(path) == _LINK


def isjunction(path):
    """Whether a path names a junction, which there are none of here."""
    _fspath(path)
    return False


def isdevdrive(path):
    """Whether a path lies on a Dev Drive, which there are none of here."""
    _fspath(path)
    return False


def ismount(path):
    """Whether a path is where a file system is mounted."""
    if not lexists(path):
        return False
    try:
        here = _os.lstat(path)
        above = _os.lstat(join(path, b".." if isinstance(_fspath(path), bytes) else ".."))
    except (OSError, ValueError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def getsize(filename):
    """The size of a file in bytes."""
    return _os.stat(filename).st_size


def getmtime(filename):
    """When a file was last changed."""
    return _os.stat(filename).st_mtime


def getatime(filename):
    """When a file was last read."""
    return _os.stat(filename).st_atime


def getctime(filename):
    """When what the system notes of a file was last changed."""
    return _os.stat(filename).st_ctime


def samestat(s1, s2):
    """Whether two stat results are of the same file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to the same file."""
    return samestat(_os.stat(f1), _os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of the same file."""
    return samestat(_os.fstat(fp1), _os.fstat(fp2))


@object.__new__
class ALLOW_MISSING:
    """For realpath(strict=ALLOW_MISSING): parts that do not exist are no error, all else is."""

    __module__ = "genericpath"

    def __repr__(self):
        return "os.path.ALLOW_MISSING"

    def __reduce__(self):
        return "ALLOW_MISSING"


def realpath(filename, *, strict=False):
    """The path without symbolic links."""
    filename = _fspath(filename)
    slash, dot = _letters(filename)
    rest = ([] if isabs(filename) else abspath(dot).split(slash)) + filename.split(slash)
    rest.reverse()
    there = slash
    # Where links have led; None while a link is being followed. A link after its target marks the end of that.
    known = {}
    while rest:
        part = rest.pop()
        if isinstance(part, tuple):
            known[part[0]] = there
            continue
        if not part or part == dot:
            continue
        if part == dot * 2:
            there = dirname(there)
            continue
        next_place = join(there, part)
        if next_place in known:
            there = known[next_place]
            if there is None:
                # It leads back to itself.
                if strict:
                    raise OSError(40, "Too many levels of symbolic links", next_place)
                there = next_place
            continue
        try:
            target = _os.readlink(next_place)
        except OSError as error:
            # EINVAL: no link, as most things are.
            missing = strict is ALLOW_MISSING and isinstance(error, FileNotFoundError)
            if strict and error.errno != 22 and not missing:
                raise
            if strict and not missing and any(isinstance(part, (str, bytes)) for part in rest) and not isdir(next_place):
                # Something is asked for below what is no folder.
                raise NotADirectoryError(20, "Not a directory", next_place)
            there = next_place
            continue
        known[next_place] = None
        rest.append((next_place,))
        if isabs(target):
            there = slash
        rest.extend(reversed(target.split(slash)))
    return there
