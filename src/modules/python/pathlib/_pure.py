"""Paths that are only text."""

import os
import posixpath

# These classes are known as the package's own.
__name__ = "pathlib"


class UnsupportedOperation(NotImplementedError):
    """An exception that is raised when an unsupported operation is attempted."""


def _texts(segments):
    """The texts of the segments that a path is made of."""
    texts = []
    for segment in segments:
        if isinstance(segment, PurePath):
            texts += segment._raw
            continue
        text = os.fspath(segment) if hasattr(segment, "__fspath__") else segment
        if not isinstance(text, str):
            raise TypeError("argument should be a str or an os.PathLike object where __fspath__ returns a str, not "
                            f"{type(text).__name__!r}")
        texts.append(str(text))
    return texts


def _parse(text):
    """(root, names) of a path: two slashes at the start are a root of their own, more are one."""
    root = ""
    if text.startswith("/"):
        root = "//" if text.startswith("//") and not text.startswith("///") else "/"
    return root, [name for name in text.split("/") if name and name != "."]


class _PathParents:
    """A sequence of the folders above a path."""

    def __init__(self, path):
        self._path = path

    def __len__(self):
        return len(self._path._names)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[at] for at in range(*idx.indices(len(self))))
        count = len(self)
        if idx >= count or idx < -count:
            raise IndexError(idx)
        if idx < 0:
            idx += count
        path = self._path
        return path._of_parts(path._root, path._names[:count - idx - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class PurePath:
    """Base class for manipulating paths without I/O."""

    __slots__ = ("_raw", "_root", "_names", "_text", "_info")
    parser = posixpath
    _sep = "/"
    _parse = staticmethod(_parse)

    def __new__(cls, *args, **kwargs):
        return object.__new__(PurePosixPath if cls is PurePath else cls)

    def __init__(self, *args):
        self._raw = _texts(args)
        self._root, self._names = self._parse(self.parser.join(*self._raw) if self._raw else "")
        self._text = None

    def with_segments(self, *pathsegments):
        """Construct a new path object from any number of path-like objects."""
        return type(self)(*pathsegments)

    def _of_parts(self, root, names):
        return self.with_segments(root + self._sep.join(names))

    def __reduce__(self):
        return type(self), tuple(self._raw)

    def __str__(self):
        if self._text is None:
            self._text = self._root + self._sep.join(self._names) or "."
        return self._text

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """Return the string representation of the path with forward (/) slashes."""
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def as_uri(self):
        """Return the path as a URI."""
        import warnings
        warnings.warn("pathlib.PurePath.as_uri() is deprecated and scheduled for removal in Python 3.19. Use "
                      "pathlib.Path.as_uri().", DeprecationWarning, stacklevel=2)
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return self._uri()

    def _uri(self):
        plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"
        return "file://" + "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in bytes(self))

    def _is_like(self, other):
        """Whether the other is a path of the same system, to compare with."""
        return isinstance(other, PurePath) and self._sep == other._sep

    def __eq__(self, other):
        return str(self) == str(other) if self._is_like(other) else NotImplemented

    def __hash__(self):
        return hash(str(self))

    def _key(self):
        return str(self).split("/")

    def __lt__(self, other):
        return self._key() < other._key() if self._is_like(other) else NotImplemented

    def __le__(self, other):
        return self._key() <= other._key() if self._is_like(other) else NotImplemented

    def __gt__(self, other):
        return self._key() > other._key() if self._is_like(other) else NotImplemented

    def __ge__(self, other):
        return self._key() >= other._key() if self._is_like(other) else NotImplemented

    @property
    def drive(self):
        """The drive prefix (letter or UNC path), if any."""
        return ""

    @property
    def root(self):
        """The root of the path, if any."""
        return self._root

    @property
    def anchor(self):
        """The concatenation of the drive and root, or ''."""
        return self._root

    @property
    def parts(self):
        """An object providing sequence-like access to the components in the filesystem path."""
        return (self._root, *self._names) if self._root else tuple(self._names)

    @property
    def name(self):
        """The final path component, if any."""
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        """The final component's last suffix, if any."""
        return posixpath.splitext(self.name)[1]

    @property
    def suffixes(self):
        """A list of the final component's suffixes, if any."""
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The final path component, minus its last suffix."""
        return posixpath.splitext(self.name)[0]

    @property
    def parent(self):
        """The logical parent of the path."""
        return self._of_parts(self._root, self._names[:-1]) if self._names else self

    @property
    def parents(self):
        """A sequence of this path's logical parents."""
        return _PathParents(self)

    def with_name(self, name):
        """Return a new path with the file name changed."""
        if not self._may_be_named(name):
            raise ValueError(f"Invalid name {name!r}")
        if not self._names:
            raise ValueError(f"{self!r} has an empty name")
        return self._of_parts(self._root, self._names[:-1] + [name])

    @staticmethod
    def _may_be_named(name):
        return name and "/" not in name and name != "."

    def with_stem(self, stem):
        """Return a new path with the stem changed."""
        suffix = self.suffix
        if not suffix:
            return self.with_name(stem)
        if not stem:
            raise ValueError(f"{self!r} has a non-empty suffix")
        return self.with_name(stem + suffix)

    def with_suffix(self, suffix):
        """Return a new path with the file suffix changed."""
        stem = self.stem
        if not stem:
            raise ValueError(f"{self!r} has an empty name")
        if suffix and not suffix.startswith("."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        return self.with_name(stem + suffix)

    def joinpath(self, *pathsegments):
        """Combine this path with one or several arguments, and return a new path."""
        return self.with_segments(self, *pathsegments)

    def __truediv__(self, key):
        try:
            return self.with_segments(self, key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self.with_segments(key, self)
        except TypeError:
            return NotImplemented

    def relative_to(self, other, *, walk_up=False):
        """Return the relative path to another path."""
        if not hasattr(other, "with_segments"):
            other = self.with_segments(other)
        for up, above in enumerate([other, *other.parents]):
            if above == self or above in self.parents:
                break
            if not walk_up:
                raise ValueError(f"{str(self)!r} is not in the subpath of {str(other)!r}")
            if above.name == "..":
                raise ValueError(f"'..' segment in {str(other)!r} cannot be walked")
        else:
            raise ValueError(f"{str(self)!r} and {str(other)!r} have different anchors")
        return self._of_parts("", [".."] * up + self._names[len(above._names):])

    def is_relative_to(self, other):
        """Return True if the path is relative to another path or False."""
        if not hasattr(other, "with_segments"):
            other = self.with_segments(other)
        return other == self or other in self.parents

    def is_absolute(self):
        """True if the path is absolute (has both a root and, if applicable, a drive)."""
        return self._root != ""

    def is_reserved(self):
        """Return True if the path contains one of the special names reserved by the system, if any."""
        import warnings
        warnings.warn("pathlib.PurePath.is_reserved() is deprecated and scheduled for removal in Python 3.15. Use "
                      "os.path.isreserved() to detect reserved paths on Windows.", DeprecationWarning, stacklevel=2)
        return self._is_reserved()

    def _is_reserved(self):
        return False

    def full_match(self, pattern, *, case_sensitive=None):
        """Return True if this path matches the given glob-style pattern. The pattern is matched against the entire
        path."""
        pattern = pattern if hasattr(pattern, "with_segments") else self.with_segments(pattern)
        if case_sensitive is None:
            case_sensitive = self._sep == "/"
        test = name_test(case_sensitive)
        return test(self._root, pattern._root) and _names_match(self._names, pattern._names, case_sensitive)

    def match(self, path_pattern, *, case_sensitive=None):
        """Return True if this path matches the given pattern. A relative pattern is matched from the right."""
        pattern = path_pattern if hasattr(path_pattern, "with_segments") else self.with_segments(path_pattern)
        if not pattern.parts:
            raise ValueError("empty pattern")
        ours, theirs = self.parts, pattern.parts
        if len(ours) < len(theirs) or pattern._root and len(ours) != len(theirs):
            return False
        test = name_test(self._sep == "/" if case_sensitive is None else case_sensitive)
        return all(test(name, wanted) for name, wanted in zip(reversed(ours), reversed(theirs)))


def name_test(case_sensitive):
    """Whether a name matches a pattern, in either way."""
    from _glob import matches
    if case_sensitive is None or case_sensitive:
        return matches
    return lambda name, pattern: matches(name.lower(), pattern.lower())


def _names_match(names, patterns, case_sensitive):
    """Whether names match patterns one by one, where ** stands for any number of names."""
    test = name_test(case_sensitive)
    # For each number of names, whether they match the patterns so far.
    reached = [True] + [False] * len(names)
    for pattern in patterns:
        if pattern == "**":
            for at in range(1, len(reached)):
                reached[at] = reached[at] or reached[at - 1]
        else:
            reached = [False] + [reached[at] and test(name, pattern) for at, name in enumerate(names)]
    return reached[-1]


class PurePosixPath(PurePath):
    """PurePath subclass for non-Windows systems."""

    __slots__ = ()
