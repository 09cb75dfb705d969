"""Paths that the file system is asked of."""

import io
import os
import posixpath

from _folders import walked
from pathlib._pure import PurePath, PurePosixPath, UnsupportedOperation, name_test

# These classes are known as the package's own.
__name__ = "pathlib"

_KIND = 0o170000
_FOLDER, _FILE, _LINK = 0o040000, 0o100000, 0o120000
_BLOCK, _CHAR, _FIFO, _SOCKET = 0o060000, 0o020000, 0o010000, 0o140000


class _PathInfo:
    """What is known of a path, asked for once."""

    __slots__ = ("_path", "_modes")

    def __init__(self, path):
        self._path = str(path)
        self._modes = {}

    def __repr__(self):
        return f"<{type(self).__name__.lstrip('_')}>"

    def _mode(self, follow_symlinks):
        if follow_symlinks not in self._modes:
            try:
                self._modes[follow_symlinks] = (os.stat if follow_symlinks else os.lstat)(self._path).st_mode
            except (OSError, ValueError):
                self._modes[follow_symlinks] = 0
        return self._modes[follow_symlinks]

    def exists(self, *, follow_symlinks=True):
        return self._mode(follow_symlinks) != 0

    def is_dir(self, *, follow_symlinks=True):
        return self._mode(follow_symlinks) & _KIND == _FOLDER

    def is_file(self, *, follow_symlinks=True):
        return self._mode(follow_symlinks) & _KIND == _FILE

    def is_symlink(self):
        return self._mode(False) & _KIND == _LINK


