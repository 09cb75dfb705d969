"""The harmless part of the operating system's interface: names, paths, the environment as it was at the start."""

import _os
from _os import (_exit, cpu_count, getcwd, getpid, getppid, process_cpu_count,
                 sched_yield, urandom)

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

error = OSError
environ = _os.environ()


def getenv(key, default=None):
    """Get an environment variable, or the default if it doesn't exist."""
    return environ.get(key, default)


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


from os import path
