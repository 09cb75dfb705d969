"""A child process that does not come from its parent's memory. There is no server: it is started as by `spawn`."""

from . import popen_spawn_posix

__all__ = ["Popen"]


class Popen(popen_spawn_posix.Popen):
    method = "forkserver"