class Path(PurePath):
    """PurePath subclass that can make system calls."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        return object.__new__(PosixPath if cls is Path else cls)

    @classmethod
    def cwd(cls):
        """Return a new path pointing to the current working directory."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """Return a new path pointing to expanduser('~')."""
        return cls("~").expanduser()

    @classmethod
    def from_uri(cls, uri):
        """Return a new path from the given 'file' URI."""
        if not uri.startswith("file:"):
            raise ValueError("URL is missing a 'file:' scheme")
        text = uri[5:]
        if text.startswith("///"):
            text = text[2:]
        elif text.startswith("//localhost/"):
            text = text[11:]
        elif text.startswith("//") and text[2:3] != "/":
            raise ValueError("file:// scheme is supported only on localhost")
        raw, at = bytearray(), 0
        data = text.encode("utf-8", "surrogateescape")
        while at < len(data):
            if data[at] == 37 and len(data) > at + 2 and all(chr(byte) in "0123456789abcdefABCDEF"
                                                             for byte in data[at + 1:at + 3]):
                raw.append(int(data[at + 1:at + 3], 16))
                at += 3
            else:
                raw.append(data[at])
                at += 1
        path = cls(os.fsdecode(bytes(raw)))
        if not path.is_absolute():
            raise ValueError(f"URI is not absolute: {uri!r}")
        return path

    def as_uri(self):
        """Return the path as a URI."""
        if not self.is_absolute():
            raise ValueError("relative paths can't be expressed as file URIs")
        return self._uri()

    @property
    def info(self):
        """What is known of the path, asked for once."""
        try:
            return self._info
        except AttributeError:
            self._info = _PathInfo(self)
            return self._info

    def stat(self, *, follow_symlinks=True):
        """Return the result of the stat() system call on this path."""
        return os.stat(self) if follow_symlinks else os.lstat(self)

    def lstat(self):
        """Like stat(), except if the path points to a symlink, the symlink's status information is returned."""
        return os.lstat(self)

    def _is(self, kind, follow_symlinks=True):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & _KIND == kind
        except PermissionError:
            # The sandbox's gate is not to be mistaken for a missing file.
            raise
        except (OSError, ValueError):
            return False

    def exists(self, *, follow_symlinks=True):
        """Whether this path exists."""
        return posixpath.exists(self) if follow_symlinks else posixpath.lexists(self)

    def is_dir(self, *, follow_symlinks=True):
        """Whether this path is a directory."""
        return self._is(_FOLDER, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        """Whether this path is a regular file."""
        return self._is(_FILE, follow_symlinks)

    def is_symlink(self):
        """Whether this path is a symbolic link."""
        return self._is(_LINK, False)

    def is_mount(self):
        """Check if this path is a mount point."""
        try:
            here, above = self.lstat(), self.parent.lstat() if self.name else self.joinpath("..").lstat()
        except (OSError, ValueError):
            return False
        return here.st_mode & _KIND != _LINK and (here.st_dev != above.st_dev or here.st_ino == above.st_ino)

    def is_junction(self):
        """Whether this path is a junction."""
        return False

    def is_block_device(self):
        """Whether this path is a block device."""
        return self._is(_BLOCK)

    def is_char_device(self):
        """Whether this path is a character device."""
        return self._is(_CHAR)

    def is_fifo(self):
        """Whether this path is a FIFO."""
        return self._is(_FIFO)

    def is_socket(self):
        """Whether this path is a socket."""
        return self._is(_SOCKET)

    def samefile(self, other_path):
        """Return whether other_path is the same or not as this file."""
        ours, theirs = self.stat(), os.stat(other_path)
        return (ours.st_ino, ours.st_dev) == (theirs.st_ino, theirs.st_dev)

    # Reading and writing.

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file pointed to by this path and return a file object, as the built-in open() function does."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """Open the file in bytes mode, read it, and close the file."""
        with self.open("rb", buffering=0) as file:
            return file.read()

    def read_text(self, encoding=None, errors=None, newline=None):
        """Open the file in text mode, read it, and close the file."""
        with self.open("r", -1, encoding, errors, newline) as file:
            return file.read()

    def write_bytes(self, data):
        """Open the file in bytes mode, write to it, and close the file."""
        view = memoryview(data)
        with self.open("wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Open the file in text mode, write to it, and close the file."""
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with self.open("w", -1, encoding, errors, newline) as file:
            return file.write(data)

    # Folders.

    def iterdir(self):
        """Yield path objects of the directory contents."""
        names = os.listdir(self)
        return (self._below(name) for name in names)

    def _below(self, name):
        return self.with_segments(self, name)

    def walk(self, top_down=True, on_error=None, follow_symlinks=False):
        """Walk the directory tree from this directory, similar to os.walk()."""

        def below(path, names):
            return (path._below(name) for name in names)

        def is_folder(entry):
            return _is_folder(entry, follow_symlinks)

        yield from walked(self, is_folder, below, top_down, on_error)

    def glob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """Iterate over this subtree and yield all existing files (of any kind, including directories) matching the
        given relative pattern."""
        text = os.fspath(pattern) if hasattr(pattern, "__fspath__") else pattern
        parsed = self.with_segments(pattern)
        if parsed.anchor:
            raise NotImplementedError("Non-relative patterns are unsupported")
        parts = list(parsed._names)
        if not parts:
            raise ValueError(f"Unacceptable pattern: {text!r}")
        return self._glob(parts, text.endswith("/"), name_test(case_sensitive), recurse_symlinks)

    def rglob(self, pattern, *, case_sensitive=None, recurse_symlinks=False):
        """Recursively yield all existing files (of any kind, including directories) matching the given relative
        pattern, anywhere in this subtree."""
        text = os.fspath(pattern) if hasattr(pattern, "__fspath__") else pattern
        parsed = self.with_segments(pattern)
        if parsed.anchor:
            raise NotImplementedError("Non-relative patterns are unsupported")
        only_folders = text.endswith("/") or not parsed._names
        return self._glob(["**", *parsed._names], only_folders, name_test(case_sensitive), recurse_symlinks)

    def _glob(self, parts, only_folders, test, recurse_symlinks):
        seen = set()
        for path in _select(self, parts, test, recurse_symlinks):
            if (not only_folders or path.is_dir()) and str(path) not in seen:
                seen.add(str(path))
                yield path

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Create a new directory at this given path."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        """Remove this directory.  The directory must be empty."""
        os.rmdir(self)

    # Names.

    def absolute(self):
        """Return an absolute version of this path: no normalization or symlink resolution is performed."""
        return self if self.is_absolute() else self.with_segments(os.getcwd(), self)

    def resolve(self, strict=False):
        """Make the path absolute, resolving all symlinks on the way and also normalizing it."""
        return self.with_segments(posixpath.realpath(self, strict=strict))

    def readlink(self):
        """Return the path to which the symbolic link points."""
        return self.with_segments(os.readlink(self))

    def expanduser(self):
        """Return a new path with expanded ~ and ~user constructs (as returned by os.path.expanduser)."""
        if self._root or not self._names or not self._names[0].startswith("~"):
            return self
        home = posixpath.expanduser(self._names[0])
        if home.startswith("~"):
            raise RuntimeError("Could not determine home directory.")
        return self.with_segments(home, *self._names[1:])

    def owner(self, *, follow_symlinks=True):
        """Return the login name of the file owner."""
        raise UnsupportedOperation(f"{type(self).__name__}.owner() is unsupported on this system")

    def group(self, *, follow_symlinks=True):
        """Return the group name of the file gid."""
        raise UnsupportedOperation(f"{type(self).__name__}.group() is unsupported on this system")

    # Changes.

    def touch(self, mode=0o666, exist_ok=True):
        """Create this file with the given access mode, if it doesn't exist."""
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                # It is missing, or will be refused again with the better reason.
                pass
        os.close(os.open(self, os.O_CREAT | os.O_WRONLY | (0 if exist_ok else os.O_EXCL), mode))

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions of the path, like os.chmod()."""
        if not follow_symlinks:
            raise NotImplementedError("chmod: follow_symlinks unavailable on this platform")
        os.chmod(self, mode)

    def lchmod(self, mode):
        """Like chmod(), except if the path points to a symlink, the symlink's permissions are changed."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove this file or link."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        """Rename this path to the target path."""
        os.rename(self, target)
        return target if hasattr(target, "with_segments") else self.with_segments(target)

    def replace(self, target):
        """Rename this path to the target path, overwriting if that path exists."""
        os.replace(self, target)
        return target if hasattr(target, "with_segments") else self.with_segments(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this path a symlink pointing to the target path."""
        os.symlink(target, self)

    def hardlink_to(self, target):
        """Make this path a hard link pointing to the same file as *target*."""
        os.link(target, self)

    def _target(self, target):
        return target if hasattr(target, "with_segments") else self.with_segments(target)

    def copy(self, target, *, follow_symlinks=True, preserve_metadata=False):
        """Recursively copy this file or directory tree to the given destination."""
        target = self._target(target)
        if target == self or self in target.parents and self.is_dir():
            raise _both_named(OSError(22, "Source and target are the same path" if target == self else
                                      "Source path is a parent of target path"), self, target)
        if not follow_symlinks and self.is_symlink():
            target.symlink_to(os.readlink(self))
            return target
        if self.is_dir():
            target.mkdir()
            for entry in self.iterdir():
                entry.copy(target / entry.name, follow_symlinks=follow_symlinks, preserve_metadata=preserve_metadata)
        else:
            with self.open("rb") as source, target.open("wb") as copy:
                while data := source.read(1 << 20):
                    copy.write(data)
        if preserve_metadata:
            self._describe(target)
        return target

    def _describe(self, target):
        """Give a copy the times, the mode and the extended attributes of this file."""
        found = self.stat()
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
        try:
            for name in os.listxattr(self):
                os.setxattr(target, name, os.getxattr(self, name))
        except OSError as problem:
            # Not allowed, gone meanwhile, not possible there.
            if problem.errno not in (1, 13, 22, 61, 95):
                raise
        target.chmod(found.st_mode & 0o7777)

    def copy_into(self, target_dir, **kwargs):
        """Copy this file or directory tree into the given existing directory."""
        return self.copy(self._into(target_dir), **kwargs)

    def _into(self, target_dir):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._target(target_dir) / self.name

    def move(self, target):
        """Recursively move this file or directory tree to the given destination."""
        target = self._target(target)
        try:
            same = os.path.samefile(self, target)
        except OSError:
            same = False
        if same:
            raise _both_named(OSError(22, "Source and target are the same file"), self, target)
        try:
            os.replace(self, target)
        except OSError as problem:
            if problem.errno != 18:
                raise
            # Another device: copied and removed.
            self.copy(target, follow_symlinks=False, preserve_metadata=True)
            self._remove()
        return target

    def move_into(self, target_dir):
        """Move this file or directory tree into the given existing directory."""
        return self.move(self._into(target_dir))

    def _remove(self):
        if self.is_symlink() or not self.is_dir():
            self.unlink()
            return
        for entry in self.iterdir():
            entry._remove()
        self.rmdir()


def _both_named(problem, source, target):
    problem.filename, problem.filename2 = str(source), str(target)
    return problem


def _select(path, parts, test, recurse_symlinks):
    """The paths below a path that match patterns, one for each name."""
    if not parts:
        yield path
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        while rest and rest[0] == "**":
            rest = rest[1:]
        yield from _select_recursively(path, rest, test, recurse_symlinks)
    elif part == "..":
        if path._below(part).exists():
            yield from _select(path._below(part), rest, test, recurse_symlinks)
    else:
        for entry in _entries(path):
            if test(entry.name, part) and (not rest or _is_folder(entry, True)):
                yield from _select(path._below(entry.name), rest, test, recurse_symlinks)


def _select_recursively(path, rest, test, recurse_symlinks):
    """What matches in a folder and in all below it."""
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if rest or path.is_dir():
            yield from _select(path, rest, test, recurse_symlinks)
        folders = []
        for entry in _entries(path):
            if _is_folder(entry, recurse_symlinks):
                folders.append(path._below(entry.name))
            elif not rest:
                yield path._below(entry.name)
        waiting.extend(reversed(folders))


def _is_folder(entry, follow_symlinks):
    """Whether an entry is a folder. A link that leads round in circles is none."""
    try:
        return entry.is_dir(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _entries(path):
    try:
        return list(os.scandir(path))
    except OSError:
        return []


class PosixPath(Path, PurePosixPath):
    """Path subclass for non-Windows systems."""

    __slots__ = ()
