"""A child process that the fork server forks: it has what the server has imported and what is sent to it."""

import os

from . import forkserver, popen_fork, spawn, util

__all__ = ["Popen"]


class Popen(popen_fork.Popen):
    method = "forkserver"

    def __init__(self, process_obj):
        self._fds = []
        self._copies = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        """The place that a descriptor will have among those that the child gets."""
        self._fds.append(fd)
        return len(self._fds) - 1

    def close_afterwards(self, fd):
        """A descriptor that was made for the child only."""
        self._copies.append(fd)

    def _launch(self, process_obj):
        import _multiprocessing
        try:
            messages = spawn.messages_for(self, process_obj)
            self.pid, parent_reads, parent_writes = forkserver._forkserver.fork(self._fds)
        finally:
            util.close_fds(*self._copies)
        self._keep(parent_reads, parent_writes)
        try:
            for message in messages:
                _multiprocessing.send_message(parent_writes, message)
        except BrokenPipeError:
            # It has ended already; its exit code will tell.
            pass

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
