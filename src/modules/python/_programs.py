"""The part of `os` that runs other programs: exec, spawn, system, popen. All of it needs --allow-run."""

import _os
from _os import waitpid
from _statics import stand_for

# What is here is known as the own of os.
__name__ = "os"

P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1


def _os_module():
    import os
    return os


def get_exec_path(env=None):
    """The folders in which programs are looked for."""
    os = _os_module()
    path = (os.environ if env is None else env).get("PATH", os.defpath)
    return os.fsdecode(path).split(os.pathsep)


def _environment(env):
    """An environment as the system wants it."""
    os = _os_module()
    pairs = []
    if env is None:
        import _environment
        env = _environment.inherited()
    for name, value in env.items():
        name, value = os.fsencode(name), os.fsencode(value)
        if b"=" in name or not name:
            raise ValueError("illegal environment variable name")
        pairs.append(name + b"=" + value)
    return pairs


def _arguments(args, who):
    if not isinstance(args, (tuple, list)):
        raise TypeError(f"{who}() arg 2 must be a tuple or list")
    if not args:
        raise ValueError(f"{who}() arg 2 must not be empty")
    encoded = [_os_module().fsencode(arg) for arg in args]
    if not encoded[0]:
        raise ValueError(f"{who}() arg 2 first element cannot be empty")
    return encoded


def execv(path, argv, /):
    """Execute an executable path with arguments, replacing current process."""
    path = _os._path(path, "execv", "string, bytes or os.PathLike")
    _os._exec(_os_module().fsencode(path), _arguments(argv, "execv"), _environment(None))


def execve(path, argv, env):
    """Execute an executable path with arguments and an environment, replacing current process."""
    if isinstance(path, int):
        path = f"/proc/self/fd/{path}"
    path = _os._path(path, "execve", "string, bytes, os.PathLike or integer")
    if not hasattr(env, "keys"):
        raise TypeError("execve: environment must be a mapping object")
    _os._exec(_os_module().fsencode(path), _arguments(argv, "execve"), _environment(env))


def execvp(file, args):
    """As execv, with the program looked for in the folders of PATH."""
    _execvpe(file, args)


def execvpe(file, args, env):
    """As execve, with the program looked for in the folders of PATH."""
    _execvpe(file, args, env)


def _execvpe(file, args, env=None):
    os = _os_module()
    run = (lambda path: execv(path, args)) if env is None else (lambda path: execve(path, args, env))
    file = os.fsdecode(file)
    if os.path.dirname(file):
        run(file)
        return
    worst = None
    for folder in get_exec_path(env):
        try:
            run(os.path.join(folder, file))
        except (FileNotFoundError, NotADirectoryError) as problem:
            last = problem
        except OSError as problem:
            last = worst = worst or problem
    raise worst or last


def execl(file, *args):
    """As execv, with the arguments one by one."""
    execv(file, args)


