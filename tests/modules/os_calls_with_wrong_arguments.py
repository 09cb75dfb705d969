"""What the functions of os say of wrong arguments: those that CPython has in C, and those that it has in Python."""

import operator
import os
import pickle
import signal
import warnings
import weakref


def attempt(function, *args, **keywords):
    try:
        function(*args, **keywords)
    except TypeError as error:
        print(error)
    else:
        print(f"{function.__name__}: nothing is wrong")


for name in ("getpid", "getcwd", "getcwdb", "getuid", "getppid", "cpu_count", "times", "uname", "ctermid", "sched_yield"):
    function = getattr(os, name)
    print(name, function.__module__)
    attempt(function, 1)
    attempt(function, 1, 2)
    attempt(function, x=1)

for name in ("close", "dup", "isatty", "strerror", "umask", "urandom", "sysconf", "confstr", "fstatvfs", "unsetenv",
             "WCOREDUMP", "WEXITSTATUS", "fspath", "statvfs", "device_encoding", "waitstatus_to_exitcode", "get_blocking",
             "getsid", "major", "ttyname", "wait3", "fchdir"):
    function = getattr(os, name)
    print(name, function.__module__)
    attempt(function)
    attempt(function, 1, 2)
    attempt(function, 1, x=2)

for name in ("execv", "execve", "putenv", "fpathconf", "pathconf", "makedev", "wait4", "waitid", "sched_setparam",
             "posix_spawn", "utime", "timerfd_settime", "link", "rename", "access", "read"):
    function = getattr(os, name)
    print(name, function.__module__)
    attempt(function, *range(0))
    attempt(function, *range(9))
    attempt(function, x=1)

for name in ("makedirs", "walk", "getenv", "execl", "spawnv", "get_exec_path", "popen", "fdopen"):
    function = getattr(os, name)
    print(name, function.__module__)
    attempt(function, *range(9))

for module, names in ((operator, ("abs", "index", "not_", "add", "call", "length_hint")),
                      (weakref, ("getweakrefs", "getweakrefcount", "proxy")),
                      (signal, ("siginterrupt", "sigwaitinfo", "sigtimedwait", "alarm")),
                      (warnings, ("warn", "warn_explicit"))):
    for name in names:
        function = getattr(module, name)
        print(name, function.__module__)
        attempt(function)
        attempt(function, *range(9))
        attempt(function, x=1)

for kind in (weakref.ProxyType, weakref.CallableProxyType):
    attempt(kind)
    attempt(kind, 1)

# They are pickled by the name of the module in C.
for function in (os.getpid, os.strerror, os.fspath, operator.add, operator.not_):
    pickled = pickle.dumps(function, 0)
    print(pickled)
    print(pickle.loads(pickled) is function)
print(os.getpid.__self__.__name__ in ("posix", "_os"))
