"""The interpreters that are compared, the programs they run, and a run of one of them."""

import fnmatch
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
PEERS = ("python3.14", "python3.15", "pypy3", "micropython")
STAGE = "work/gilbox-bench"


class Interpreter:
    """A name, a command, and perhaps a root directory that the command lives in."""

    def __init__(self, name, command, root=None):
        self.name = name
        self.command = command
        self.root = root

    def argv(self, program):
        path = program.path
        if self.root:
            path = "/" + STAGE + staged(path)
        flags = program.flags if self.name.startswith("gilbox") else []
        return self.command + flags + [path] + program.arguments


def peers_root():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.environ.get("PEERS_ROOT") or os.path.join(cache, "gilbox-peers")


def gilbox_binary():
    return os.environ.get("GILBOX") or os.path.join(TOP, "target", "release", "gilbox")


def find_interpreter(spec):
    """Turns `NAME` or `NAME=COMMAND` into an Interpreter, or stops with a reason."""
    name, equals, command = spec.partition("=")
    if equals:
        return Interpreter(name, shlex.split(command))
    if name == "gilbox" or name.startswith("gilbox-"):
        binary = gilbox_binary()
        if not os.path.exists(binary):
            sys.exit(f"{binary} is missing: `cargo build --release`, or name one in $GILBOX")
        policy = name[len("gilbox-") :]
        return Interpreter(name, [binary] + (["--gil", policy] if policy else []))
    if name in PEERS:
        root = peers_root()
        if os.geteuid() == 0 and os.path.exists(f"{root}/usr/bin/{name}"):
            return Interpreter(name, ["/usr/bin/" + name], root)
        if name == "python3.14":
            note(f"python3.14 is not in {root}: python3 stands in for it")
            name = "python3"
    if name == "python3" and os.path.exists("/usr/bin/python3"):
        return Interpreter(name, ["/usr/bin/python3"])  # never a build of pyenv: not optimised
    if shutil.which(name):
        return Interpreter(name, [name])
    sys.exit(f"{name} is not known here; give it a command with --with {name}=COMMAND")


def staged(path):
    """Where `stage` puts a program, below its target."""
    return path[len(HERE) :] if path.startswith(HERE) else "/own" + path


def stage(interpreters, own):
    """Copies the programs to where interpreters in a root of their own can see them."""
    for root in {i.root for i in interpreters if i.root}:
        target = os.path.join(root, STAGE)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(HERE, target)
        for path in own:
            os.makedirs(os.path.dirname(target + staged(path)), exist_ok=True)
            shutil.copy(path, target + staged(path))


# ---------------------------------------------------------------- running


class Failure(Exception):
    """A run that did not end well: the text says how."""


def start(argv, root, output):
    """Forks and executes; the child enters `root` by itself, so no wrapper is measured."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            if root:
                os.chroot(root)
                os.chdir("/")
            os.dup2(output, 1)
            os.dup2(output, 2)
            os.execvp(argv[0], argv)
        except OSError as error:
            os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
        os._exit(127)
    return pid


def wait(pids, timeout):
    """Waits for processes; gives CPU seconds of all and the first bad status, if any."""
    cpu = 0.0
    bad = 0

    def expire(*_):
        for pid in pids:
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, timeout)
    try:
        for pid in pids:
            _, status, usage = os.wait4(pid, 0)
            cpu += usage.ru_utime + usage.ru_stime
            bad = bad or os.waitstatus_to_exitcode(status)
    except KeyboardInterrupt:
        expire()
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return cpu, bad


def run(interpreter, argv, timeout, copies=1):
    """Runs `copies` processes at once: wall seconds, CPU seconds and what the first printed."""
    files = [tempfile.TemporaryFile() for _ in range(copies)]
    begin = time.perf_counter()
    pids = [start(argv, interpreter.root, f.fileno()) for f in files]
    cpu, bad = wait(pids, timeout)
    wall = time.perf_counter() - begin
    files[0].seek(0)
    text = files[0].read().decode(errors="replace")
    for f in files:
        f.close()
    if bad == -signal.SIGKILL and wall >= timeout:
        raise Failure(f"no end after {timeout:g} s")
    if bad:
        last = text.strip().splitlines()[-1:] or [""]
        raise Failure(f"exit code {bad}: {last[0]}")
    return wall, cpu, text


def peak_memory(interpreter, argv, timeout):
    """Peak resident kB. GNU time is asked, as a process forked from here inherits our own peak."""
    gnu_time = shutil.which("time")
    if not gnu_time:
        return None
    if interpreter.root:
        argv = [shutil.which("chroot") or "chroot", interpreter.root] + argv
    with tempfile.NamedTemporaryFile("r") as out:
        try:
            subprocess.run(
                [gnu_time, "-q", "-f", "%M", "-o", out.name] + argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=timeout,
            )
            return int(out.read().split()[-1])
        except (subprocess.TimeoutExpired, IndexError, ValueError):
            return None


# ---------------------------------------------------------------- programs


class Program:
    """A file with arguments, measured under a short name."""

    def __init__(self, path, arguments=(), flags=()):
        self.path = path
        self.arguments = list(arguments)
        self.flags = list(flags)
        stem = os.path.splitext(os.path.basename(path))[0]
        self.name = " ".join([stem] + self.arguments)


def marked(path, mark):
    """The words of each line of a file that begins with a mark."""
    with open(path) as source:
        return [line[len(mark) :].split() for line in source if line.startswith(mark)]


def programs_of(folder, only):
    """The programs of a folder with their variants, in the order of their names."""
    found = []
    for file in sorted(os.listdir(os.path.join(HERE, folder))):
        if not file.endswith(".py"):
            continue
        path = os.path.join(HERE, folder, file)
        for arguments in marked(path, "# bench:") or [[]]:
            program = Program(path, arguments, sum(marked(path, "# gilbox:"), []))
            if not only or any(fnmatch.fnmatch(program.name, pattern) for pattern in only):
                found.append(program)
    return found


# ---------------------------------------------------------------- telling


def progress(text):
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()


def note(text):
    progress("")
    print(text, file=sys.stderr)
