# gilbox: -A
# Handlers of logging that keep files, turn them over, buffer, and hand records to another thread.
import io
import logging
import logging.handlers
import os
import sys
import threading
import time
from logging import FileHandler
from logging.handlers import (BufferingHandler, MemoryHandler, QueueHandler, QueueListener, RotatingFileHandler,
                              TimedRotatingFileHandler, WatchedFileHandler)

BASE = "/tmp/gilbox-logging-%d" % os.getpid()
os.mkdir(BASE)


def path(name):
    return os.path.join(BASE, name)


def show(*names):
    for name in names or sorted(os.listdir(BASE)):
        with open(path(name)) as file:
            print(name, repr(file.read()))
    for name in os.listdir(BASE):
        os.remove(path(name))


def attempt(what, action):
    try:
        print(what, "->", repr(action()).replace(BASE, "BASE"))
    except Exception as error:
        print(what, "->", type(error).__name__, str(error).replace(BASE, "BASE"))


log = logging.getLogger("files")
log.propagate = False
log.setLevel(10)


def use(handler, form="%(message)s"):
    for old in log.handlers[:]:
        log.removeHandler(old)
        old.close()
    handler.setFormatter(logging.Formatter(form))
    log.addHandler(handler)
    return handler


handler = use(FileHandler(path("plain.log")))
print(repr(handler).replace(BASE, "BASE"), handler.baseFilename == path("plain.log"), handler.mode, handler.encoding)
log.info("one")
log.info("two")
handler.close()
log.info("opened again")
use(FileHandler(path("plain.log"), mode="w", encoding="latin-1"))
log.info("caf\xe9")
use(FileHandler(path("late.log"), delay=True))
print(sorted(os.listdir(BASE)))
log.info("now")
use(logging.NullHandler())
with open(path("plain.log"), "rb") as file:
    print(file.read())
os.remove(path("plain.log"))
show()
closed = FileHandler(path("once.log"), "w")
closed.close()
closed.emit(logging.makeLogRecord({"msg": "not written"}))
print(closed.stream)
show()
attempt("missing folder", lambda: FileHandler(path("no/such.log")))

# basicConfig with a file.
logging.basicConfig(filename=path("basic.log"), filemode="w", encoding="utf-8", level="INFO", format="%(levelname)s %(message)s")
logging.info("\u20ac")
logging.basicConfig(filename=path("basic2.log"), encoding="ascii", force=True)
logging.warning("\u20ac escaped")
logging.basicConfig(handlers=[logging.NullHandler()], force=True)
show()

# Turned over by size.
handler = use(RotatingFileHandler(path("size.log"), mode="w", maxBytes=20, backupCount=2))
print(handler.mode, repr(handler).replace(BASE, "BASE"))
for number in range(8):
    log.info("message %d", number)
handler.close()
show()
handler = use(RotatingFileHandler(path("one.log"), maxBytes=10, backupCount=0))
for number in range(3):
    log.info("long message %d", number)
show()
handler = use(RotatingFileHandler(path("named.log"), maxBytes=10, backupCount=3, delay=True))
handler.namer = lambda name: name.replace(".log.", "-") + ".old"


def rotator(source, dest):
    os.rename(source, dest)
    print("rotated", os.path.basename(source), os.path.basename(dest))


handler.rotator = rotator
for number in range(3):
    log.info("message %d", number)
handler.close()
show()
handler = use(RotatingFileHandler(path("never.log")))
log.info("x" * 100)
handler.doRollover()
log.info("y")
use(logging.NullHandler())
show()

# Turned over by time.
for when, interval in [("S", 5), ("m", 2), ("h", 1), ("D", 3), ("midnight", 1), ("midnight", 2), ("W0", 1), ("W6", 1), ("w3", 2)]:
    timed = TimedRotatingFileHandler(path("timed.log"), when, interval, utc=True, delay=True)
    print(when, timed.interval, timed.suffix, [timed.computeRollover(moment) - moment for moment in (0, 86399, 1000000000)])
    timed.close()
attempt("when", lambda: TimedRotatingFileHandler(path("timed.log"), "X", delay=True))
attempt("when", lambda: TimedRotatingFileHandler(path("timed.log"), "W", delay=True))
attempt("when", lambda: TimedRotatingFileHandler(path("timed.log"), "W7", delay=True))
handler = use(TimedRotatingFileHandler(path("timed.log"), "D", backupCount=2, utc=True))
log.info("before")
handler.rolloverAt = 86400 * 10
for day in (5, 6, 7):
    with open(path("timed.log.1970-01-0%d" % day), "w") as file:
        file.write("old")
log.info("after")
print(handler.rolloverAt > time.time())
use(logging.NullHandler())
show()

handler = use(WatchedFileHandler(path("watched.log")))
log.info("first")
os.rename(path("watched.log"), path("moved.log"))
log.info("second")
os.remove(path("watched.log"))
log.info("third")
use(logging.NullHandler())
show()

# Buffers.
target = logging.StreamHandler(sys.stdout)
target.setFormatter(logging.Formatter("target: %(message)s"))
memory = use(MemoryHandler(3, target=target))
for text in "abcd":
    log.info(text)
print(len(memory.buffer))
log.error("grave")
log.info("at the end")
memory.close()
print(memory.target, len(memory.buffer))
memory = MemoryHandler(10, flushLevel=10, target=target, flushOnClose=False)
memory.handle(logging.makeLogRecord({"msg": "low", "levelno": 5}))
memory.handle(logging.makeLogRecord({"msg": "high", "levelno": 10}))
memory.handle(logging.makeLogRecord({"msg": "lost", "levelno": 5}))
memory.close()
memory = MemoryHandler(10)
memory.setTarget(target)
memory.emit(logging.makeLogRecord({"msg": "set later", "levelno": 20}))
memory.flush()
buffering = BufferingHandler(2)
for text in "abc":
    buffering.emit(logging.makeLogRecord({"msg": text, "levelno": 20}))
    print(len(buffering.buffer), end=" ")
print()


class Queue:
    """As much of a queue as the handlers need."""

    def __init__(self):
        self.items = []
        self.ready = threading.Condition()

    def put_nowait(self, item):
        with self.ready:
            self.items.append(item)
            self.ready.notify()

    def get(self, block=True):
        with self.ready:
            self.ready.wait_for(lambda: self.items)
            return self.items.pop(0)


queue = Queue()
handler = use(QueueHandler(queue), "queued %(message)s %(threadName)s")
print(handler, handler.listener)
listener = QueueListener(queue, target, logging.NullHandler())
try:
    raise KeyError("k")
except KeyError:
    log.exception("failed with %s", "arguments")
record = queue.items[0]
print(record.args, record.exc_info, record.exc_text, record.msg.splitlines()[0], record.message == record.msg)
listener.start()
threads = [threading.Thread(target=log.info, args=("from %d", n), name="worker") for n in range(3)]
for thread in threads:
    thread.start()
    thread.join()
listener.stop()
listener.stop()
# The queue is empty: the listener has nothing to print meanwhile.
listener.start()
attempt("start", listener.start)
listener.stop()
print(queue.items)
target.setLevel(logging.ERROR)
for respect in (False, True):
    with QueueListener(queue, target, respect_handler_level=respect):
        log.info("info %s", respect)
        log.error("error %s", respect)
os.rmdir(BASE)
