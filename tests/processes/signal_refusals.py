"""What the signal module refuses, its other names for signals, and a child that is sent a signal when it is over."""

import os
import signal


def show(what, call):
    try:
        print(what, repr(call()))
    except Exception as error:
        print(what, type(error).__name__, error)


show("negative", lambda: signal.setitimer(signal.ITIMER_REAL, -1))
show("no number", lambda: signal.setitimer(signal.ITIMER_REAL, "a"))
show("not a number", lambda: signal.setitimer(signal.ITIMER_REAL, float("nan")))
show("no such timer", lambda: signal.setitimer(9, 0))

reader, writer = os.pipe()
try:
    signal.set_wakeup_fd(writer)
except ValueError as error:
    print("blocking", str(error).replace(str(writer), "FD"))
os.set_blocking(writer, False)
show("wakeup", lambda: signal.set_wakeup_fd(writer))
show("back", lambda: signal.set_wakeup_fd(-1) == writer)

show("no descriptor", lambda: signal.set_wakeup_fd(9999))
show("of the wrong type", lambda: signal.set_wakeup_fd("a"))

import _thread

for number in (-1, 0, signal.NSIG, 1000):
    show("interrupt", lambda: _thread.interrupt_main(number))
# What is not handled by the program does nothing.
for handler in (signal.SIG_IGN, signal.SIG_DFL, lambda number, frame: print("handled", number)):
    before = signal.signal(signal.SIGTERM, handler)
    show("interrupt", lambda: _thread.interrupt_main(signal.SIGTERM))
signal.signal(signal.SIGTERM, before)

show("names", lambda: (signal.SIGCLD, signal.SIGIOT, signal.SIGPOLL, signal.Signals(17), signal.Signals(6), signal.Signals(29)))
show("no enumerations of others", lambda: [name for name in dir(signal) if "Enum" in name])

pid = os.fork()
if pid == 0:
    signal.pause()
descriptor = os.pidfd_open(pid)
show("siginfo", lambda: signal.pidfd_send_signal(descriptor, 0, 5))
show("there", lambda: signal.pidfd_send_signal(descriptor, 0))
show("killed", lambda: signal.pidfd_send_signal(descriptor, signal.SIGKILL))
show("status", lambda: os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
show("gone", lambda: signal.pidfd_send_signal(descriptor, 0))
show("over", lambda: os.kill(pid, signal.SIGTERM))
show("over", lambda: os.kill(pid, 0))
show("waited for", lambda: os.waitpid(pid, 0))
