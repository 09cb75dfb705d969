"""The operating system's interface: files, folders, descriptors, the environment, the process.

What reaches beyond the program goes through the sandbox's gate and needs its flags.
"""

import _os
import sys
from _os import (F_OK, O_APPEND, O_CLOEXEC, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR,
                 O_SYNC, O_TRUNC, O_WRONLY, R_OK, W_OK, X_OK, EX_OK, _exit, abort, access, chdir, chmod, close, closerange,
                 cpu_count, dup, dup2, fdatasync, fstat, fsync, ftruncate, get_blocking, get_inheritable, getcwd, getegid, getloadavg,
                 geteuid, getgid, getpgid, getpgrp, getpid, getppid, getpriority, getsid, getuid, isatty, kill, killpg,
                 link, listdir, lseek, lstat, mkdir, mkfifo, nice, open, pipe, pipe2, process_cpu_count, read, readlink,
                 remove, rename, replace, rmdir, sched_yield, set_blocking, set_inheritable, setpgid, setpgrp, setsid,
                 stat, strerror, symlink, truncate, umask, unlink, urandom, wait, waitpid, write)
from _os import (CLD_CONTINUED, CLD_DUMPED, CLD_EXITED, CLD_KILLED, CLD_STOPPED, CLD_TRAPPED, P_ALL, P_PGID, P_PID,
                 P_PIDFD, PRIO_PGRP, PRIO_PROCESS, PRIO_USER, WCONTINUED, WCOREDUMP, WEXITED, WEXITSTATUS,
                 WIFCONTINUED, WIFEXITED, WIFSIGNALED, WIFSTOPPED, WNOHANG, WNOWAIT, WSTOPPED, WSTOPSIG, WTERMSIG,
                 WUNTRACED)

name = "posix"
sep = "/"
altsep = None
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
linesep = "\n"
devnull = "/dev/null"
defpath = "/bin:/usr/bin"

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
SEEK_DATA = 3
SEEK_HOLE = 4

# Exit codes as sendmail once had them.
(EX_USAGE, EX_DATAERR, EX_NOINPUT, EX_NOUSER, EX_NOHOST, EX_UNAVAILABLE, EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT,
 EX_IOERR, EX_TEMPFAIL, EX_PROTOCOL, EX_NOPERM, EX_CONFIG) = range(64, 79)

error = OSError


class _Record(tuple):
    """A tuple whose items have names; some more attributes may follow."""

    __slots__ = ()
    _fields = ()

    def __init_subclass__(cls):
        for at, name in enumerate(cls._fields):
            setattr(cls, name, property(lambda self, at=at: self[at]))
        cls.n_fields = cls.n_sequence_fields = len(cls._fields)
        cls.n_unnamed_fields = 0
        cls.__match_args__ = cls._fields

    def __repr__(self):
        return f"{type(self).__module__}.{type(self).__qualname__}(" + \
            ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self)) + ")"


class stat_result(_Record):
    """What the system notes of a file."""

    _fields = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime",
               "st_ctime")

    def __new__(cls, fields, more=None):
        fields = tuple(fields)
        if len(fields) < 10:
            raise TypeError(f"os.stat_result() takes an at least 10-sequence ({len(fields)}-sequence given)")
        self = super().__new__(cls, fields[:10])
        names = ("st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize",
                 "st_blocks", "st_rdev")
        self.__dict__["_more"] = dict(zip(names, more or ()))
        return self

    st_atime_ns = property(lambda self: self._more.get("st_atime_ns"))
    st_mtime_ns = property(lambda self: self._more.get("st_mtime_ns"))
    st_ctime_ns = property(lambda self: self._more.get("st_ctime_ns"))
    st_blksize = property(lambda self: self._more.get("st_blksize"))
    st_blocks = property(lambda self: self._more.get("st_blocks"))
    st_rdev = property(lambda self: self._more.get("st_rdev"))


# The times among the items are whole seconds, the attributes are exact.
for _name in ("st_atime", "st_mtime", "st_ctime"):
    setattr(stat_result, _name, property(lambda self, name=_name, at=stat_result._fields.index(_name):
                                         self._more.get(name, self[at])))
del _name


class times_result(_Record):
    """The times of the process, of its children, and since some moment, in seconds."""

    __module__ = "posix"
    _fields = ("user", "system", "children_user", "children_system", "elapsed")


def times():
    """The times that the process and its children have used."""
    return times_result(_os.times())


class waitid_result(_Record):
    """What has happened to a child process."""

    __module__ = "posix"
    _fields = ("si_pid", "si_uid", "si_signo", "si_status", "si_code")


