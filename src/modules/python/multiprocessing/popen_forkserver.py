"""A child process that the fork server forks: it has what the server has imported and what is sent to it."""

import os

from . import forkserver, popen_spawn_posix, spawn, util

__all__ = ["Popen"]


class Popen(popen_spawn_posix.Popen):
    method = "forkserver"

    def duplicate_for_child(self, fd):
        """The place that a descriptor will have among those that the child gets."""
        self._fds.append(fd)
        return len(self._fds) - 1

    def _launch(self, process_obj):
        try:
            messages = spawn.messages_for(self, process_obj)
            self.pid, parent_reads, parent_writes = forkserver._forkserver.fork(self._fds)
        finally:
            util.close_fds(*self._copies)
        self._keep(parent_reads, parent_writes)
        self._send(parent_writes, messages)

    def poll(self, flag=os.WNOHANG):
        """The exit code, or None while the process runs."""
        if self.returncode is None:
            from .connection import wait
            if not wait([self.sentinel], 0 if flag == os.WNOHANG else None):
                return None
            try:
                self.returncode = forkserver.read_signed(self.sentinel)
            except (OSError, EOFError):
                # The server has died, and nobody knows.
                self.returncode = 255
        return self.returncode