def execle(file, *args):
    """As execve, with the arguments one by one and the environment last."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """As execvp, with the arguments one by one."""
    execvp(file, args)


def execlpe(file, *args):
    """As execvpe, with the arguments one by one and the environment last."""
    execvpe(file, args[:-1], args[-1])


def _candidates(file, env, search):
    os = _os_module()
    file = os.fsencode(file)
    if not search or b"/" in file:
        return [file]
    return [os.path.join(os.fsencode(folder), file) for folder in get_exec_path(env)]


def _start(file, args, env, *, search=False, who, setpgroup=-1, setsid=False, more=None):
    pid, stage, error = _os._fork_exec(
        _candidates(file, env, search), _arguments(args, who), _environment(env), None, (-1, -1, -1), (), False,
        False, setsid, setpgroup, -1, (None, None, None), None, more)
    if stage:
        raise OSError(error, _os.strerror(error), file)
    return pid


def _spawn(mode, file, args, env, search):
    if not isinstance(args, (tuple, list)):
        raise TypeError("argv must be a tuple or a list")
    if not args or not args[0]:
        raise ValueError("argv first element cannot be empty")
    try:
        pid = _start(file, args, env, search=search, who="spawnv")
    except FileNotFoundError:
        if mode == P_NOWAIT:
            raise
        return 127
    if mode == P_NOWAIT:
        return pid
    return _os_module().waitstatus_to_exitcode(waitpid(pid, 0)[1])


def spawnv(mode, file, args):
    """Run a program with arguments: its exit code, or its process id if it is not waited for."""
    return _spawn(mode, file, args, None, False)


def spawnve(mode, file, args, env):
    """As spawnv, with an environment."""
    return _spawn(mode, file, args, env, False)


def spawnvp(mode, file, args):
    """As spawnv, with the program looked for in the folders of PATH."""
    return _spawn(mode, file, args, None, True)


def spawnvpe(mode, file, args, env):
    """As spawnve, with the program looked for in the folders of PATH."""
    return _spawn(mode, file, args, env, True)


def spawnl(mode, file, *args):
    """As spawnv, with the arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """As spawnve, with the arguments one by one and the environment last."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """As spawnvp, with the arguments one by one."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """As spawnvpe, with the arguments one by one and the environment last."""
    return spawnvpe(mode, file, args[:-1], args[-1])


# What `file_actions` may ask for: the name, and how many elements such a tuple has.
_ACTIONS = {0: ("open", 5), 1: ("close", 2), 2: ("dup2", 3), 3: ("closefrom", 2)}


def _steps(file_actions, opened):
    """What the child does with its descriptors, in numbers; files that it is to have are opened here, and noted."""
    os = _os_module()
    if not isinstance(file_actions, (tuple, list)) and not hasattr(type(file_actions), "__getitem__"):
        raise TypeError("file_actions must be a sequence or None")
    steps = []
    for action in file_actions:
        if not isinstance(action, tuple) or not action:
            raise TypeError("Each file_actions element must be a non-empty tuple")
        kind = action[0].__index__() if hasattr(action[0], "__index__") else None
        if kind is None:
            raise TypeError(f"'{type(action[0]).__name__}' object cannot be interpreted as an integer")
        if kind not in _ACTIONS:
            raise TypeError("Unknown file_actions identifier")
        name, length = _ACTIONS[kind]
        if len(action) != length:
            raise TypeError(f"A {name} file_action tuple must have {length} elements")
        if name != "open":
            steps.append(action)
            continue
        _, fd, path, flags, mode = action
        here = os.open(path, flags, mode)
        opened.append(here)
        steps.append((0, here, fd))
    return steps


def _spawn_program(who, search, path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef,
                   scheduler):
    os = _os_module()
    if not isinstance(argv, (tuple, list)):
        raise TypeError(f"{who}: argv must be a tuple or list")
    if not argv:
        raise ValueError(f"{who}: argv must not be empty")
    if not argv[0]:
        raise ValueError(f"{who}: argv first element cannot be empty")
    if env is not None and not hasattr(env, "keys"):
        raise TypeError(f"{who}: environment must be a mapping object or None")
    if scheduler is not None:
        policy, param = scheduler
        scheduler = (-1 if policy is None else policy, param.sched_priority)
    opened = []
    try:
        try:
            steps = [] if file_actions is None else _steps(file_actions, opened)
        except OSError as error:
            raise OSError(error.errno, error.strerror, path) from None
        more = (steps, None if setsigmask is None else [int(signal) for signal in setsigmask],
                [int(signal) for signal in setsigdef], resetids, scheduler)
        return _start(path, argv, env, search=search, who=who, setpgroup=setpgroup, setsid=setsid, more=more)
    finally:
        for fd in opened:
            os.close(fd)


def posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=-1, resetids=False, setsid=False, setsigmask=None,
                setsigdef=(), scheduler=None):
    """Execute the program specified by path in a new process; its process id."""
    return _spawn_program("posix_spawn", False, path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask,
                          setsigdef, scheduler)


def posix_spawnp(path, argv, env, /, *, file_actions=(), setpgroup=-1, resetids=False, setsid=False, setsigmask=None,
                 setsigdef=(), scheduler=None):
    """As posix_spawn, with the program looked for in the folders of PATH."""
    return _spawn_program("posix_spawnp", True, path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask,
                          setsigdef, scheduler)


def system(command):
    """Run a command in a shell; its wait status."""
    pid = _start("/bin/sh", ["sh", "-c", command], None, who="system")
    return waitpid(pid, 0)[1]


class _Pipe:
    """The stream of a command that runs in a shell; closing it waits for the command."""

    def __init__(self, stream, process):
        self._stream = stream
        self._process = process

    def close(self):
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return code << 8 if code > 0 else code

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def popen(cmd, mode="r", buffering=-1):
    """A stream to or from a command that runs in a shell."""
    import subprocess
    if not isinstance(cmd, str):
        raise TypeError(f"invalid cmd type ({type(cmd)}, expected string)")
    if mode not in ("r", "w"):
        raise ValueError("invalid mode %r" % mode)
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    pipes = {"stdout" if mode == "r" else "stdin": subprocess.PIPE}
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **pipes)
    return _Pipe(process.stdout if mode == "r" else process.stdin, process)


stand_for("posix", execv, execve, posix_spawn, posix_spawnp, system)
