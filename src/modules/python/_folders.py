"""Going through folders, making and removing several at once."""

import _os
import os
from _statics import stand_for
from types import GenericAlias as _GenericAlias

# What is here is known as the own of os.
__name__ = "os"


def _may_be_there(folder):
    """Whether a folder exists; one that this program may not look at does, or what is made in it will fail."""
    try:
        return os.path.exists(folder)
    except PermissionError:
        return True


def makedirs(name, mode=0o777, exist_ok=False):
    """Create a folder and those above it that are missing."""
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    if head and tail and not _may_be_there(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b"." if isinstance(tail, bytes) else "."):
            return
    try:
        os.mkdir(name, mode)
    except OSError:
        if not exist_ok or not os.path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder and those above it that have become empty."""
    os.rmdir(name)
    head, tail = os.path.split(name)
    if not tail:
        head, tail = os.path.split(head)
    while head and tail:
        try:
            os.rmdir(head)
        except OSError:
            break
        head, tail = os.path.split(head)


def renames(old, new):
    """Rename a file, making the folders of the new name and removing empty ones of the old."""
    head, tail = os.path.split(new)
    if head and tail and not os.path.exists(head):
        makedirs(head)
    os.rename(old, new)
    head, tail = os.path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """A name in a folder, and what it names."""

    __slots__ = ("name", "path", "_folder", "_stats")
    __module__ = "posix"
    __text_signature__ = "()"

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create 'posix.DirEntry' instances")

    @classmethod
    def __class_getitem__(cls, item):
        """See PEP 585"""
        return _GenericAlias(cls, item)

    def stat(self, /, *, follow_symlinks=True):
        """What the system notes of it; asked once."""
        if follow_symlinks not in self._stats:
            self._stats[follow_symlinks] = os.stat(self.path, dir_fd=self._folder, follow_symlinks=follow_symlinks)
        return self._stats[follow_symlinks]

    def inode(self, /):
        """The number of what it names."""
        return self.stat(follow_symlinks=False).st_ino

    def _is(self, kind, follow_symlinks):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except FileNotFoundError:
            return False

    def is_dir(self, /, *, follow_symlinks=True):
        """Whether it is a folder."""
        return self._is(0o040000, follow_symlinks)

    def is_file(self, /, *, follow_symlinks=True):
        """Whether it is a regular file."""
        return self._is(0o100000, follow_symlinks)

    def is_symlink(self, /):
        """Whether it is a symbolic link."""
        return self._is(0o120000, False)

    def is_junction(self, /):
        """Whether it is a junction, which there are none of here."""
        return False

    def __fspath__(self):
        return self.path

    def __reduce_ex__(self, protocol):
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


def _entry(folder, name, path):
    made = object.__new__(DirEntry)
    made.name, made.path, made._folder, made._stats = name, path, folder, {}
    return made


class _ScanDir:
    """An iterator over the entries of a folder."""

    def __init__(self, folder):
        if isinstance(folder, int):
            self._entries = (_entry(folder, name, name) for name in os.listdir(folder))
        else:
            folder = os.fspath(folder)
            self._entries = (_entry(None, name, os.path.join(folder, name)) for name in os.listdir(folder))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def close(self):
        self._entries.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


def scandir(path=None):
    """An iterator over the entries of a folder, given as a path or as a descriptor."""
    if path is None:
        path = "."
    elif not isinstance(path, int):
        path = _os._path(path, "scandir", "string, bytes, os.PathLike, integer or None")
    return _ScanDir(path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Every folder below a path with its folders and files, from the top down or from the bottom up."""

    def below(path, names):
        paths = [os.path.join(path, name) for name in names]
        return (path for path in paths if followlinks or not os.path.islink(path))

    yield from walked(os.fspath(top), _is_folder, below, topdown, onerror)


def walked(top, is_folder, below, topdown, onerror):
    """As walk. `below` makes paths of the names of a path's folders, of those that are to be looked at."""
    # Folders that are to be looked at, and answers that wait for what is below them.
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if isinstance(path, tuple):
            yield path
            continue
        try:
            entries = list(os.scandir(path))
        except OSError as problem:
            if onerror is not None:
                onerror(problem)
            continue
        folders, files = [], []
        for entry in entries:
            (folders if is_folder(entry) else files).append(entry.name)
        if topdown:
            yield path, folders, files
        else:
            waiting.append((path, folders, files))
        waiting.extend(below(path, reversed(folders)))


def _is_folder(entry):
    """Whether an entry is a folder. A link that leads round in circles is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk, with a descriptor of each folder: (path, folders, files, descriptor)."""
    top = os.fspath(top)
    yield from _fwalk(top, top, dir_fd, topdown, onerror, follow_symlinks, True)


def _fwalk(path, name, above, topdown, onerror, follow_symlinks, is_top):
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NONBLOCK
    if not follow_symlinks and not is_top:
        flags |= os.O_NOFOLLOW
    try:
        folder = os.open(name, flags, dir_fd=above)
    except OSError as problem:
        # What is no folder, or a link that is not to be followed, is passed over.
        if not is_top and problem.errno in (20, 40):
            return
        if onerror is None:
            if is_top:
                raise
            return
        onerror(problem)
        return
    try:
        folders, files = [], []
        for entry in os.scandir(folder):
            (folders if _is_folder(entry) else files).append(entry.name)
        if topdown:
            yield path, folders, files, folder
        for below in folders:
            yield from _fwalk(os.path.join(path, below), below, folder, topdown, onerror, follow_symlinks, False)
        if not topdown:
            yield path, folders, files, folder
    finally:
        os.close(folder)


stand_for("posix", scandir, *vars(DirEntry).values())
