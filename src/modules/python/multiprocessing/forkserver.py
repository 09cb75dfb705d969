"""The server from which the processes of the `forkserver` method are forked: one that has imported what is asked for, and
has none of the program's threads.

It is started with the first process that needs it and ends with the one that has started it. Each request comes as one
message on a socket: the descriptors for the new process, of which the first is the pipe that brings what it is to do, and
the second the one by which the server tells its number and, at the end, its exit code.
"""

__all__ = ["ensure_running", "get_inherited_fds", "connect_to_new_process", "set_forkserver_preload"]

import errno
import os
import select
import signal
import socket
import struct
import threading

from . import process, spawn, util

# As many as the system lets travel in one message, without the two that the server is for.
MAXFDS_TO_SEND = 251

_NUMBER = struct.Struct("q")


class ForkServer:
    """A process's view of its server."""

    def __init__(self):
        self._lock = threading.Lock()
        self._preload_modules = ["__main__"]
        self._forget()

    def _forget(self):
        self._owner = None
        self._forkserver_pid = None
        self._socket = None
        self._life = None
        self._has_answered = False

    def set_forkserver_preload(self, modules_names):
        """Set list of module names to try to load in forkserver process."""
        if not all(type(name) is str for name in modules_names):
            raise TypeError("module_names must be a list of strings")
        self._preload_modules = modules_names

    def get_inherited_fds(self):
        """The descriptors that this process got from the server; None if it comes from none."""
        return spawn._inherited

    def connect_to_new_process(self, fds):
        """Have a process forked: the pipe that tells its number and its exit code, and the one that it reads."""
        if len(fds) > MAXFDS_TO_SEND:
            raise ValueError("too many fds")
        self.ensure_running()
        child_reads, parent_writes = os.pipe()
        parent_reads, server_writes = os.pipe()
        try:
            with self._lock:
                socket.send_fds(self._socket, [b"\0"], [child_reads, server_writes, *fds])
            return parent_reads, parent_writes
        except BaseException as error:
            util.close_fds(parent_reads, parent_writes)
            if isinstance(error, BrokenPipeError):
                raise _is_gone() from None
            raise
        finally:
            util.close_fds(child_reads, server_writes)

    def fork(self, fds):
        """As `connect_to_new_process`, with the number of the process first. A server that has died is replaced, unless it
        has never forked anything: then the next one would do no better."""
        while True:
            try:
                reads, writes = self.connect_to_new_process(fds)
                try:
                    pid = read_signed(reads)
                except:
                    util.close_fds(reads, writes)
                    raise
            except (EOFError, ConnectionResetError):
                with self._lock:
                    is_hopeless = not self._has_answered
                    self._bury()
                if is_hopeless:
                    raise _is_gone() from None
            else:
                self._has_answered = True
                return pid, reads, writes

    def ensure_running(self):
        """Start the server, unless it runs."""
        with self._lock:
            self._bury()
            if self._forkserver_pid is None:
                self._start()

    def _bury(self):
        """Forget the server if it has died, or if it is the one of the process that has forked this one."""
        if self._forkserver_pid is None:
            return
        if self._owner == os.getpid():
            poll = select.poll()
            poll.register(self._socket, 0)
            # Its end of the socket may be gone an instant before it is.
            flag = 0 if poll.poll(0) else os.WNOHANG
            try:
                if os.waitpid(self._forkserver_pid, flag) == (0, 0):
                    return
            except ChildProcessError:
                # The program has waited for it.
                pass
        self._socket.close()
        os.close(self._life)
        self._forget()

    def _start(self):
        import _multiprocessing
        import _os
        from . import reduction
        setup = {"preload": list(self._preload_modules)}
        if setup["preload"]:
            data = spawn.get_preparation_data("ignore")
            setup |= {name: data[name] for name in ("sys_path", "sys_argv", "init_main_from_path") if name in data}
        message = reduction.ForkingPickler.dumps(setup)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        server_reads, life = os.pipe()
        try:
            code = f"from multiprocessing.forkserver import main; main({theirs.fileno()}, {server_reads})"
            self._forkserver_pid = _os._start_self(code, [theirs.fileno(), server_reads])
        except BaseException:
            ours.close()
            os.close(life)
            raise
        finally:
            theirs.close()
            os.close(server_reads)
        self._owner, self._socket, self._life = os.getpid(), ours, life
        try:
            _multiprocessing.send_message(life, message)
        except BrokenPipeError:
            # It has ended already, as the next request will tell.
            pass