class struct_rusage(_Record):
    """What a process has used."""

    __module__ = "resource"
    _fields = ("ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt",
               "ru_nswap", "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw")


# The names that programs ask for.
sysconf_names = {
    "SC_ARG_MAX": 0, "SC_CHILD_MAX": 1, "SC_CLK_TCK": 2, "SC_NGROUPS_MAX": 3, "SC_OPEN_MAX": 4, "SC_STREAM_MAX": 5,
    "SC_VERSION": 29, "SC_PAGESIZE": 30, "SC_PAGE_SIZE": 30, "SC_SEM_NSEMS_MAX": 32, "SC_SEM_VALUE_MAX": 33,
    "SC_LINE_MAX": 43, "SC_IOV_MAX": 60, "SC_LOGIN_NAME_MAX": 71, "SC_TTY_NAME_MAX": 72, "SC_THREAD_KEYS_MAX": 74,
    "SC_THREAD_STACK_MIN": 75, "SC_THREAD_THREADS_MAX": 76, "SC_NPROCESSORS_CONF": 83, "SC_NPROCESSORS_ONLN": 84,
    "SC_PHYS_PAGES": 85, "SC_AVPHYS_PAGES": 86, "SC_CHAR_BIT": 101, "SC_LONG_BIT": 106, "SC_MINSIGSTKSZ": 249,
}


def sysconf(name, /):
    """Return an integer-valued system configuration variable."""
    if isinstance(name, str):
        if name not in sysconf_names:
            raise ValueError("unrecognized configuration name")
        name = sysconf_names[name]
    elif not isinstance(name, int):
        raise TypeError("configuration names must be strings or integers")
    return _os._sysconf(name)


def waitid(idtype, id, options, /):
    """Wait for a child process to change; None if none has and options say not to wait."""
    told = _os._waitid(idtype, id, options)
    return None if told is None else waitid_result(told)


def wait4(pid, options):
    """Wait for a child process: its number, its status, and what it has used."""
    pid, status, used = _os._wait4(pid, options)
    return pid, status, struct_rusage(used)


def wait3(options):
    """Wait for any child process: its number, its status, and what it has used."""
    return wait4(-1, options)


class terminal_size(_Record):
    """The size of a terminal in characters."""

    _fields = ("columns", "lines")


class uname_result(_Record):
    """The system's name."""

    __module__ = "posix"
    _fields = ("sysname", "nodename", "release", "version", "machine")


def uname():
    """The names of the system, the machine and their versions."""
    return uname_result(_os.uname())


def get_terminal_size(fd=1):
    """The size of the terminal behind a descriptor."""
    return terminal_size(_os._get_terminal_size(fd))


def fspath(path):
    """Return the file system path representation of the object."""
    if isinstance(path, (str, bytes)):
        return path
    cls = type(path)
    try:
        result = cls.__fspath__(path)
    except AttributeError:
        if hasattr(cls, "__fspath__"):
            raise
        raise TypeError("expected str, bytes or os.PathLike object, not " + cls.__name__) from None
    if isinstance(result, (str, bytes)):
        return result
    raise TypeError(f"expected {cls.__name__}.__fspath__() to return str or bytes, not {type(result).__name__}")


class _PathLikeMeta(type):
    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        return super().__subclasscheck__(subclass) or cls is PathLike and hasattr(subclass, "__fspath__")


class PathLike(metaclass=_PathLikeMeta):
    """A class of objects that are file system paths: those with __fspath__."""

    def __fspath__(self):
        raise NotImplementedError

    def __class_getitem__(cls, item):
        return cls


def fsencode(filename):
    """A path as bytes."""
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    """A path as text."""
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


def getcwdb():
    """The current folder as bytes."""
    return fsencode(getcwd())


