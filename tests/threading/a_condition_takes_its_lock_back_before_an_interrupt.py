# Ctrl-C while a Condition takes its lock back is raised once it has it: `with` can give it back.
import os
import threading
import time

condition = threading.Condition()


def disturb():
    with condition:
        condition.notify()
        time.sleep(0.1)
        os.kill(os.getpid(), 2)
        time.sleep(0.2)
        print("the other lets go")


for round in range(2):
    thread = threading.Thread(target=disturb)
    try:
        with condition:
            thread.start()
            try:
                condition.wait()
                time.sleep(1)
            except KeyboardInterrupt:
                print("interrupted, owned:", condition._is_owned())
                raise
    except KeyboardInterrupt:
        print("free:", not condition._is_owned(), condition.acquire(False))
        condition.release()
    thread.join()
