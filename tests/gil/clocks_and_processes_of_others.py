# The machine's clocks are not set, and processes of others get no signals, without a flag.
import os
import signal
import time


def show(source):
    try:
        print(source, "->", repr(eval(source)))
    except Exception as error:
        print(source, "!!", type(error).__name__, error)


show("time.clock_settime(time.CLOCK_REALTIME, 0)")
show("time.clock_settime_ns(time.CLOCK_REALTIME, 0)")
show("os.pidfd_open(1)")
show("signal.pidfd_send_signal(0, 0)")
show("signal.pidfd_send_signal(99, 0)")
pid = os.fork()
if pid == 0:
    signal.pause()
child = os.pidfd_open(pid)
show("signal.pidfd_send_signal(child, signal.SIGTERM)")
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
show("signal.pidfd_send_signal(child, signal.SIGTERM)")
