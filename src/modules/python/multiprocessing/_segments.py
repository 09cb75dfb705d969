"""A manager of blocks of shared memory: what is made through it lives as long as it."""

from . import shared_memory, util
from .managers import BaseManager

__name__ = "multiprocessing.managers"


def _shut_down(names, shutdown):
    """Ends the server, and the blocks that it knows."""
    known = names.copy()
    shutdown()
    for name in known:
        shared_memory._forget(name)


class SharedMemoryManager(BaseManager):
    """Makes blocks of shared memory and lists in such; all of them end with the manager."""

    _names = None

    def start(self, initializer=None, initargs=()):
        """Spawn a server process for this manager object"""
        super().start(initializer, initargs)
        self._names = self._known_names()
        self.shutdown = util.Finalize(self, _shut_down, args=(self._names, self.shutdown), exitpriority=1)

    def _note(self, made):
        if self._names is not None:
            self._names.add(made.name)
        return made

    def SharedMemory(self, size):
        """Returns a new SharedMemory instance with the specified size in bytes, to be tracked by the manager."""
        self._check_started()
        return self._note(shared_memory.SharedMemory(None, create=True, size=size, track=self._names is None))

    def ShareableList(self, sequence):
        """Returns a new ShareableList instance populated with the values from the input sequence."""
        self._check_started()
        made = shared_memory.ShareableList(sequence)
        self._note(made.shm)
        return made

    def _check_started(self):
        if self._address is None:
            raise RuntimeError("the manager has not been started")


SharedMemoryManager.register("_known_names", set, exposed=("add", "copy"))
