"""The operating system's interface: files, folders, descriptors, the environment, the process.

What reaches beyond the program goes through the sandbox's gate and needs its flags.
"""

import _os
import sys
from _environment import environ, environb, getenv, getenvb, putenv, reload_environ, unsetenv
from _os import (_exit, abort, access, chdir, chmod, chown, chroot, close, closerange, copy_file_range, cpu_count,
                 dup, dup2, eventfd, eventfd_read, eventfd_write, fchmod, fchown, fdatasync, fstat, fsync, ftruncate,
                 get_blocking, get_inheritable, getcwd, getegid, geteuid, getgid, getgrouplist, getgroups,
                 getloadavg, getlogin, getpgid, getpgrp, getpid, getppid, getpriority, getrandom, getresgid,
                 getresuid, getsid, getuid, getxattr, grantpt, initgroups, isatty, kill, killpg, lchown, link,
                 listdir, listxattr, lockf, login_tty, lseek, lstat, memfd_create, mkdir, mkfifo, mknod, nice, open,
                 openpty, pidfd_open, pipe, pipe2, posix_fadvise, posix_fallocate, posix_openpt, pread, preadv,
                 process_cpu_count, ptsname, pwrite, pwritev, read, readinto, readlink, readv, remove, removexattr,
                 rename, replace, rmdir, sched_get_priority_max, sched_get_priority_min, sched_getaffinity,
                 sched_getscheduler, sched_rr_get_interval, sched_setaffinity, sched_yield, sendfile, set_blocking,
                 set_inheritable, setegid, seteuid, setgid, setgroups, setns, setpgid, setpgrp, setpriority,
                 setregid, setresgid, setresuid, setreuid, setsid, setuid, setxattr, splice, stat, strerror, symlink,
                 sync, tcgetpgrp, tcsetpgrp, timerfd_create, timerfd_gettime_ns, truncate, ttyname, umask, unlink,
                 unlockpt, unshare, urandom, wait, waitpid, write, writev, WCOREDUMP, WEXITSTATUS, WIFCONTINUED,
                 WIFEXITED, WIFSIGNALED, WIFSTOPPED, WSTOPSIG, WTERMSIG)
from _records import Record as _Record
from abc import ABC as _ABC, abstractmethod as _abstractmethod
from _statics import parse_by_hand as _parse_by_hand, stand_for as _stand_for
from _typing import GenericAlias as _GenericAlias
from _system_names import confstr_names, number as _number, pathconf_names, sysconf_names

# The system's numbers.
globals().update((name, value) for name, value in vars(_os).items() if type(value) is int)

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


class stat_result(_Record):
    """What the system notes of a file."""

    # The times among the items are whole seconds; the attributes are exact.
    _fields = ("st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime",
               "st_ctime")
    _more = ("st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize",
             "st_blocks", "st_rdev")


class statvfs_result(_Record):
    """What the system notes of a file system."""

    _fields = ("f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail", "f_files", "f_ffree", "f_favail", "f_flag",
               "f_namemax")
    _more = ("f_fsid",)


def statvfs(path):
    """What the system notes of the file system that a path is on."""
    return statvfs_result(_os._statvfs(path))


def fstatvfs(fd, /):
    """What the system notes of the file system that a descriptor's file is on."""
    return statvfs_result(_os._fstatvfs(fd))


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


class _struct_rusage(_Record):
    """What a process has used."""

    __module__ = "resource"
    __qualname__ = __name__ = "struct_rusage"
    _fields = ("ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt",
               "ru_nswap", "ru_inblock", "ru_oublock", "ru_msgsnd", "ru_msgrcv", "ru_nsignals", "ru_nvcsw", "ru_nivcsw")


def sysconf(name, /):
    """Return an integer-valued system configuration variable."""
    return _os._sysconf(_number(name, sysconf_names))


def confstr(name, /):
    """Return a string-valued system configuration variable."""
    return _os._confstr(_number(name, confstr_names))


def pathconf(path, name):
    """Return the configuration limit that holds for a path."""
    return _os._pathconf(path, _number(name, pathconf_names))


def fpathconf(fd, name, /):
    """Return the configuration limit that holds for a descriptor."""
    return _os._fpathconf(fd, _number(name, pathconf_names))


def waitid(idtype, id, options, /):
    """Wait for a child process to change; None if none has and options say not to wait."""
    told = _os._waitid(idtype, id, options)
    return None if told is None else waitid_result(told)


def wait4(pid, options):
    """Wait for a child process: its number, its status, and what it has used."""
    pid, status, used = _os._wait4(pid, options)
    return pid, status, _struct_rusage(used)


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


def get_terminal_size(fd=1, /):
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


class PathLike(_ABC):
    """Abstract base class for implementing the file system path protocol."""

    __slots__ = ()

    @_abstractmethod
    def __fspath__(self):
        """Return the file system path representation of the object."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        from _collections_abc import _has
        return _has(subclass, "__fspath__") if cls is PathLike else NotImplemented

    __class_getitem__ = classmethod(_GenericAlias)


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


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A stream over a descriptor."""
    if not isinstance(fd, int):
        raise TypeError(f"invalid fd type ({type(fd)}, expected integer)")
    import io
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
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
    _os._utime(path, accessed, changed, dir_fd, follow_symlinks)


def waitstatus_to_exitcode(status):
    """How a process ended, from its wait status: its exit code, or a signal's number below 0."""
    if WIFEXITED(status):
        return WEXITSTATUS(status)
    if WIFSIGNALED(status):
        return -WTERMSIG(status)
    if WIFSTOPPED(status):
        raise ValueError(f"process stopped by delivery of signal {WSTOPSIG(status)}")
    raise ValueError(f"invalid wait status: {status}")


_stand_for("posix", confstr, fpathconf, fspath, fstatvfs, get_terminal_size, getcwdb, pathconf, statvfs, sysconf, times,
           uname, utime, wait3, wait4, waitid, waitstatus_to_exitcode)
_parse_by_hand(utime)

from _devices import (ctermid, device_encoding, fchdir, forkpty, major, makedev, minor, sched_getparam, sched_param,
                      sched_setparam, sched_setscheduler, timerfd_gettime, timerfd_settime, timerfd_settime_ns)
from _folders import DirEntry, fwalk, makedirs, removedirs, renames, scandir, walk
from _forking import fork, register_at_fork
from _programs import (P_NOWAIT, P_NOWAITO, P_WAIT, execl, execle, execlp, execlpe, execv, execve, execvp, execvpe,
                       get_exec_path, popen, posix_spawn, posix_spawnp, spawnl, spawnle, spawnlp, spawnlpe, spawnv, spawnve,
                       spawnvp, spawnvpe, system)

import posixpath as path

sys.modules["os.path"] = path

# Which functions take what beyond paths.
supports_bytes_environ = True
supports_dir_fd = {access, chmod, chown, link, lstat, mkdir, mkfifo, mknod, open, readlink, rename, rmdir, stat, symlink,
                   unlink, utime}
supports_effective_ids = {access}
supports_fd = {chdir, chmod, chown, execve, listdir, pathconf, scandir, stat, statvfs, truncate, utime}
supports_follow_symlinks = {access, chown, link, stat, utime}

__all__ = [name for name in dir() if not name.startswith("_") and name != "sys"]
__all__.append("_exit")
