"""Threads are started by the hundred, by each other too, and end in every way: each runs once, has a number of its own while it
lives, can be joined by many, and leaves nothing behind."""

import sys
import threading
import time

from crew import finish, going_on, problems

seen = []
escaped = []
threading.excepthook = lambda args: escaped.append(args.exc_value.args[0])


def storm():
    """Many at once that do next to nothing."""
    ran = []
    threads = [threading.Thread(target=ran.append, args=(i,)) for i in range(150)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if sorted(ran) != list(range(150)) or any(t.is_alive() for t in threads):
        problems.append(f"{len(ran)} threads of 150 ran")


def all_at_once():
    """They live together: their numbers differ."""
    gate = threading.Barrier(41)
    idents, native = [], []

    def stay():
        idents.append(threading.get_ident())
        native.append(threading.get_native_id())
        me = threading.current_thread()
        if me.ident != threading.get_ident() or threading._active.get(me.ident) is not me:
            problems.append("a thread does not know itself")
        gate.wait()
        gate.wait()

    threads = [threading.Thread(target=stay) for _ in range(40)]
    for t in threads:
        t.start()
    gate.wait()
    if len(set(idents)) != 40 or len(set(native)) != 40 or threading.active_count() < 41:
        problems.append("two threads have one number")
    if not set(threads) <= set(threading.enumerate()):
        problems.append("a living thread is not listed")
    gate.wait()
    for t in threads:
        t.join()
    if any(t in threading.enumerate() for t in threads):
        problems.append("a thread that has ended is listed")


def families():
    """Threads that start threads that start threads, and do not wait for them."""
    born = []
    done = threading.Semaphore(0)

    def bear(depth):
        born.append(depth)
        if depth:
            for _ in range(3):
                threading.Thread(target=bear, args=(depth - 1,)).start()
        done.release()

    bear(3)
    for _ in range(1 + 3 + 9 + 27):
        if not done.acquire(timeout=30):
            problems.append(f"only {len(born)} descendants were born")
            return


def ends_of_every_kind():
    escaped.clear()

    def fail(n):
        raise LookupError(n)

    def leave(n):
        sys.exit(n)

    def nest(n):
        def deep(k):
            return deep(k - 1) + 1 if k else fail(n)

        deep(50 + n)

    threads = [threading.Thread(target=f, args=(i,)) for i, f in enumerate((fail, leave, nest) * 10)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if sorted(escaped) != list(range(30)):
        problems.append(f"exceptions of {len(escaped)} threads were reported")


def joined_by_many():
    gate = threading.Event()
    waited_for = threading.Thread(target=gate.wait)
    back = []

    def wait_for(i):
        if i % 3 == 0:
            waited_for.join(0.0001)
        waited_for.join()
        back.append(waited_for.is_alive())

    waiting = [threading.Thread(target=wait_for, args=(i,)) for i in range(20)]
    waited_for.start()
    for t in waiting:
        t.start()
    gate.set()
    for t in waiting:
        t.join()
    if back != [False] * 20:
        problems.append("a join came back early")


def started_once():
    ran = []
    refused = []
    once = threading.Thread(target=ran.append, args=(1,))

    def start():
        try:
            once.start()
        except RuntimeError:
            refused.append(1)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    once.join()
    if ran != [1] or len(refused) != 3:
        problems.append(f"one thread was started {len(ran)} times")


def locals_of_their_own():
    own = threading.local()
    wrong = []

    def use(i):
        own.value = i
        own.items = [i]
        time.sleep(0)
        own.items.append(own.value)
        if own.items != [i, i]:
            wrong.append(i)

    threads = [threading.Thread(target=use, args=(i,)) for i in range(30)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    if wrong or hasattr(own, "value"):
        problems.append("threads saw each other's locals")


def timers():
    fired = []
    made = [threading.Timer(0.0005 * (i % 3), fired.append, (i,)) for i in range(12)]
    for t in made:
        t.start()
    for t in made[::3]:
        t.cancel()
    for t in made:
        t.join()
    if not set(fired) >= {i for i in range(12) if i % 3} or len(set(fired)) != len(fired):
        problems.append("a timer was lost")


def spin():
    while True:
        seen[:] = [seen]
        time.sleep(0.0001)


parts = (
    storm,
    all_at_once,
    families,
    ends_of_every_kind,
    joined_by_many,
    started_once,
    locals_of_their_own,
    timers,
)
for _ in range(2):
    threading.Thread(target=spin, daemon=True).start()
while going_on():
    for part in parts:
        if going_on():
            part()
finish()
