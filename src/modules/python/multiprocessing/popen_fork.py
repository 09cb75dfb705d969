"""A child process by fork: it has all that its parent had."""

import atexit
import gc
import os
import signal

from . import util

__all__ = ["Popen"]


# Processes whose pipes are open, and how many there may be before dead ones are looked for: those that nobody closes give
# their pipes back when they are collected.
_open = 0
_most = 100


def _close(*fds):
    global _open
    _open -= 1
    util.close_fds(*fds)


class Popen:
    method = "fork"

    def __init__(self, process_obj):
        util._flush_std_streams()
        self.returncode = None
        self.finalizer = None
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        return fd

    def poll(self, flag=os.WNOHANG):
        """The exit code, or None while the process runs."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, flag)
            except OSError:
                # It was not ours to wait for, or somebody else has.
                return None
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        """The exit code when the process has ended; None if it has not within the time."""
        if self.returncode is None:
            if timeout is not None:
                from .connection import wait
                if not wait([self.sentinel], timeout):
                    return None
            # The end that the child held open may be gone an instant before the child is.
            return self.poll(os.WNOHANG if timeout == 0.0 else 0)
        return self.returncode

    def _send_signal(self, sig):
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass
            except OSError:
                if self.wait(timeout=0.1) is None:
                    raise

    def interrupt(self):
        self._send_signal(signal.SIGINT)

    def terminate(self):
        self._send_signal(signal.SIGTERM)

    def kill(self):
        self._send_signal(signal.SIGKILL)

    def _launch(self, process_obj):
        # One pipe is closed by the child's end, the other by the parent's.
        parent_reads, child_holds = os.pipe()
        child_reads, parent_holds = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                atexit._clear()
                util._exiting = False
                atexit.register(util._exit_function)
                util.close_fds(parent_reads, parent_holds)
                code = process_obj._bootstrap(parent_sentinel=child_reads)
            finally:
                atexit._run_exitfuncs()
                util._flush_std_streams()
                os._exit(code)
        util.close_fds(child_holds, child_reads)
        self._keep(parent_reads, parent_holds)

    def _keep(self, parent_reads, parent_holds):
        """Hold our ends of the pipes as long as the object lives."""
        global _open, _most
        self.finalizer = util.Finalize(self, _close, (parent_reads, parent_holds))
        self.sentinel = parent_reads
        _open += 1
        if _open > _most:
            gc.collect()
            _most = max(100, 2 * _open)

    def close(self):
        if self.finalizer is not None:
            self.finalizer()