def _is_gone():
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


def read_signed(fd):
    """A number that the server has written; EOFError if it died instead."""
    data = b""
    while len(data) < _NUMBER.size:
        more = os.read(fd, _NUMBER.size - len(data))
        if not more:
            raise EOFError("unexpected EOF")
        data += more
    return _NUMBER.unpack(data)[0]


def write_signed(fd, number):
    """Write a number for `read_signed`, in one piece."""
    os.write(fd, _NUMBER.pack(number))


# In the server

def main(requests, life):
    """Serve until nobody can ask any more. `life` brings the setup first, and ends with the process that is served."""
    import _multiprocessing
    from _pickle import loads_own
    setup = loads_own(_multiprocessing.receive_message(life))
    _multiprocessing.end_with(life)
    os.close(life)
    _preload(setup)
    bell, string = os.pipe()
    os.set_blocking(bell, False)
    os.set_blocking(string, False)
    # Ctrl-C is for the program, which ends the server by its own end.
    handlers = {signal.SIGCHLD: lambda *_: None, signal.SIGINT: signal.SIG_IGN}
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    signal.set_wakeup_fd(string, warn_on_full_buffer=False)
    _Server(socket.socket(fileno=requests), bell, string, before).serve()


def _preload(setup):
    """Import what the processes to come shall find."""
    import sys
    if "sys_argv" in setup:
        sys.argv[:] = setup["sys_argv"]
    if "sys_path" in setup:
        sys.path[:] = setup["sys_path"]
    for name in setup["preload"]:
        if name == "__main__":
            if "init_main_from_path" in setup:
                me = process.current_process()
                me._inheriting = True
                try:
                    spawn.import_main_path(setup["init_main_from_path"])
                finally:
                    del me._inheriting
            continue
        try:
            __import__(name)
        except ImportError:
            pass
    # What the modules have printed is not to come out once more in each process.
    util._flush_std_streams()


class _Server:
    """Forks, and waits for what it has forked."""

    def __init__(self, requests, bell, string, handlers):
        self._requests = requests
        self._bell = bell
        self._string = string
        # What the signals' handlers are in the processes.
        self._handlers = handlers
        # Where the exit code of each process goes.
        self._tell = {}

    def serve(self):
        poll = select.poll()
        poll.register(self._requests, select.POLLIN)
        poll.register(self._bell, select.POLLIN)
        while True:
            for fd, _ in poll.poll():
                if fd == self._bell:
                    self._reap()
                elif not self._answer():
                    return

    def _reap(self):
        try:
            os.read(self._bell, 4096)
        except BlockingIOError:
            pass
        for pid in list(self._tell):
            try:
                ended, status = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                ended, status = pid, 255 << 8
            if ended:
                self._say(pid, os.waitstatus_to_exitcode(status))
                os.close(self._tell.pop(pid))

    def _say(self, pid, number):
        try:
            write_signed(self._tell[pid], number)
        except BrokenPipeError:
            # Nobody wants to know any more.
            pass

    def _answer(self):
        """Fork a process; false if nobody will ask again."""
        message, fds, _, _ = socket.recv_fds(self._requests, 1, MAXFDS_TO_SEND + 2)
        if not message:
            return False
        child_reads, tell, *rest = fds
        pid = os.fork()
        if pid == 0:
            self._become(child_reads, tell, rest)
        self._tell[pid] = tell
        util.close_fds(child_reads, *rest)
        self._say(pid, pid)
        return True

    def _become(self, child_reads, tell, fds):
        """In the new process: nothing of the server's stays."""
        import atexit
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._requests.close()
            util.close_fds(self._bell, self._string, tell, *self._tell.values())
            atexit._clear()
            atexit.register(util._exit_function)
            spawn._inherited = fds
            code = spawn._run_process(child_reads)
        except SystemExit as exit:
            code = process._code_of(exit)
        except:
            import sys
            sys.excepthook(*sys.exc_info())
        finally:
            atexit._run_exitfuncs()
            util._flush_std_streams()
            os._exit(code)


_forkserver = ForkServer()
ensure_running = _forkserver.ensure_running
get_inherited_fds = _forkserver.get_inherited_fds
connect_to_new_process = _forkserver.connect_to_new_process
set_forkserver_preload = _forkserver.set_forkserver_preload
