"""Thread with target, args, kwargs; start, join, is_alive, ident."""

import threading

out = []


def work(a, b=0, *rest, key=None):
    out.append((a, b, rest, key))


t = threading.Thread(target=work, args=(1, 2, 3), kwargs={"key": "k"})
print(t.is_alive(), t.ident, t.daemon)
t.start()
t.join()
print(t.is_alive(), t.ident is not None, out)
threads = [threading.Thread(target=work, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(x[0] for x in out))
threading.Thread(target=None).start()
t = threading.Thread()
t.start()
t.join()
print("no target is fine")
