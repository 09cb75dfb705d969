"""`subprocess.Popen`: one program that runs beside this one."""

import _os
import _programs
import errno
import io
import os
import signal
import sys
import threading
import time
import warnings

PIPE = -1
STDOUT = -2
DEVNULL = -3

_PIPE_SIZE = 32768
# A process can be in so many groups.
_MOST_GROUPS = 65536


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    """A program has ended with an exit code other than 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        if self.returncode and self.returncode < 0:
            try:
                return f"Command '{self.cmd}' died with {signal.Signals(-self.returncode)!r}."
            except ValueError:
                return f"Command '{self.cmd}' died with unknown signal {-self.returncode}."
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

    @property
    def stdout(self):
        """Alias for output attribute, to match stderr"""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A program has not ended in time."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


def list2cmdline(seq):
    """A command line as Microsoft's C library would take it apart."""
    words = []
    for word in map(os.fsdecode, seq):
        text, backslashes = "", 0
        for char in word:
            if char == "\\":
                backslashes += 1
                continue
            if char == '"':
                text += "\\" * (2 * backslashes + 1) + char
            else:
                text += "\\" * backslashes + char
            backslashes = 0
        if not word or " " in word or "\t" in word:
            text = f'"{text}{"\\" * 2 * backslashes}"'
        else:
            text += "\\" * backslashes
        words.append(text)
    return " ".join(words)


def _args_from_interpreter_flags():
    return []


# Processes that nobody holds any more and that have not ended when last looked at.
_active = []


def _cleanup():
    for process in list(_active):
        if process._look(abandoned=True) is not None:
            try:
                _active.remove(process)
            except ValueError:
                # Another thread was faster.
                pass


