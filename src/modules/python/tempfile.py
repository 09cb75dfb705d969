"""Files and folders with names that nobody else has, that go away again.

Making them needs the sandbox's leave to write.
"""

import io
import os
import weakref

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
           "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb", "gettempdirb"]

# How many names are tried before it is given up.
TMP_MAX = 10000
template = "tmp"
# The folder that the program has chosen, or that was found.
tempdir = None

_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"


def _random_name():
    # From the system's own chance: no two processes, forked ones neither, get the same.
    return "".join([_CHARACTERS[byte % len(_CHARACTERS)] for byte in os.urandom(8)])


def _same_type(*args):
    """str or bytes, as all arguments are; None says nothing."""
    found = None
    for arg in args:
        if arg is None:
            continue
        if isinstance(arg, os.PathLike):
            arg = os.fspath(arg)
        kind = bytes if isinstance(arg, bytes) else str
        if found is not None and kind is not found:
            raise TypeError("Can't mix bytes and non-bytes in path components.")
        found = kind
    if found is None:
        return bytes if isinstance(tempdir, bytes) else str
    return found


def _complete(prefix, suffix, dir):
    """What was not given, in the type of what was."""
    kind = _same_type(prefix, suffix, dir)
    if suffix is None:
        suffix = kind()
    if prefix is None:
        prefix = gettempprefix() if kind is str else gettempprefixb()
    if dir is None:
        dir = gettempdir() if kind is str else gettempdirb()
    return prefix, suffix, dir, kind


def _names(prefix, suffix, dir, kind):
    for _ in range(TMP_MAX):
        name = _random_name()
        yield os.path.join(dir, prefix + (name if kind is str else name.encode()) + suffix)


def _candidates():
    folders = [folder for folder in map(os.getenv, ("TMPDIR", "TEMP", "TMP")) if folder]
    folders += ["/tmp", "/var/tmp", "/usr/tmp"]
    try:
        folders.append(os.getcwd())
    except OSError:
        folders.append(os.curdir)
    return [os.path.abspath(folder) for folder in folders]


def _default_folder():
    """The first folder that a file can be written in."""
    for folder in _candidates():
        try:
            handle, name = _make_file(folder, template, "", str)
        except PermissionError as problem:
            if "--allow-" in str(problem):
                raise
            continue
        except OSError:
            continue
        os.close(handle)
        os.unlink(name)
        return folder
    raise FileNotFoundError(2, f"No usable temporary directory found in {_candidates()}")


def gettempprefix():
    """The default prefix for temporary directories as string."""
    return template


def gettempprefixb():
    """The default prefix for temporary directories as bytes."""
    return template.encode()


def _found_folder():
    global tempdir
    if tempdir is None:
        tempdir = _default_folder()
    return tempdir


def gettempdir():
    """Returns tempfile.tempdir as str."""
    return os.fsdecode(_found_folder())


def gettempdirb():
    """Returns tempfile.tempdir as bytes."""
    return os.fsencode(_found_folder())


def _make_file(dir, prefix, suffix, kind):
    dir = os.path.abspath(dir)
    for name in _names(prefix, suffix, dir, kind):
        try:
            return os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), name
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """User-callable function to create and return a unique temporary file: (descriptor, name)."""
    prefix, suffix, dir, kind = _complete(prefix, suffix, dir)
    return _make_file(dir, prefix, suffix, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """User-callable function to create and return a unique temporary directory."""
    prefix, suffix, dir, kind = _complete(prefix, suffix, dir)
    for name in _names(prefix, suffix, dir, kind):
        try:
            os.mkdir(name, 0o700)
        except FileExistsError:
            continue
        return os.path.abspath(name)
    raise FileExistsError(17, "No usable temporary directory name found")


def mktemp(suffix="", prefix=template, dir=None):
    """User-callable function to return a unique temporary file name. The file is not created."""
    if dir is None:
        dir = gettempdir()
    for name in _names(prefix, suffix, dir, str):
        if not os.path.lexists(name):
            return name
    raise FileExistsError(17, "No usable temporary filename found")


def _remove_file(name):
    try:
        os.unlink(name)
    except FileNotFoundError:
        pass


class _TemporaryFileWrapper:
    """A file that is deleted when it is closed, or when its block ends, or when nothing refers to it any more."""

    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file = file
        self.name = name
        self.delete = delete
        self._delete_on_close = delete_on_close
        self._cleanup = weakref.finalize(self, _remove_file, name) if delete else None

    def __repr__(self):
        return f"<{type(self).__name__} {self.file=!r}>".replace("self.", "")

    def __getattr__(self, name):
        if name == "file":
            raise AttributeError(name)
        value = getattr(self.file, name)
        if not callable(value) or isinstance(value, type):
            return value

        # A method of the file must keep this object alive.
        def call(*args, **kwargs):
            return value(*args, **kwargs)

        call.__name__, call.__doc__, call._owner = name, value.__doc__, self
        self.__dict__[name] = call
        return call

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, exc, value, tb):
        result = self.file.__exit__(exc, value, tb)
        self.close()
        if self._cleanup is not None:
            self._cleanup()
        return result

    def close(self):
        """Close the temporary file, possibly deleting it."""
        self.file.close()
        if self._delete_on_close and self._cleanup is not None:
            self._cleanup()

    def __iter__(self):
        yield from self.file


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None, delete_on_close=True):
    """Create and return a temporary file that has a name."""
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    prefix, suffix, dir, kind = _complete(prefix, suffix, dir)
    handle, name = _make_file(dir, prefix, suffix, kind)
    try:
        file = io.open(handle, mode, buffering, encoding, errors, newline)
    except BaseException:
        os.close(handle)
        os.unlink(name)
        raise
    return _TemporaryFileWrapper(file, name, delete, delete_on_close)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """Create and return a temporary file that has no name, and goes away when it is closed."""
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    prefix, suffix, dir, kind = _complete(prefix, suffix, dir)
    handle, name = _make_file(dir, prefix, suffix, kind)
    try:
        os.unlink(name)
        return io.open(handle, mode, buffering, encoding, errors, newline)
    except BaseException:
        os.close(handle)
        raise


