"""How objects are made into bytes for another process, descriptors among them."""

__all__ = ["ForkingPickler", "register", "dump"]

import copyreg
import io
import os
import pickle
import socket
from _pickle import dumps_with, loads_own

from . import context

# Descriptors reach a process as it starts, and not later.
HAVE_SEND_HANDLE = False


class ForkingPickler(pickle.Pickler):
    """The pickler of this package, with reductions of its own."""

    _extra_reducers = {}
    _copyreg_dispatch = copyreg.dispatch_table

    def __init__(self, *args):
        super().__init__(*args)
        self.dispatch_table = {**self._copyreg_dispatch, **self._extra_reducers}

    @classmethod
    def register(cls, type, reduce):
        """Register a reduce function for a type."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        if protocol is None and cls is ForkingPickler:
            return dumps_with(obj, cls._extra_reducers)
        buffer = io.BytesIO()
        cls(buffer, protocol).dump(obj)
        return buffer.getbuffer()

    # What comes through these pipes was written by a process of this program.
    loads = staticmethod(loads_own)


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """Replacement for pickle.dump() using ForkingPickler."""
    ForkingPickler(file, protocol).dump(obj)


class HandedOut:
    """A descriptor for a process that is being started, which gets it together with its other objects."""

    def __init__(self, fd, is_copy=False):
        popen = context.get_spawning_popen()
        if popen is None:
            raise RuntimeError("descriptors are only sent to processes that are being started")
        self.number = popen.duplicate_for_child(fd)
        if is_copy:
            popen.close_afterwards(fd)

    def detach(self):
        """The descriptor here."""
        from .spawn import inherited
        return inherited(self.number)

    def __enter__(self):
        self._here = self.detach()
        return self._here

    def __exit__(self, *args):
        os.close(self._here)


def DupFd(fd):
    """What stands for a descriptor on its way to another process."""
    return HandedOut(fd)


def _reduce_method(method):
    if method.__self__ is None:
        return getattr, (type(method), method.__func__.__name__)
    return getattr, (method.__self__, method.__func__.__name__)


class _C:
    def f(self):
        pass


register(type(_C().f), _reduce_method)


def _reduce_socket(sock):
    return _rebuild_socket, (DupFd(sock.fileno()), sock.family, sock.type, sock.proto)


def _rebuild_socket(shared, family, type, proto):
    return socket.socket(family, type, proto, fileno=shared.detach())


register(socket.socket, _reduce_socket)


class AbstractReducer:
    """The reductions as an object that programs may replace."""

    ForkingPickler = ForkingPickler
    register = register
    dump = dump
    DupFd = DupFd
