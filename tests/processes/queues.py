# Queues between processes: order, limits, ends, errors of objects that cannot be sent.
import multiprocessing as mp
import queue
import time

mp.set_start_method("fork", force=True)
from multiprocessing import JoinableQueue, Process, Queue, SimpleQueue


def put(q, count):
    for n in range(count):
        q.put(n)


def work(q, done):
    while True:
        item = q.get()
        if item is not None:
            done.put(item * 2)
        q.task_done()
        if item is None:
            break


q = Queue()
p = Process(target=put, args=(q, 5))
p.start()
print([q.get() for _ in range(5)])
p.join()
print(q.empty(), q.qsize(), q.full())
try:
    q.get(timeout=0.05)
except queue.Empty as error:
    print(type(error).__name__)
try:
    q.get_nowait()
except queue.Empty as error:
    print(type(error).__name__)
q.close()
q.join_thread()
for call in lambda: q.put(1), q.get:
    try:
        call()
    except ValueError as error:
        print(str(error).startswith("Queue <multiprocessing.queues.Queue object at"), str(error).endswith("is closed"))

q = Queue(2)
q.put(1)
q.put(2)
try:
    q.put_nowait(3)
except queue.Full as error:
    print(type(error).__name__, q.full())
try:
    q.put(3, timeout=0.01)
except queue.Full as error:
    print(type(error).__name__)
print(q.get(), q.get())


class Quiet(type(q)):
    @staticmethod
    def _on_queue_feeder_error(error, obj):
        print("feeder:", type(error).__name__)


q = Quiet(ctx=mp.get_context())
q.put(lambda: 0)
q.put("after")
print(q.get())

s = SimpleQueue()
p = Process(target=put, args=(s, 3))
p.start()
print(s.get(), s.get(), s.get(), s.empty())
p.join()
large = "x" * 300_000
p = Process(target=s.put, args=(large,))
p.start()
print(s.get() == large)
p.join()
s.close()

j, done = JoinableQueue(), Queue()
p = Process(target=work, args=(j, done))
p.start()
for n in range(4):
    j.put(n)
j.put(None)
j.join()
p.join()
print([done.get() for _ in range(4)], p.exitcode)
try:
    j.task_done()
except ValueError as error:
    print(error)
try:
    import pickle
    pickle.dumps(q)
except RuntimeError as error:
    print(error)
print(mp.active_children())
