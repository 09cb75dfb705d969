"""Other programs need --allow-run; processes of the program's own code do not."""
import os
import subprocess

for call in (lambda: subprocess.run(["true"]), lambda: os.system("true"), lambda: os.execv("/bin/true", ["true"]),
             lambda: os.posix_spawn("/bin/true", ["true"], {}), lambda: os.kill(os.getppid(), 0), lambda: os.killpg(0, 0),
             lambda: os.spawnl(os.P_WAIT, "/bin/true", "true"), lambda: os.popen("true")):
    try:
        call()
    except PermissionError as e:
        print(e)
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    # The child has no more rights than its parent.
    try:
        subprocess.run(["true"])
    except PermissionError as e:
        os.write(writer, str(e).encode())
    os.read(os.pipe()[0], 1)
os.close(writer)
print(os.read(reader, 100))
os.kill(pid, 15)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
try:
    os.kill(pid, 0)
except ProcessLookupError as e:
    # It is over, and its number nobody's.
    print(e)
