"""What the process has used, and how much of the system it may use."""

import _os
from os import _struct_rusage as struct_rusage, sysconf

error = OSError

RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD = 0, -1, 1
RLIM_INFINITY = -1
(RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_DATA, RLIMIT_STACK, RLIMIT_CORE, RLIMIT_RSS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_MEMLOCK,
 RLIMIT_AS) = range(10)
RLIMIT_OFILE = RLIMIT_NOFILE
RLIMIT_SIGPENDING, RLIMIT_MSGQUEUE, RLIMIT_NICE, RLIMIT_RTPRIO, RLIMIT_RTTIME = range(11, 16)


def getrusage(who, /):
    """What the process (RUSAGE_SELF), its thread or its children that have ended have used; ru_maxrss is in kilobytes."""
    return struct_rusage(_os._getrusage(who))


def getrlimit(resource, /):
    """The soft and the hard limit of a resource; RLIM_INFINITY is none."""
    return _os._getrlimit(resource)


def setrlimit(resource, limits, /):
    """Set the soft and the hard limit of a resource."""
    limits = tuple(limits)
    if len(limits) != 2:
        raise ValueError("expected a tuple of 2 integers")
    _os._setrlimit(resource, *limits)


def getpagesize():
    """The bytes of a page of memory."""
    return sysconf("SC_PAGESIZE")