class Popen:
    """Start a program: args are its name and arguments, or a command for the shell."""

    _child_created = False

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None, preexec_fn=None,
                 close_fds=True, shell=False, cwd=None, env=None, universal_newlines=None, startupinfo=None,
                 creationflags=0, restore_signals=True, start_new_session=False, pass_fds=(), *, user=None, group=None,
                 extra_groups=None, encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        _cleanup()
        self._waitpid_lock = threading.Lock()
        self._input = None
        self._communication_started = False
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if stdout is STDOUT:
            raise ValueError("STDOUT can only be used for stderr")
        if not isinstance(pipesize, int):
            raise TypeError("pipesize must be an integer")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        if text is not None and universal_newlines is not None and bool(universal_newlines) != bool(text):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are supplied but "
                                  "different. Pass one or the other.")
        self.args = args
        self.stdin = self.stdout = self.stderr = None
        self.pid = None
        self.returncode = None
        self.encoding = encoding
        self.errors = errors
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        options = _Options(executable, preexec_fn, close_fds, pass_fds, cwd, env, shell, restore_signals,
                           start_new_session, -1 if process_group is None else process_group, -1 if umask < 0 else umask,
                           _users(user, group, extra_groups))
        ends = _Ends(stdin, stdout, stderr)
        try:
            self._make_streams(ends, bufsize)
            self.pid = _start(args, options, ends)
            self._child_created = True
        except:
            for stream in filter(None, (self.stdin, self.stdout, self.stderr)):
                try:
                    stream.close()
                except OSError:
                    pass
            raise
        finally:
            ends.close_theirs()

    @property
    def universal_newlines(self):
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, universal_newlines):
        self.text_mode = bool(universal_newlines)

    def _make_streams(self, ends, bufsize):
        line_buffering = False
        if bufsize == 1:
            if self.text_mode:
                line_buffering = True
            else:
                warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the default buffer size "
                              "will be used", RuntimeWarning, stacklevel=3)
            bufsize = -1
        for name, number, mode in zip(("stdin", "stdout", "stderr"), ends.ours, ("wb", "rb", "rb")):
            if number == -1:
                continue
            stream = io.open(number, mode, bufsize)
            if self.text_mode:
                more = {"write_through": True, "line_buffering": line_buffering} if name == "stdin" else {}
                stream = io.TextIOWrapper(stream, encoding=self.encoding, errors=self.errors, **more)
            setattr(self, name, stream)

    def __repr__(self):
        shown = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return shown if len(shown) <= 80 else shown[:76] + "...>"

    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            if exc_type is KeyboardInterrupt:
                # The program got it, too, most likely.
                self._wait_briefly()
            else:
                self.wait()

    def __del__(self):
        if not self._child_created:
            return
        if self.returncode is None:
            warnings.warn("subprocess %s is still running" % self.pid, ResourceWarning, source=self)
            if self._look(abandoned=True) is None:
                _active.append(self)

    # Waiting

    def poll(self):
        """Check if child process has terminated. Set and return returncode attribute."""
        return self._look()

    def _look(self, abandoned=False):
        if self.returncode is None and self._waitpid_lock.acquire(False):
            try:
                if self.returncode is None:
                    self._try_wait(os.WNOHANG, abandoned)
            finally:
                self._waitpid_lock.release()
        return self.returncode

    def _try_wait(self, flags, abandoned=False):
        try:
            pid, status = os.waitpid(self.pid, flags)
        except ChildProcessError:
            # Somebody else has waited for it: how it ended is not known.
            if not abandoned:
                self.returncode = 0
            return
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)

    def wait(self, timeout=None):
        """Wait for child process to terminate; returns self.returncode."""
        try:
            return self._wait(timeout)
        except KeyboardInterrupt:
            self._wait_briefly()
            raise

    def _wait_briefly(self):
        try:
            self._wait(0.25)
        except TimeoutExpired:
            pass

    def _wait(self, timeout):
        if timeout is None:
            while self.returncode is None:
                with self._waitpid_lock:
                    if self.returncode is None:
                        self._try_wait(0)
            return self.returncode
        end = time.monotonic() + timeout
        delay = 0.0005
        while self._look() is None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def send_signal(self, sig):
        """Send a signal to the process, unless it has ended."""
        self.poll()
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        """Terminate the process with SIGTERM"""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """Kill the process with SIGKILL"""
        self.send_signal(signal.SIGKILL)

    # Talking

    def communicate(self, input=None, timeout=None):
        """Write all of the input, read all of the output, wait for the end; return what came from stdout and stderr."""
        if self._communication_started and input:
            raise ValueError("Cannot send input after starting communication")
        if timeout is None and not self._communication_started and [self.stdin, self.stdout, self.stderr].count(None) >= 2:
            return self._communicate_with_one(input)
        end = None if timeout is None else time.monotonic() + timeout
        try:
            return self._communicate(input, end, timeout)
        except KeyboardInterrupt:
            self._wait_briefly()
            raise
        finally:
            self._communication_started = True

    def _communicate_with_one(self, input):
        stdout = stderr = None
        if self.stdin:
            self._write_input(input)
        elif self.stdout:
            stdout = self.stdout.read()
            self.stdout.close()
        elif self.stderr:
            stderr = self.stderr.read()
            self.stderr.close()
        self.wait()
        return stdout, stderr

    def _write_input(self, input):
        try:
            if input:
                self.stdin.write(input)
        except BrokenPipeError:
            pass
        except OSError as problem:
            if problem.errno != errno.EINVAL:
                raise
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass

    def _communicate(self, input, end, timeout):
        import selectors
        if self.stdin and not self._communication_started:
            try:
                self.stdin.flush()
            except BrokenPipeError:
                pass
            if not input:
                try:
                    self.stdin.close()
                except BrokenPipeError:
                    pass
        if not self._communication_started:
            self._output = {stream: [] for stream in (self.stdout, self.stderr) if stream}
        self._save_input(input)
        view = memoryview(self._input).cast("b") if self._input else b""
        with selectors.PollSelector() as selector:
            if self.stdin and not self.stdin.closed and self._input:
                selector.register(self.stdin, selectors.EVENT_WRITE)
            for stream in self._output:
                if not stream.closed:
                    selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                left = None if end is None else end - time.monotonic()
                if left is not None and left < 0:
                    self._give_up(timeout)
                ready = selector.select(left)
                if end is not None and time.monotonic() > end:
                    self._give_up(timeout)
                for key, _ in ready:
                    self._serve(selector, key, view)
        try:
            self.wait(timeout=None if end is None else max(end - time.monotonic(), 0))
        except TimeoutExpired:
            self._give_up(timeout)
        stdout, stderr = (None if not stream else b"".join(self._output[stream]) for stream in (self.stdout, self.stderr))
        if self.text_mode:
            stdout = self._decoded(stdout, self.stdout)
            stderr = self._decoded(stderr, self.stderr)
        return stdout, stderr

    def _serve(self, selector, key, view):
        if key.fileobj is self.stdin:
            try:
                self._input_offset += os.write(key.fd, view[self._input_offset:self._input_offset + 512])
            except BrokenPipeError:
                selector.unregister(key.fileobj)
                key.fileobj.close()
            else:
                if self._input_offset >= len(self._input):
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
            return
        data = os.read(key.fd, _PIPE_SIZE)
        if not data:
            selector.unregister(key.fileobj)
            key.fileobj.close()
        self._output[key.fileobj].append(data)

    def _save_input(self, input):
        if self.stdin and self._input is None:
            self._input_offset = 0
            self._input = input
            if input is not None and self.text_mode:
                self._input = input.encode(self.stdin.encoding, self.stdin.errors)

    def _decoded(self, data, stream):
        if data is None:
            return None
        return data.decode(stream.encoding, stream.errors).replace("\r\n", "\n").replace("\r", "\n")

    def _give_up(self, timeout):
        stdout, stderr = (b"".join(self._output[stream]) if stream and self._output[stream] else None
                          for stream in (self.stdout, self.stderr))
        raise TimeoutExpired(self.args, timeout, output=stdout, stderr=stderr)


