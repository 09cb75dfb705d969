"""Queues that interpreters pass objects through."""

import queue
import weakref

import _interpreters

__all__ = ['UNBOUND', 'UNBOUND_ERROR', 'UNBOUND_REMOVE', 'create', 'list_all', 'Queue', 'QueueError',
           'QueueNotFoundError', 'QueueEmpty', 'QueueFull', 'ItemInterpreterDestroyed']


class QueueError(RuntimeError):
    """Indicates that a queue-related error happened."""


class QueueNotFoundError(QueueError):
    """An cross-interpreter queue could not be found."""


for _class in (QueueError, QueueNotFoundError):
    _class.__module__ = 'concurrent.interpreters'


class QueueEmpty(QueueError, queue.Empty):
    """Raised from get_nowait() when the queue is empty.

    It is also raised from get() if it times out.
    """


class QueueFull(QueueError, queue.Full):
    """Raised from put_nowait() when the queue is full.

    It is also raised from put() if it times out.
    """


class ItemInterpreterDestroyed(QueueError):
    """Raised when trying to get an item whose interpreter was destroyed."""


class UnboundQueueItem:
    """Stands in a queue for an item whose interpreter has been closed."""

    __slots__ = ()

    def __new__(cls):
        return UNBOUND

    def __repr__(self):
        return f'{self.__module__}.UNBOUND'


UNBOUND = object.__new__(UnboundQueueItem)
UNBOUND_ERROR = object()
UNBOUND_REMOVE = object()

# By the number that the native part knows each by.
_CHOICES = {1: UNBOUND_REMOVE, 2: UNBOUND_ERROR, 3: UNBOUND}


def _number_of(choice):
    for number, known in _CHOICES.items():
        if choice is known:
            return number
    raise NotImplementedError(f'unsupported unbound replacement op {choice!r}')


def create(maxsize=0, *, unbounditems=UNBOUND):
    """Return a new cross-interpreter queue.

    The queue may be used to pass data safely between interpreters. What "unbounditems" says holds for items whose
    interpreter is closed before they are taken out, unless Queue.put() was told otherwise.
    """
    keeper, number = _interpreters.create_channel(maxsize, _number_of(unbounditems))
    return Queue(number)


def list_all():
    """Return a list of all open queues."""
    return [Queue(number) for number in _interpreters.list_channels()]


_known = weakref.WeakValueDictionary()


class Queue(_interpreters.Channel):
    """A cross-interpreter queue."""

    def __new__(cls, id, /):
        if not isinstance(id, int):
            raise TypeError(f'id must be an int, got {id!r}')
        known = _known.get(int(id))
        if known is None:
            try:
                made = super().__new__(cls, id)
            except LookupError:
                raise QueueNotFoundError(f'queue {id} not found') from None
            known = _known.setdefault(int(id), made)
        return known

    def __repr__(self):
        return f'{type(self).__name__}({self.id})'

    def __hash__(self):
        return hash(self.id)

    def __reduce__(self):
        return type(self), (self.id,)

    @property
    def maxsize(self):
        return super().maxsize

    @property
    def unbounditems(self):
        return _CHOICES[self._unbound]

    def empty(self):
        """Return whether there is nothing in the queue."""
        return self.qsize() == 0

    def full(self):
        """Return whether there is no room in the queue."""
        return 0 < self.maxsize <= self.qsize()

    def put(self, obj, block=True, timeout=None, *, unbounditems=None, _delay=0.01):
        """Add the object to the queue.

        If "block" is true, this blocks while the queue is full. The object that comes out is a new one, equal to this one,
        except for queues. "unbounditems" says what becomes of it if this interpreter is closed before: UNBOUND
        comes out in its place, UNBOUND_ERROR has get() raise ItemInterpreterDestroyed, UNBOUND_REMOVE takes it out of the
        queue; None leaves that to create_queue().
        """
        choice = None if unbounditems is None else _number_of(unbounditems)
        if not self._put(obj, choice, _checked(block, timeout)):
            raise QueueFull(f'queue {self.id} is full')

    def put_nowait(self, obj, *, unbounditems=None):
        """Add the object to the queue, or raise QueueFull."""
        self.put(obj, False, unbounditems=unbounditems)

    def get(self, block=True, timeout=None, *, _delay=0.01):
        """Return the next object from the queue.

        If "block" is true, this blocks while the queue is empty.
        """
        taken = self._get(_checked(block, timeout))
        if taken is None:
            raise QueueEmpty(f'queue {self.id} is empty')
        item, choice = taken
        if choice is None:
            return item
        if _CHOICES[choice] is UNBOUND_ERROR:
            raise ItemInterpreterDestroyed("item's original interpreter destroyed")
        return UNBOUND

    def get_nowait(self):
        """Return the next object from the queue, or raise QueueEmpty."""
        return self.get(False)


def _checked(block, timeout):
    if not block:
        return 0
    if timeout is not None and timeout < 0:
        raise ValueError('timeout value must be non-negative')
    return timeout
