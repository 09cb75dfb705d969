"""Thread subclasses with state and results."""

import threading


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f"worker-{n}")
        self.n = n
        self.result = None

    def run(self):
        self.result = sum(range(self.n))


workers = [Worker(n) for n in (10, 100, 1000)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print([(w.name, w.result) for w in workers])


class Failing(threading.Thread):
    def run(self):
        try:
            super().run()
        except ValueError as error:
            self.error = error


f = Failing(target=lambda: int("x"))
f.start()
f.join()
print(f.error)
w = Worker(5)
w.run()
print(w.result, w.ident)
