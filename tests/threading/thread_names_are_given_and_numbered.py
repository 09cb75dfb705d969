"""Default names count up and carry the target's name; names can be set."""

import threading


def work():
    names.append(threading.current_thread().name)


class Custom(threading.Thread):
    def run(self):
        names.append(self.name)


names = []
threads = [
    threading.Thread(target=work),
    threading.Thread(target=work, name="given"),
    threading.Thread(target=work),
    Custom(),
    Custom(name="mine"),
    threading.Thread(target=lambda: work()),
]
for t in threads:
    t.start()
    t.join()
print(names)
threads[0].name = "renamed"
print(threads[0].name, threading.main_thread().name, threading.current_thread() is threading.main_thread())
print(threads[1].name, threads[3].getName() if hasattr(threads[3], "getName") and False else threads[3].name)
