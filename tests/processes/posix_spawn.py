# gilbox: -A
"""Programs started by `posix_spawn`: what becomes of descriptors, signals and groups, and what is refused."""

import os
import signal
import tempfile

# Not the whole of it, which the collector's stress mode would take its time to encode again and again.
ENVIRONMENT = {"PATH": os.environ["PATH"]}

d = tempfile.mkdtemp()
p = os.path.join(d, "out.txt")
prog = "/bin/sh"
def show(what, f):
    try: print(what, f())
    except BaseException as e: print(what, type(e).__name__, str(e).replace(d, "DIR"))
def run(cmd, **k):
    pid = os.posix_spawn(prog, [prog, "-c", cmd], ENVIRONMENT, **k)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
show("plain", lambda: run("exit 3"))
show("open", lambda: run("echo hi; echo err >&2", file_actions=[(os.POSIX_SPAWN_OPEN, 1, p, os.O_WRONLY|os.O_CREAT|os.O_TRUNC, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]))
print(open(p).read())
show("close", lambda: run("echo x 2>/dev/null || exit 7", file_actions=[(os.POSIX_SPAWN_CLOSE, 1)]))
show("closefrom", lambda: run("exit 4", file_actions=[(os.POSIX_SPAWN_CLOSEFROM, 3)]) if hasattr(os, "POSIX_SPAWN_CLOSEFROM") else "none")
show("bad", lambda: run("exit 3", file_actions=[(99, 1)]))
show("bad2", lambda: run("exit 3", file_actions=[1]))
show("bad3", lambda: run("exit 3", file_actions=[()]))
show("bad4", lambda: run("exit 3", file_actions=[(os.POSIX_SPAWN_CLOSE,)]))
show("bad5", lambda: run("exit 3", file_actions=[(os.POSIX_SPAWN_OPEN, 1, p, os.O_WRONLY)]))
show("bad6", lambda: run("exit 3", file_actions=[(os.POSIX_SPAWN_DUP2, 1)]))
show("bad7", lambda: run("exit 3", file_actions=5))
show("bad9", lambda: run("exit 3", file_actions=[("x", 1)]))
show("none", lambda: run("exit 3", file_actions=None))
show("empty", lambda: run("exit 3", file_actions=[]))
show("missing", lambda: run("exit 3", file_actions=[(os.POSIX_SPAWN_OPEN, 0, "/nonexistent/x", os.O_RDONLY, 0)]))
show("setsid", lambda: run("exit 0", setsid=True))
show("setpgroup", lambda: run("exit 0", setpgroup=0))
show("setsigmask", lambda: run("exit 0", setsigmask=[signal.SIGUSR1]))
show("setsigdef", lambda: run("exit 0", setsigdef=[signal.SIGUSR1]))
show("resetids", lambda: run("exit 0", resetids=True))
show("scheduler", lambda: run("exit 0", scheduler=(os.SCHED_OTHER, os.sched_param(0))))
show("posix_spawnp", lambda: os.waitstatus_to_exitcode(os.waitpid(os.posix_spawnp("sh", ["sh", "-c", "exit 9"], ENVIRONMENT), 0)[1]))
show("nofile", lambda: os.posix_spawn("/nonexistent", ["x"], ENVIRONMENT))
show("noargs", lambda: os.posix_spawn("/bin/sh", [], ENVIRONMENT))
show("noarg0", lambda: os.posix_spawn("/bin/sh", [""], ENVIRONMENT))
show("badargs", lambda: os.posix_spawn("/bin/sh", "sh", ENVIRONMENT))
show("badenv", lambda: os.posix_spawn("/bin/sh", ["sh"], 5))
pid = os.fork()
if pid == 0: os._exit(0)
os.waitpid(pid, 0)
show("kill", lambda: os.kill(pid, 15))
show("kill0", lambda: os.kill(pid, 0))
show("waitpid", lambda: os.waitpid(pid, 0))
