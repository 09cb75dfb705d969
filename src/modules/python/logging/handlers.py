"""More handlers of logging: files that are turned over, files that others move, buffers, queues; sockets are in `_sockets`.

Those that speak to mail and web servers are absent: gilbox has no modules for these.
"""

import copy
import io
import logging
import os
import queue
import re
import threading
import time

from logging._sockets import DatagramHandler, SocketHandler, SysLogHandler

DEFAULT_TCP_LOGGING_PORT = 9020
DEFAULT_UDP_LOGGING_PORT = 9021
DEFAULT_HTTP_LOGGING_PORT = 9022
DEFAULT_SOAP_LOGGING_PORT = 9023
SYSLOG_UDP_PORT = SYSLOG_TCP_PORT = 514


class BaseRotatingHandler(logging.FileHandler):
    """A file that is put aside now and then: subclasses say when, and to where."""

    namer = None
    rotator = None

    def __init__(self, filename, mode, encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            super().emit(record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        """The name of a file that was put aside, by the namer if there is one."""
        return self.namer(default_name) if callable(self.namer) else default_name

    def rotate(self, source, dest):
        """Put a file aside, by the rotator if there is one."""
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

    def _close_stream(self):
        if self.stream:
            self.stream.close()
            self.stream = None


class RotatingFileHandler(BaseRotatingHandler):
    """A file that is put aside when it has grown to a size; so many of the old ones are kept."""

    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        # Overwriting at the start would lose what the size is to preserve.
        if maxBytes > 0:
            mode = "a"
        super().__init__(filename, mode, encoding=encoding, delay=delay, errors=errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        """Put the file aside as .1, what was .1 as .2, and so on, and begin a new one."""
        self._close_stream()
        if self.backupCount > 0:
            names = [self.baseFilename] + [self.rotation_filename(f"{self.baseFilename}.{number}")
                                           for number in range(1, self.backupCount + 1)]
            for number in range(self.backupCount, 0, -1):
                older, newer = names[number], names[number - 1]
                if number > 1 and not os.path.exists(newer):
                    continue
                if os.path.exists(older):
                    os.remove(older)
                if number > 1:
                    os.rename(newer, older)
                else:
                    self.rotate(newer, older)
        if not self.delay:
            self.stream = self._open()

    def shouldRollover(self, record):
        """Whether the file would grow beyond its size with this record."""
        if self.stream is None:
            self.stream = self._open()
        if self.maxBytes <= 0:
            return False
        try:
            size = self.stream.tell()
        except io.UnsupportedOperation:
            # A pipe is never put aside.
            return False
        # An empty file takes a record of any length.
        if not size or size + len(f"{self.format(record)}\n") < self.maxBytes:
            return False
        return not os.path.exists(self.baseFilename) or os.path.isfile(self.baseFilename)


_MIDNIGHT = 24 * 60 * 60
# For each period: its seconds, and the ending of a file's name.
_PERIODS = {
    "S": (1, "%Y-%m-%d_%H-%M-%S"),
    "M": (60, "%Y-%m-%d_%H-%M"),
    "H": (60 * 60, "%Y-%m-%d_%H"),
    "D": (_MIDNIGHT, "%Y-%m-%d"),
    "MIDNIGHT": (_MIDNIGHT, "%Y-%m-%d"),
    "W": (7 * _MIDNIGHT, "%Y-%m-%d"),
}


class TimedRotatingFileHandler(BaseRotatingHandler):
    """A file that is put aside after a time: seconds, minutes, hours, days, at midnight, on a day of the week."""

    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False,
                 atTime=None, errors=None):
        super().__init__(filename, "a", encoding=encoding, delay=delay, errors=errors)
        self.when = when.upper()
        self.backupCount = backupCount
        self.utc = utc
        self.atTime = atTime
        period = self.when
        if period.startswith("W"):
            if len(period) != 2:
                raise ValueError(f"You must specify a day for weekly rollover from 0 to 6 (0 is Monday): {period}")
            if not "0" <= period[1] <= "6":
                raise ValueError(f"Invalid day specified for weekly rollover: {period}")
            self.dayOfWeek = int(period[1])
            period = "W"
        if period not in _PERIODS:
            raise ValueError(f"Invalid rollover interval specified: {self.when}")
        seconds, self.suffix = _PERIODS[period]
        # A moment in the name of a file that was put aside; it begins with the year.
        self.extMatch = re.compile(r"(?<!\d)\d\d" + re.sub("%.", r"\\d\\d", self.suffix) + r"(?!\d)", re.ASCII)
        self.interval = seconds * interval
        filename = self.baseFilename
        start = int(os.stat(filename).st_mtime) if os.path.exists(filename) else int(time.time())
        self.rolloverAt = self.computeRollover(start)

    def _moment(self, seconds):
        return time.gmtime(seconds) if self.utc else time.localtime(seconds)

    def computeRollover(self, currentTime):
        """When the file is to be put aside, seen from a moment."""
        if self.when != "MIDNIGHT" and not self.when.startswith("W"):
            return currentTime + self.interval
        now = self._moment(currentTime)
        at = self.atTime
        turn = _MIDNIGHT if at is None else at.hour * 3600 + at.minute * 60 + at.second
        left = turn - (now.tm_hour * 3600 + now.tm_min * 60 + now.tm_sec)
        weekday = now.tm_wday
        if left <= 0:
            # Past today's turn: tomorrow's.
            left += _MIDNIGHT
            weekday = (weekday + 1) % 7
        result = currentTime + left
        if self.when.startswith("W"):
            result += (self.dayOfWeek - weekday) % 7 * _MIDNIGHT
            result += self.interval - 7 * _MIDNIGHT
        else:
            result += self.interval - _MIDNIGHT
        if not self.utc:
            result += self._summer_shift(now.tm_isdst, result)
        return result

    def _summer_shift(self, was_summer, moment):
        """How much later a moment comes if the clocks are changed before it."""
        is_summer = time.localtime(moment).tm_isdst
        if was_summer == is_summer:
            return 0
        if was_summer:
            return 3600
        return -3600 if time.localtime(moment - 3600).tm_isdst else 0

    def shouldRollover(self, record):
        """Whether the time has come."""
        now = int(time.time())
        if now < self.rolloverAt:
            return False
        if os.path.exists(self.baseFilename) and not os.path.isfile(self.baseFilename):
            self.rolloverAt = self.computeRollover(now)
            return False
        return True

    def getFilesToDelete(self):
        """The old files that are too many, by their names."""
        folder, base = os.path.split(self.baseFilename)
        kept = sorted(os.path.join(folder, name) for name in os.listdir(folder) if self._is_old(name, base))
        return kept[:len(kept) - self.backupCount] if len(kept) >= self.backupCount else []

    def _is_old(self, name, base):
        """Whether a file is one that this handler has put aside."""
        if self.namer is None:
            return name.startswith(base + ".") and self.extMatch.fullmatch(name, len(base) + 1) is not None
        found = self.extMatch.search(name)
        while found:
            if os.path.basename(self.namer(f"{self.baseFilename}.{found[0]}")) == name:
                return True
            found = self.extMatch.search(name, found.start() + 1)
        return False

    def doRollover(self):
        """Put the file aside under the name of the time at which it began, and begin a new one."""
        now = int(time.time())
        began = self.rolloverAt - self.interval
        moment = self._moment(began)
        if not self.utc:
            summer = time.localtime(now).tm_isdst
            if summer != moment.tm_isdst:
                moment = time.localtime(began + (3600 if summer else -3600))
        name = self.rotation_filename(f"{self.baseFilename}.{time.strftime(self.suffix, moment)}")
        self.rolloverAt = self.computeRollover(now)
        if os.path.exists(name):
            # It has been put aside already.
            return
        self._close_stream()
        self.rotate(self.baseFilename, name)
        if self.backupCount > 0:
            for old in self.getFilesToDelete():
                os.remove(old)
        if not self.delay:
            self.stream = self._open()


class WatchedFileHandler(logging.FileHandler):
    """A file that is opened again when something else has taken its name."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__(filename, mode=mode, encoding=encoding, delay=delay, errors=errors)
        self.dev, self.ino = -1, -1
        self._statstream()

    def _statstream(self):
        if self.stream:
            found = os.fstat(self.stream.fileno())
            self.dev, self.ino = found.st_dev, found.st_ino

    def reopenIfNeeded(self):
        if self.stream is None:
            return
        try:
            found = os.stat(self.baseFilename)
        except FileNotFoundError:
            found = None
        if found is None or (found.st_dev, found.st_ino) != (self.dev, self.ino):
            stream, self.stream = self.stream, None
            stream.flush()
            stream.close()
            self.stream = self._open()
            self._statstream()

    def emit(self, record):
        self.reopenIfNeeded()
        super().emit(record)


class BufferingHandler(logging.Handler):
    """Keeps records until there are so many."""

    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self.buffer = []

    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity

    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        with self.lock:
            self.buffer.clear()

    def close(self):
        try:
            self.flush()
        finally:
            super().close()


class MemoryHandler(BufferingHandler):
    """Keeps records until there are so many or a grave one comes; then another handler gets them."""

    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose

    def shouldFlush(self, record):
        return super().shouldFlush(record) or record.levelno >= self.flushLevel

    def setTarget(self, target):
        with self.lock:
            self.target = target

    def flush(self):
        with self.lock:
            if self.target:
                for record in self.buffer:
                    self.target.handle(record)
                self.buffer.clear()

    def close(self):
        try:
            if self.flushOnClose:
                self.flush()
        finally:
            with self.lock:
                self.target = None
                super().close()


class QueueHandler(logging.Handler):
    """Puts records on a queue: what takes them from there may be slow, or in another process."""

    def __init__(self, queue):
        super().__init__()
        self.queue = queue
        self.listener = None

    def enqueue(self, record):
        self.queue.put_nowait(record)

    def prepare(self, record):
        """A record whose text is made, so that nothing of the caller's is needed any more."""
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = record.stack_info = None
        return record

    def emit(self, record):
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    """A thread that hands the records on a queue to handlers."""

    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self._thread = None
        self.respect_handler_level = respect_handler_level

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *args):
        self.stop()

    def dequeue(self, block):
        return self.queue.get(block)

    def start(self):
        if self._thread is not None:
            raise RuntimeError("Listener already started")
        self._thread = threading.Thread(target=self._monitor, daemon=True)
        self._thread.start()

    def prepare(self, record):
        return record

    def handle(self, record):
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        counts = hasattr(self.queue, "task_done")
        while True:
            try:
                record = self.dequeue(True)
            except queue.Empty:
                return
            stop = record is self._sentinel
            if not stop:
                self.handle(record)
            if counts:
                self.queue.task_done()
            if stop:
                return

    def enqueue_sentinel(self):
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        """End the thread when it has handled what is on the queue."""
        if self._thread:
            self.enqueue_sentinel()
            self._thread.join()
            self._thread = None
