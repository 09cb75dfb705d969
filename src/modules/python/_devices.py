"""Terminals, devices, timers and priorities: what os says of them in words and records rather than in plain numbers."""

import _os
import sys
from operator import index
from _records import Record
from _statics import stand_for


class sched_param(Record):
    """The parameters of scheduling: a priority."""

    __module__ = "posix"
    _fields = ("sched_priority",)

    def __new__(cls, sched_priority):
        return super().__new__(cls, (sched_priority,))

    def __reduce__(self):
        return type(self), tuple(self)

    def __replace__(self, /, *args, **changes):
        if args:
            raise TypeError("__replace__() takes no positional arguments")
        priority = changes.pop("sched_priority", self.sched_priority)
        if changes:
            raise TypeError(f"Got unexpected field name(s): {list(changes)}")
        return type(self)(priority)


def _priority(param):
    if type(param) is not sched_param:
        raise TypeError("must have a sched_param object")
    return param.sched_priority


def sched_getparam(pid, /):
    """Returns scheduling parameters for the process identified by pid."""
    return sched_param(_os._sched_getparam(pid))


def sched_setparam(pid, param, /):
    """Set scheduling parameters for the process identified by pid."""
    _os._sched_setparam(pid, _priority(param))


def sched_setscheduler(pid, policy, param, /):
    """Set the scheduling policy for the process identified by pid."""
    _os._sched_setscheduler(pid, policy, _priority(param))


def _ns(seconds, name):
    """Seconds as nanoseconds."""
    if not isinstance(seconds, (int, float)):
        raise TypeError(f"must be real number, not {type(seconds).__name__}")
    return int(seconds * 10**9)


def timerfd_gettime(fd, /):
    """Return a tuple of a timer file descriptor's (next expiration, interval) in float seconds."""
    return tuple(ns / 10**9 for ns in _os.timerfd_gettime_ns(fd))


def timerfd_settime(fd, /, *, flags=0, initial=0.0, interval=0.0):
    """Alter a timer file descriptor's internal timer in seconds; return what it was."""
    before = _os._timerfd_settime(fd, flags, _ns(initial, "initial"), _ns(interval, "interval"))
    return tuple(ns / 10**9 for ns in before)


def timerfd_settime_ns(fd, /, *, flags=0, initial=0, interval=0):
    """Alter a timer file descriptor's internal timer in nanoseconds; return what it was."""
    return _os._timerfd_settime(fd, flags, initial, interval)


def major(device, /):
    """Extracts a device major number from a raw device number."""
    device = index(device)
    if device == -1:
        return -1
    return device >> 8 & 0xfff | device >> 32 & ~0xfff


def minor(device, /):
    """Extracts a device minor number from a raw device number."""
    device = index(device)
    if device == -1:
        return -1
    return device & 0xff | device >> 12 & 0xffffff00


def makedev(major, minor, /):
    """Composes a raw device number from the major and minor device numbers."""
    major, minor = index(major) & 0xffffffff, index(minor) & 0xffffffff
    return minor & 0xff | (major & 0xfff) << 8 | (minor & ~0xff) << 12 | (major & ~0xfff) << 32


def ctermid():
    """Return the name of the controlling terminal for this process."""
    return "/dev/tty"


def device_encoding(fd):
    """Return the name of the encoding of a terminal; None if the descriptor is none."""
    return sys.getfilesystemencoding().upper() if _os.isatty(fd) else None


def fchdir(fd):
    """Change to the directory of the given file descriptor."""
    if not isinstance(fd, int):
        if not hasattr(fd, "fileno"):
            raise TypeError("argument must be an int, or have a fileno() method.")
        fd = fd.fileno()
    _os.chdir(fd)


def forkpty():
    """Fork with a new pseudo-terminal as the child's controlling terminal: (0 or the child's number, the master)."""
    import os
    master, slave = os.openpty()
    pid = os.fork()
    if pid:
        os.close(slave)
        return pid, master
    os.close(master)
    try:
        os.login_tty(slave)
    except BaseException:
        os._exit(1)
    return 0, -1


stand_for("posix", ctermid, device_encoding, fchdir, forkpty, major, makedev, minor, sched_getparam, sched_setparam,
          sched_setscheduler, timerfd_gettime, timerfd_settime, timerfd_settime_ns, sched_param.__new__)
