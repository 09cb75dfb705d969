"""A child process by starting the interpreter anew: it has what is sent to it, and nothing else."""

import _multiprocessing
import _os
import os

from . import popen_fork, spawn, util

__all__ = ["Popen"]


class Popen(popen_fork.Popen):
    method = "spawn"

    def __init__(self, process_obj):
        self._fds = []
        self._copies = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        """The number that a descriptor will have in the child."""
        self._fds.append(fd)
        return fd

    def close_afterwards(self, fd):
        """A descriptor that was made for the child only."""
        self._copies.append(fd)

    def _launch(self, process_obj):
        try:
            messages = spawn.messages_for(self, process_obj)
        except:
            util.close_fds(*self._copies)
            raise
        parent_reads, child_holds = os.pipe()
        child_reads, parent_holds = os.pipe()
        try:
            code = f"from multiprocessing.spawn import spawn_main; spawn_main({child_reads})"
            self.pid = _os._start_self(code, sorted({*self._fds, child_reads, child_holds}))
        finally:
            util.close_fds(child_holds, child_reads, *self._copies)
        self._keep(parent_reads, parent_holds)
        self._send(parent_holds, messages)

    def _send(self, fd, messages):
        try:
            for message in messages:
                _multiprocessing.send_message(fd, message)
        except BrokenPipeError:
            # It has ended already; its exit code will tell.
            pass