class SpooledTemporaryFile(io.IOBase):
    """A temporary file that is kept in memory until it grows beyond a size, or a descriptor is asked for."""

    _rolled = False

    def __init__(self, max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        if "b" in mode:
            self._file = io.BytesIO()
        else:
            encoding = io.text_encoding(encoding)
            self._file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors, newline=newline)
        self._max_size = max_size
        self._args = {"mode": mode, "buffering": buffering, "suffix": suffix, "prefix": prefix, "encoding": encoding,
                      "newline": newline, "dir": dir, "errors": errors}

    @classmethod
    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)

    def _check(self, file):
        if self._max_size and not self._rolled and file.tell() > self._max_size:
            self.rollover()

    def rollover(self):
        """Go on in a real file."""
        if self._rolled:
            return
        memory = self._file
        file = self._file = TemporaryFile(**self._args)
        del self._args
        at = memory.tell()
        if hasattr(file, "buffer"):
            memory.flush()
            file.buffer.write(memory.detach().getvalue())
        else:
            file.write(memory.getvalue())
        file.seek(at, 0)
        self._rolled = True

    def __enter__(self):
        if self._file.closed:
            raise ValueError("Cannot enter context with closed file")
        return self

    def __exit__(self, exc, value, tb):
        self._file.close()

    def __iter__(self):
        return self._file.__iter__()

    def close(self):
        self._file.close()

    closed = property(lambda self: self._file.closed)
    encoding = property(lambda self: self._file.encoding)
    errors = property(lambda self: self._file.errors)
    newlines = property(lambda self: self._file.newlines)

    @property
    def mode(self):
        try:
            return self._file.mode
        except AttributeError:
            return self._args["mode"]

    @property
    def name(self):
        try:
            return self._file.name
        except AttributeError:
            return None

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def flush(self):
        self._file.flush()

    def isatty(self):
        return self._file.isatty()

    def readable(self):
        return self._file.readable()

    def writable(self):
        return self._file.writable()

    def seekable(self):
        return self._file.seekable()

    def read(self, *args):
        return self._file.read(*args)

    def read1(self, *args):
        return self._file.read1(*args)

    def readinto(self, b):
        return self._file.readinto(b)

    def readinto1(self, b):
        return self._file.readinto1(b)

    def readline(self, *args):
        return self._file.readline(*args)

    def readlines(self, *args):
        return self._file.readlines(*args)

    def seek(self, *args):
        return self._file.seek(*args)

    def tell(self):
        return self._file.tell()

    def truncate(self, size=None):
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def write(self, s):
        file = self._file
        result = file.write(s)
        self._check(file)
        return result

    def writelines(self, iterable):
        if self._max_size == 0 or self._rolled:
            return self._file.writelines(iterable)
        for line in iterable:
            self.write(line)
        return None

    def detach(self):
        return self._file.detach()


def _remove_tree(path):
    """Remove a folder with all that is in it; links are removed, and not followed."""
    try:
        entries = list(os.scandir(path))
    except PermissionError:
        os.chmod(path, 0o700)
        entries = list(os.scandir(path))
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _remove_tree(entry.path)
        else:
            try:
                os.unlink(entry.path)
            except PermissionError:
                os.chmod(path, 0o700)
                os.unlink(entry.path)
    os.rmdir(path)


class TemporaryDirectory:
    """A folder that is removed with all that is in it when its block ends, or when nothing refers to it any more."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore_cleanup_errors = ignore_cleanup_errors
        self._delete = delete
        self._finalizer = weakref.finalize(self, self._cleanup, self.name, f"Implicitly cleaning up {self!r}",
                                           ignore_cleanup_errors, delete)

    @classmethod
    def _rmtree(cls, name, ignore_errors=False):
        try:
            _remove_tree(name)
        except FileNotFoundError:
            pass
        except OSError:
            if not ignore_errors:
                raise

    @classmethod
    def _cleanup(cls, name, warn_message, ignore_errors=False, delete=True):
        if delete:
            cls._rmtree(name, ignore_errors)
            import warnings
            warnings.warn(warn_message, ResourceWarning)

    def __repr__(self):
        return f"<{type(self).__name__} {self.name!r}>"

    def __enter__(self):
        return self.name

    def __exit__(self, exc, value, tb):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        """Remove the folder now."""
        if self._finalizer.detach() or os.path.exists(self.name):
            self._rmtree(self.name, self._ignore_cleanup_errors)

    @classmethod
    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)