class _Environ:
    """The environment: a mapping of strings. Changes hold for the program and for processes that it starts."""

    def __init__(self, data):
        self._data = data

    def _checked(self, text):
        if not isinstance(text, str):
            raise TypeError("str expected, not " + type(text).__name__)
        return text

    def __getitem__(self, key):
        try:
            return self._data[self._checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __setitem__(self, key, value):
        self._data[self._checked(key)] = self._checked(value)

    def __delitem__(self, key):
        try:
            del self._data[self._checked(key)]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __contains__(self, key):
        return key in self._data

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if hasattr(other, "items") else NotImplemented

    __hash__ = None

    def __repr__(self):
        return "environ({" + ", ".join(f"{key!r}: {value!r}" for key, value in self._data.items()) + "})"

    def __or__(self, other):
        return self._data | dict(other)

    def __ror__(self, other):
        return dict(other) | self._data

    def __ior__(self, other):
        self.update(other)
        return self

    def get(self, key, default=None):
        return self._data.get(key, default)

    def keys(self):
        return self._data.keys()

    def values(self):
        return self._data.values()

    def items(self):
        return self._data.items()

    def copy(self):
        return dict(self._data)

    def clear(self):
        self._data.clear()

    def pop(self, key, *default):
        return self._data.pop(key, *default)

    def popitem(self):
        return self._data.popitem()

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, other=(), /, **more):
        pairs = other.items() if hasattr(other, "items") else other
        for key, value in list(pairs) + list(more.items()):
            self[key] = value


environ = _Environ(_os.environ())


def getenv(key, default=None):
    """Get an environment variable, or the default if it doesn't exist."""
    return environ.get(key, default)


def putenv(key, value):
    """Set a variable of the environment."""
    environ[fsdecode(key)] = fsdecode(value)


def unsetenv(key):
    """Delete a variable of the environment."""
    environ.pop(fsdecode(key), None)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A stream over a descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    """Set the times of a file: (accessed, changed) in seconds or nanoseconds, or now."""
    if times is not None and ns is not None:
        raise ValueError("utime: you may specify either 'times' or 'ns' but not both")
    if times is not None:
        if not isinstance(times, tuple) or len(times) != 2:
            raise TypeError("utime: 'times' must be either a tuple of two ints or None")
        ns = tuple(int(t * 10**9) for t in times)
    elif ns is not None and (not isinstance(ns, tuple) or len(ns) != 2):
        raise TypeError("utime: 'ns' must be a tuple of two ints")
    accessed, changed = (None, None) if ns is None else ns
    _os._utime(path, accessed, changed)


def _may_be_there(folder):
    """Whether a folder exists; one that this program may not look at does, or what is made in it will fail."""
    try:
        return path.exists(folder)
    except PermissionError:
        return True


def makedirs(name, mode=0o777, exist_ok=False):
    """Create a folder and those above it that are missing."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not _may_be_there(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == (b"." if isinstance(tail, bytes) else "."):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a folder and those above it that have become empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename a file, making the folders of the new name and removing empty ones of the old."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


class DirEntry:
    """A name in a folder, and what it names."""

    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)
        self._stats = {}

    def stat(self, *, follow_symlinks=True):
        if follow_symlinks not in self._stats:
            self._stats[follow_symlinks] = stat(self.path) if follow_symlinks else lstat(self.path)
        return self._stats[follow_symlinks]

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def _is(self, kind, follow_symlinks):
        try:
            return self.stat(follow_symlinks=follow_symlinks).st_mode & 0o170000 == kind
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(0o040000, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(0o100000, follow_symlinks)

    def is_symlink(self):
        return self._is(0o120000, False)

    def is_junction(self):
        return False

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


DirEntry.__module__ = "posix"


class _ScanDir:
    """An iterator over the entries of a folder."""

    def __init__(self, folder):
        folder = fspath(folder)
        self._entries = (DirEntry(folder, name) for name in listdir(folder))

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


def scandir(path="."):
    """An iterator over the entries of a folder."""
    return _ScanDir("." if path is None else path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Every folder below a path with its folders and files, from the top down or from the bottom up."""
    top = fspath(top)
    try:
        entries = list(scandir(top))
    except OSError as problem:
        if onerror is not None:
            onerror(problem)
        return
    folders, files = [], []
    for entry in entries:
        (folders if entry.is_dir() else files).append(entry.name)
    if topdown:
        yield top, folders, files
    for name in folders:
        below = path.join(top, name)
        if followlinks or not path.islink(below):
            yield from walk(below, topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def waitstatus_to_exitcode(status):
    """How a process ended, from its wait status: its exit code, or a signal's number below 0."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    raise ValueError(f"invalid wait status: {status}")


from _forking import fork, register_at_fork
from _programs import (P_NOWAIT, P_NOWAITO, P_WAIT, execl, execle, execlp, execlpe, execv, execve, execvp, execvpe,
                       get_exec_path, popen, posix_spawn, posix_spawnp, spawnl, spawnle, spawnlp, spawnlpe, spawnv, spawnve,
                       spawnvp, spawnvpe, system)

if sys.platform == "linux":
    from _os import pidfd_open, sched_getaffinity, sched_setaffinity

import posixpath as path

sys.modules["os.path"] = path
