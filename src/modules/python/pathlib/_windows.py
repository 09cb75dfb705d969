"""Paths as Windows writes them, which are only text here."""

from pathlib._path import Path
from pathlib._pure import PurePath, UnsupportedOperation

# These classes are known as the package's own.
__name__ = "pathlib"

_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
_RESERVED |= {port + digit for port in ("COM", "LPT") for digit in "123456789\xb9\xb2\xb3"}


class _Parser:
    """What ntpath would offer, as far as paths need it."""

    sep, altsep, curdir, pardir, extsep, pathsep = "\\", "/", ".", "..", ".", ";"

    def __repr__(self):
        return "<module 'ntpath'>"

    @staticmethod
    def splitroot(path):
        """(drive, root, rest): the drive is a letter with a colon, or a share of another machine."""
        plain = path.replace("/", "\\")
        if plain.startswith("\\\\"):
            start = 8 if plain[:8].upper() == "\\\\?\\UNC\\" else 2
            server = plain.find("\\", start)
            share = plain.find("\\", server + 1) if server >= 0 else -1
            if share < 0:
                return path, "", ""
            return path[:share], path[share:share + 1], path[share + 1:]
        if plain.startswith("\\"):
            return "", path[:1], path[1:]
        if plain[1:2] == ":":
            end = 3 if plain[2:3] == "\\" else 2
            return path[:2], path[2:end], path[end:]
        return "", "", path

    @staticmethod
    def splitdrive(path):
        """(drive, rest)"""
        drive, root, rest = _Parser.splitroot(path)
        return drive, root + rest

    @staticmethod
    def normcase(path):
        """As Windows compares paths."""
        return path.replace("/", "\\").lower()

    @staticmethod
    def isabs(path):
        """Whether the path says where it starts."""
        drive, root, _ = _Parser.splitroot(path)
        return bool(drive and root) or drive.startswith(("\\\\", "//"))

    @staticmethod
    def join(first, *more):
        """One path after the other; one with a root or another drive starts anew."""
        drive, root, rest = _Parser.splitroot(first)
        for path in more:
            its_drive, its_root, its_rest = _Parser.splitroot(path)
            if its_root:
                drive = its_drive if its_drive or not drive else drive
                root, rest = its_root, its_rest
                continue
            if its_drive and its_drive != drive:
                is_other = its_drive.lower() != drive.lower()
                drive = its_drive
                if is_other:
                    root, rest = its_root, its_rest
                    continue
            if rest and rest[-1] not in "\\/":
                rest += "\\"
            rest += its_rest
        if rest and not root and drive and drive[-1] not in ":\\/":
            return drive + "\\" + rest
        return drive + root + rest


def _split(text):
    """(drive, root, names)"""
    drive, root, rest = _Parser.splitroot(text.replace("/", "\\"))
    if not root and drive.startswith("\\") and not drive.endswith("\\"):
        # A share is a root, too, and so is one that is named with the prefix for long names.
        parts = drive.split("\\")
        if len(parts) == 4 and parts[2] not in ("?", ".") or len(parts) == 6:
            root = "\\"
    return drive, root, [name for name in rest.split("\\") if name and name != "."]


def _joined(root, names):
    # What only looks like a drive is told from one by a dot.
    is_like_drive = not root and names and names[0][1:2] == ":"
    return root + "\\".join([".", *names] if is_like_drive else names)


def _parse(text):
    drive, root, names = _split(text)
    return drive + root, names


class PureWindowsPath(PurePath):
    """PurePath subclass for Windows systems."""

    __slots__ = ()
    parser = _Parser()
    _sep = "\\"
    _parse = staticmethod(_parse)

    def as_posix(self):
        """Return the string representation of the path with forward (/) slashes."""
        return str(self).replace("\\", "/")

    def __repr__(self):
        return f"{type(self).__name__}({self.as_posix()!r})"

    def _uri(self):
        path, prefix = self.as_posix(), "file:"
        if len(self.drive) == 2 and self.drive[1] == ":":
            prefix, path = f"file:///{self.drive}", path[2:]
        plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/"
        return prefix + "".join(chr(byte) if byte in plain else f"%{byte:02X}" for byte in path.encode())

    def __eq__(self, other):
        return self._key() == other._key() if self._is_like(other) else NotImplemented

    def __hash__(self):
        return hash(str(self).lower())

    def _key(self):
        return str(self).lower().split("\\")

    @property
    def drive(self):
        """The drive prefix (letter or UNC path), if any."""
        return _split(self._root)[0]

    @property
    def root(self):
        """The root of the path, if any."""
        return _split(self._root)[1]

    def is_absolute(self):
        """True if the path is absolute (has both a root and, if applicable, a drive)."""
        return _Parser.isabs(str(self))

    @staticmethod
    def _may_be_named(name):
        return name and not set("\\/") & set(name) and name != "."

    def __str__(self):
        if self._text is None:
            self._text = _joined(self._root, self._names) or "."
        return self._text

    def _of_parts(self, root, names):
        return self.with_segments(_joined(root, names))

    def _is_reserved(self):
        return any(map(_is_reserved_name, self._names))


def _is_reserved_name(name):
    if name.endswith((".", " ")):
        return name not in (".", "..")
    if any(c in '*?"<>/\\:|' or c < " " for c in name):
        return True
    return name.partition(".")[0].rstrip(" ").upper() in _RESERVED


class WindowsPath(Path, PureWindowsPath):
    """Path subclass for Windows systems, which this is none of."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise UnsupportedOperation(f"cannot instantiate {cls.__name__!r} on your system")
