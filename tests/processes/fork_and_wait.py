"""os.fork, waiting, and what a wait status says."""
import os
import signal
import sys
import time


def child(act):
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        act()
        os._exit(0)
    return pid


pid = child(lambda: os._exit(3))
got, status = os.waitpid(pid, 0)
print(got == pid, status, os.waitstatus_to_exitcode(status), os.WIFEXITED(status), os.WEXITSTATUS(status))

pid = child(lambda: os.kill(os.getpid(), signal.SIGKILL))
got, status = os.wait()
print(got == pid, status, os.waitstatus_to_exitcode(status), os.WIFSIGNALED(status), os.WTERMSIG(status), os.WCOREDUMP(status))

pid = child(lambda: time.sleep(30))
print(os.waitpid(pid, os.WNOHANG))
os.kill(pid, signal.SIGSTOP)
got, status = os.waitpid(pid, os.WUNTRACED)
print(got == pid, os.WIFSTOPPED(status), os.WSTOPSIG(status) == signal.SIGSTOP)
os.kill(pid, signal.SIGCONT)
got, status = os.waitpid(pid, os.WCONTINUED)
print(got == pid, os.WIFCONTINUED(status))
os.kill(pid, signal.SIGTERM)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

for wait in (lambda: os.waitpid(pid, 0), os.wait, lambda: os.waitpid(-1, os.WNOHANG)):
    try:
        wait()
    except ChildProcessError as e:
        print(repr(e))

for status in (0, 256, 9, 139, 0x137F, 0xFFFF):
    try:
        print(status, os.waitstatus_to_exitcode(status))
    except ValueError as e:
        print(status, repr(e))

# Any child, in the order of their ends.
slow, quick = child(lambda: time.sleep(0.3)), child(lambda: None)
print([pid == one for pid, one in zip((os.wait()[0], os.wait()[0]), (quick, slow))])

# A pipe connects parent and child; the child's parent is we.
reader, writer = os.pipe()
me = os.getpid()


def tell():
    os.close(reader)
    os.write(writer, f"{os.getppid() == me} {os.getpid() != me}".encode())


pid = child(tell)
os.close(writer)
print(os.read(reader, 100), os.read(reader, 100))
os.close(reader)
os.waitpid(pid, 0)

# A child that runs to the end of the program as its parent does.
sys.stdout.flush()
pid = os.fork()
if pid:
    print("child ended with", os.waitpid(pid, 0)[1] >> 8)
else:
    print("in the child")
    sys.exit(5)

# Children of children.
def descend(depth):
    if depth:
        pid = os.fork()
        if pid == 0:
            os._exit(descend(depth - 1))
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) + 1
    return 0


print(descend(5))
times = os.times()
print(type(times), len(times), times.n_fields, times.elapsed == times[4])
print(os.getpgid(0) == os.getpgrp(), os.getpgid(os.getpid()) == os.getpgrp(), os.getsid(0) > -1)
pid = child(lambda: (os.setsid(), os._exit(os.getsid(0) == os.getpid() == os.getpgrp())))
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(os.nice(0) == os.getpriority(os.PRIO_PROCESS, 0), os.sched_getaffinity(0) == set(os.sched_getaffinity(os.getpid())))
print(os.cpu_count() > 0, os.process_cpu_count() > 0, os.sched_yield())
for wrong in (lambda: os.waitpid("1", 0), lambda: os.kill(os.getpid()), lambda: os._exit("x"), lambda: os.fork(1)):
    try:
        wrong()
    except TypeError:
        print("TypeError")
