# gilbox: -A
# SharedMemoryManager: what is made through it ends with it; and signals through descriptors of processes.
import multiprocessing
import os
import signal
from multiprocessing.managers import SharedMemoryManager
from multiprocessing.shared_memory import ShareableList, SharedMemory


def fill(name):
    memory = SharedMemory(name)
    memory.buf[:5] = b"hello"
    memory.close()


def main():
    with SharedMemoryManager() as manager:
        memory = manager.SharedMemory(size=64)
        numbers = manager.ShareableList([1, "two", 3.0])
        child = multiprocessing.Process(target=fill, args=(memory.name,))
        child.start()
        child.join()
        print(bytes(memory.buf[:5]), memory.size >= 64, list(numbers), type(manager).__name__)
        print(ShareableList(name=numbers.shm.name)[1])
        names = memory.name, numbers.shm.name
        memory.close()
        numbers.shm.close()
    for name in names:
        try:
            SharedMemory(name)
        except FileNotFoundError:
            print("is gone")

    pid = os.fork()
    if pid == 0:
        signal.pause()
    descriptor = os.pidfd_open(pid)
    print(signal.pidfd_send_signal(descriptor, 0), signal.pidfd_send_signal(descriptor, signal.SIGKILL))
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    for arguments in ((descriptor, signal.SIGKILL), (12345, 9), ("x", 9), (descriptor, 9, 5)):
        try:
            signal.pidfd_send_signal(*arguments)
        except (OSError, TypeError) as error:
            print(type(error).__name__, error)
    print(signal.SIGCLD, repr(signal.SIGIOT), signal.Signals(17))


if __name__ == "__main__":
    main()
