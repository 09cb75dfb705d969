"""A scheduler of events: each a function to be called at a time, in order of time and priority."""

import threading
import time
from collections import namedtuple
from heapq import heapify as _heapify, heappop as _heappop, heappush as _heappush
from time import monotonic as _time

__all__ = ['scheduler']

# Stands for an argument that was not given.
_MISSING = object()


class Event(namedtuple('Event', 'time, priority, sequence, action, argument, kwargs')):
    """What is to happen, and when; events of one time and priority come in the order in which they were entered."""

    __slots__ = ()


class scheduler:
    """Runs what was entered when its time has come, by a clock and a delay function of the program's choice."""

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self._entered = 0
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=_MISSING):
        """Enter an event at an absolute time; the result can be given to cancel()."""
        if kwargs is _MISSING:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, self._entered, action, argument, kwargs)
            self._entered += 1
            _heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_MISSING):
        """Enter an event so long after now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Remove an event; ValueError if it is not there."""
        with self._lock:
            self._queue.remove(event)
            _heapify(self._queue)

    def empty(self):
        """Return whether nothing is left to happen."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run events until there are none; if not blocking, those that are due, and return the time until the next.

        An action may enter and cancel events. One that raises has been taken out, and run() may be called again.
        """
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                wait = event.time - self.timefunc()
                if wait <= 0:
                    _heappop(self._queue)
            if wait > 0:
                if not blocking:
                    return wait
                self.delayfunc(wait)
            else:
                event.action(*event.argument, **event.kwargs)
                # Other threads' turn.
                self.delayfunc(0)

    @property
    def queue(self):
        """The events to come, in the order in which they will run."""
        with self._lock:
            return sorted(self._queue)