class _Options:
    """The circumstances in which a program runs."""

    def __init__(self, executable, before, close, kept, folder, environment, shell, restore, session, group, mask, users):
        self.executable = executable
        self.before = before
        self.close = close
        self.kept = tuple(kept)
        self.folder = folder
        self.environment = environment
        self.shell = shell
        self.restore = restore
        self.session = session
        self.group = group
        self.mask = mask
        self.users = users


def _users(user, group, extra_groups):
    """What the numbers of groups, group and user are, of which any may be None."""
    if group is not None:
        group = _identity(group, _os._group_number, "Group must be a string or an integer, not {}",
                          "getgrnam(): name not found: {!r}", "gid")
        if group < 0:
            raise ValueError(f"Group ID cannot be negative, got {group}")
    if extra_groups is not None:
        if isinstance(extra_groups, str):
            raise ValueError("Groups must be a list, not a string")
        extra_groups = [_identity(one, _os._group_number, "Items in extra_groups must be a string or integer, not {}",
                                  "getgrnam(): name not found: {!r}", "gid") for one in extra_groups]
        for one in extra_groups:
            if one < 0:
                raise ValueError(f"Group ID cannot be negative, got {one}")
        if len(extra_groups) > _MOST_GROUPS:
            raise ValueError("too many extra_groups")
    if user is not None:
        user = _identity(user, _os._user_number, "User must be a string or an integer",
                         "getpwnam(): name not found: {!r}", "uid")
        if user < 0:
            raise ValueError(f"User ID cannot be negative, got {user}")
    return extra_groups, group, user


def _identity(given, number_of, wrong, unknown, what):
    """The number of a user or group that is given by name or number."""
    if isinstance(given, str):
        number = number_of(os.fsencode(given))
        if number is None:
            raise KeyError(unknown.format(given))
        return number
    if not isinstance(given, int):
        raise TypeError(wrong.format(type(given)))
    if given >= 1 << 32:
        raise OverflowError(f"{what} is less than minimum")
    return int(given)


class _Ends:
    """The three standard streams of a program: our ends of pipes, and the descriptors that it gets."""

    def __init__(self, stdin, stdout, stderr):
        self.ours = [-1, -1, -1]
        self.theirs = [-1, -1, -1]
        self._made = set()
        self._devnull = None
        try:
            for place, wanted in enumerate((stdin, stdout, stderr)):
                self._make(place, wanted)
        except:
            self.close_theirs()
            for number in self.ours:
                if number != -1:
                    os.close(number)
            raise

    def _make(self, place, wanted):
        if wanted is None:
            return
        if wanted == PIPE:
            reader, writer = os.pipe()
            self.theirs[place], self.ours[place] = (reader, writer) if place == 0 else (writer, reader)
            self._made.add(self.theirs[place])
        elif wanted == STDOUT and place == 2:
            self.theirs[2] = self.theirs[1] if self.theirs[1] != -1 else 1
        elif wanted == DEVNULL:
            if self._devnull is None:
                self._devnull = os.open(os.devnull, os.O_RDWR)
                self._made.add(self._devnull)
            self.theirs[place] = self._devnull
        elif isinstance(wanted, int):
            self.theirs[place] = wanted
        else:
            self.theirs[place] = wanted.fileno()

    def close_theirs(self):
        """The program has its ends."""
        while self._made:
            os.close(self._made.pop())


def _start(args, options, ends):
    """Start the program; its process id."""
    if isinstance(args, (str, bytes)):
        args = [args]
    elif isinstance(args, os.PathLike):
        if options.shell:
            raise TypeError("path-like args is not allowed when shell is true")
        args = [args]
    else:
        args = list(args)
    executable = options.executable
    if options.shell:
        args = ["/bin/sh", "-c", *args]
        if executable is not None:
            args[0] = executable
    if executable is None:
        executable = args[0]
    environment = _programs._environment(options.environment)
    file = os.fsencode(executable)
    candidates = [file] if b"/" in file or os.path.dirname(file) else \
        [os.path.join(os.fsencode(folder), file) for folder in _programs.get_exec_path(options.environment)]
    folder = None if options.folder is None else os.fsencode(options.folder)
    pid, stage, error = _os._fork_exec(
        candidates, [os.fsencode(arg) for arg in args], environment, folder, ends.theirs, options.kept, bool(options.close),
        bool(options.restore), bool(options.session), options.group, options.mask, options.users, options.before)
    if stage == 0:
        return pid
    if stage == 3:
        raise SubprocessError("Exception occurred in preexec_fn.")
    if stage == 1:
        raise OSError(error, os.strerror(error))
    raise OSError(error, os.strerror(error), options.folder if stage == 2 else executable)
