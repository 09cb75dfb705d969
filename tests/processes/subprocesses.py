# gilbox: --allow-run
"""subprocess: programs that run beside this one."""
import os
import re
import subprocess


def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except BaseException as e:
            print(type(e).__name__, e)


run = subprocess.run
print(subprocess.__all__)
attempt(
    lambda: run(["true"]), lambda: run("exit 3", shell=True), lambda: run(["echo", "a"], capture_output=True),
    lambda: run("echo a; echo b >&2", shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True),
    lambda: run(["nonexistent"]), lambda: run(["true"], cwd="/nonexistent"), lambda: run("/", check=True),
    lambda: run("false", check=True), lambda: run(["sh", "-c", "kill -9 $$"], check=True),
    lambda: run(["sh", "-c", "kill -64 $$"], check=True), lambda: run(["cat"], input="x", capture_output=True),
    lambda: run(["cat"], input="xé", text=True, capture_output=True), lambda: run(["cat"], input=b"x", stdin=-1),
    lambda: run(["cat"], capture_output=True, stdout=-1), lambda: subprocess.check_output(["echo", "hi"]),
    lambda: subprocess.check_output(["cat"], input=b"in"), lambda: subprocess.check_call(["false"]),
    lambda: subprocess.call(["false"]), lambda: subprocess.check_call(["true"]),
    lambda: subprocess.check_output("echo x; exit 2", shell=True), lambda: subprocess.check_output("true", stdout=1),
    lambda: subprocess.getoutput("echo hi; exit 3"), lambda: subprocess.getstatusoutput("echo hi; exit 3"),
    lambda: run([]), lambda: run(["x\0y"]), lambda: run(5), lambda: run(["true"], env={"A=": "1"}),
    lambda: run(["env"], env={"A": "1", "PATH": os.environ["PATH"]}, capture_output=True).stdout[:4],
    lambda: run(["pwd"], cwd="/usr", capture_output=True), lambda: run(["true"], preexec_fn=lambda: 1 / 0),
    lambda: run(["sh", "-c", "echo $$"], preexec_fn=lambda: os.write(1, b"before\n"), capture_output=True, text=True).stdout[:7],
    lambda: run(["echo", 1]), lambda: subprocess.list2cmdline(["a b", 'c"d', "", "e\\", "f g\\"]),
    lambda: run("cat", stdin=subprocess.DEVNULL), lambda: run("echo a", shell=True, stdout=subprocess.DEVNULL),
    lambda: run(["sh", "-c", "echo $0 $1", "a", "b"], capture_output=True, encoding="ascii"),
    lambda: run(["true"], bufsize="x"), lambda: run(["true"], universal_newlines=True, text=False),
    lambda: run(["true"], stdout=subprocess.STDOUT), lambda: run(["sh", "-c", "umask"], umask=0o77, capture_output=True),
    lambda: run("echo $0", shell=True, executable="/bin/bash", capture_output=True, text=True).stdout,
    lambda: run(["python"], executable="/bin/echo", capture_output=True, text=True).stdout,
    lambda: run(["printf", "a\\r\\nb\\rc\\n"], capture_output=True, text=True).stdout,
    lambda: run(["sh", "-c", "ps 2>&1 >/dev/null; echo ok"], start_new_session=True, capture_output=True).returncode)
try:
    run(["sleep", "5"], timeout=0.05)
except subprocess.TimeoutExpired as e:
    print(re.sub(r"0\.\d+", "0.05", str(e)), e.cmd, e.output)
try:
    run("echo early; sleep 5", shell=True, timeout=0.2, capture_output=True)
except subprocess.TimeoutExpired as e:
    print(e, e.output, e.stderr)

p = subprocess.Popen(["cat"], stdin=-1, stdout=-1, text=True)
print(type(p.stdin).__name__, p.stdout.encoding, p.stderr, p.args, p.returncode, p.poll(), repr(p))
print(p.communicate("abc"), repr(p), p.returncode, p.stdin.closed, p.stdout.closed)
p = subprocess.Popen(["sleep", "10"])
p.terminate()
print(p.wait(), repr(p))
p.terminate(), p.send_signal(9)
p = subprocess.Popen(["sleep", "10"])
attempt(lambda: p.wait(0.05))
p.kill()
print(p.wait(), p.wait(1), p.poll())
p = subprocess.Popen("sleep 0.1; echo out; cat >&2", shell=True, stdin=-1, stdout=-1, stderr=-1)
attempt(lambda: p.communicate(b"x" * 100000, timeout=0.01))
print([len(x) for x in p.communicate()])
attempt(lambda: p.communicate(b"x"))
with subprocess.Popen(["echo", "1"], stdout=subprocess.PIPE) as p:
    print(p.stdout.read(), type(p.stdout).__name__)
print(p.returncode)
for error in (subprocess.CalledProcessError(3, "cmd", "o", "e"), subprocess.TimeoutExpired("cmd", 3, "o", "e")):
    print(repr(error), error, error.output, error.stdout, error.stderr, error.cmd, error.args)
completed = subprocess.CompletedProcess(["x"], 1, "o", "e")
print(completed)
attempt(completed.check_returncode)

# Descriptors: those that are passed, and no others.
reader, writer = os.pipe()
os.write(writer, b"via a descriptor")
os.close(writer)
print(run(["cat", f"/proc/self/fd/{reader}"], capture_output=True).returncode)
print(run(["cat", f"/proc/self/fd/{reader}"], pass_fds=[reader], capture_output=True).stdout)
with open(os.devnull) as null:
    print(run(["cat"], stdin=null, capture_output=True))
print(os.system("exit 3"), os.waitstatus_to_exitcode(os.system("exit 3")))
with os.popen("echo from a shell; exit 4") as stream:
    print(stream.read())
stream = os.popen("exit 4")
print(stream.close(), os.popen("true").close())
pid = os.posix_spawn("/bin/sh", ["sh", "-c", "exit 7"], os.environ)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(os.spawnl(os.P_WAIT, "/bin/sh", "sh", "-c", "exit 6"), os.spawnvp(os.P_WAIT, "sh", ["sh", "-c", "kill -9 $$"]),
      os.spawnlp(os.P_WAIT, "nonexistent", "x"))
attempt(lambda: os.posix_spawn("/nonexistent", ["x"], {}), lambda: os.execv("/nonexistent", []),
        lambda: os.execv("/nonexistent", ["x"]), lambda: os.execvp("nonexistent", ["x"]), lambda: os.execvp("x", "x"),
        lambda: os.execve("/bin/true", ["x"], {"a=": "b"}))
pid = os.fork()
if pid == 0:
    os.execlp("sh", "sh", "-c", "exit 5")
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
