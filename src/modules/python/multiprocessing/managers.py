"""Managers: a process whose objects other processes use through proxies."""

__all__ = ["BaseManager", "SyncManager", "BaseProxy", "Token", "SharedMemoryManager"]

import array
import collections.abc
import os
import queue
import threading
import types
from threading import get_ident

from . import ProcessError, context, get_context, pool, process, reduction, util
from ._server import Server, Token, public_methods, run
from .connection import Client, Listener

# What listens and connects, by the name of how messages are written.
listener_client = {"pickle": (Listener, Client)}

all_methods = public_methods


class RemoteError(Exception):
    """An error of the server, as text."""

    def __str__(self):
        line = "-" * 75
        return f"\n{line}\n{self.args[0]}{line}"


def convert_to_error(kind, result):
    """The exception that an answer stands for."""
    if kind == "#ERROR":
        return result
    if kind in ("#TRACEBACK", "#UNSERIALIZABLE"):
        if not isinstance(result, str):
            raise TypeError(f"Result {result!r} (kind '{kind}') type is {type(result)}, not str")
        return RemoteError("Unserializable message: %s\n" % result if kind == "#UNSERIALIZABLE" else result)
    return ValueError(f"Unrecognized message type {kind!r}")


class _Lines(util.ForkAwareLocal):
    """The connections of a thread, by address and key: who has a wrong key gets none that was opened with the right one."""


_lines = _Lines()
# Numbers of objects that no proxy of this process stands for any more, by address: told with the next request. The proxies
# are found dead in the middle of anything, where nothing can be sent.
_dropped = collections.defaultdict(collections.deque)


def _ask(address, authkey, ident, name, args=(), kwds={}):
    """Make a request and wait for the answer."""
    way = address, bytes(authkey)
    line = _lines.__dict__.get(way)
    if line is None:
        util.debug("making connection to manager")
        line = _lines.__dict__[way] = Client(address, authkey=authkey)
    dropped = []
    waiting = _dropped[address]
    while waiting:
        dropped.append(waiting.popleft())
    try:
        line.send((ident, name, args, kwds, dropped))
        return line.recv()
    except (OSError, EOFError):
        # The next request tries anew.
        _lines.__dict__.pop(way, None)
        line.close()
        raise


def dispatch(address, authkey, name, args=(), kwds={}):
    """Ask something of the server itself."""
    kind, result = _ask(address, authkey, None, name, args, kwds)
    if kind == "#RETURN":
        return result
    raise convert_to_error(kind, result)


class State:
    INITIAL, STARTED, SHUTDOWN = range(3)

    def __init__(self):
        self.value = State.INITIAL


class BaseManager:
    """A server process, and what makes objects in it."""

    _registry = {}
    _Server = Server

    def __init__(self, address=None, authkey=None, serializer="pickle", ctx=None, *, shutdown_timeout=1.0):
        if authkey is None:
            authkey = process.current_process().authkey
        self._address = address
        self._authkey = process.AuthenticationString(authkey)
        self._state = State()
        self._serializer = serializer
        self._Listener, self._Client = listener_client[serializer]
        self._ctx = ctx or get_context()
        self._shutdown_timeout = shutdown_timeout

    def _check_initial(self):
        if self._state.value != State.INITIAL:
            if self._state.value == State.STARTED:
                raise ProcessError("Already started server")
            if self._state.value == State.SHUTDOWN:
                raise ProcessError("Manager has shut down")
            raise ProcessError(f"Unknown state {self._state.value!r}")

    def get_server(self):
        """Return server object with serve_forever() method and address attribute"""
        self._check_initial()
        return self._Server(self._registry, self._address, self._authkey, self._serializer)

    def connect(self):
        """Connect manager object to the server process"""
        dispatch(self._address, self._authkey, "dummy")
        self._state.value = State.STARTED

    def start(self, initializer=None, initargs=()):
        """Spawn a server process for this manager object"""
        self._check_initial()
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        reader, writer = self._ctx.Pipe(duplex=False)
        self._process = self._ctx.Process(
            target=run, args=(self._Server, self._registry, self._address, self._authkey, self._serializer, writer,
                              initializer, initargs))
        identity = ":".join(str(number) for number in self._process._identity)
        self._process.name = f"{type(self).__name__}-{identity}"
        self._process.start()
        writer.close()
        self._address = reader.recv()
        reader.close()
        self._state.value = State.STARTED
        self.shutdown = util.Finalize(
            self, self._finalize_manager, exitpriority=0,
            args=(self._process, self._address, self._authkey, self._state, self._shutdown_timeout))

    def _create(self, typeid, /, *args, **kwds):
        """Make an object in the server; its token and what may be called."""
        assert self._state.value == State.STARTED, "server not yet started"
        ident, exposed = dispatch(self._address, self._authkey, "create", (typeid, *args), kwds)
        return Token(typeid, self._address, ident), exposed

    def join(self, timeout=None):
        """Join the manager process (if it has been spawned)"""
        if self._process is not None:
            self._process.join(timeout)
            if not self._process.is_alive():
                self._process = None

    def _debug_info(self):
        return dispatch(self._address, self._authkey, "debug_info")

    def _number_of_objects(self):
        return dispatch(self._address, self._authkey, "number_of_objects")

    def __enter__(self):
        if self._state.value == State.INITIAL:
            self.start()
        if self._state.value != State.STARTED:
            if self._state.value == State.INITIAL:
                raise ProcessError("Unable to start server")
            if self._state.value == State.SHUTDOWN:
                raise ProcessError("Manager has shut down")
            raise ProcessError(f"Unknown state {self._state.value!r}")
        return self

    def __exit__(self, *args):
        self.shutdown()

    @staticmethod
    def _finalize_manager(process, address, authkey, state, shutdown_timeout):
        """Ends the server: by asking, then by a signal, then by one that cannot be ignored."""
        if process.is_alive():
            util.info("sending shutdown message to manager")
            try:
                dispatch(address, authkey, "shutdown")
            except Exception:
                pass
            for end in (None, process.terminate, process.kill):
                if end is not None:
                    util.info("manager still alive")
                    end()
                process.join(timeout=shutdown_timeout)
                if not process.is_alive():
                    break
        state.value = State.SHUTDOWN
        line = _lines.__dict__.pop((address, bytes(authkey)), None)
        if line is not None:
            line.close()
        _dropped.pop(address, None)

    @property
    def address(self):
        return self._address

    @classmethod
    def register(cls, typeid, callable=None, proxytype=None, exposed=None, method_to_typeid=None, create_method=True):
        """Register a typeid with the manager type"""
        if "_registry" not in cls.__dict__:
            cls._registry = cls._registry.copy()
        if proxytype is None:
            proxytype = AutoProxy
        exposed = exposed or getattr(proxytype, "_exposed_", None)
        method_to_typeid = method_to_typeid or getattr(proxytype, "_method_to_typeid_", None)
        for name, value in (method_to_typeid or {}).items():
            assert type(name) is str, f"{name!r} is not a string"
            assert type(value) is str, f"{value!r} is not a string"
        cls._registry[typeid] = callable, exposed, method_to_typeid, proxytype
        if create_method:
            def temp(self, /, *args, **kwds):
                util.debug("requesting creation of a shared %r object", typeid)
                token, exposed = self._create(typeid, *args, **kwds)
                return proxytype(token, self._serializer, manager=self, authkey=self._authkey, exposed=exposed,
                                 incref=False)
            temp.__name__ = typeid
            setattr(cls, typeid, temp)


class BaseProxy:
    """What stands for an object of a manager."""

    def __init__(self, token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
        self._token = token
        self._id = token.id
        self._manager = manager
        self._serializer = serializer
        if authkey is not None:
            self._authkey = process.AuthenticationString(authkey)
        elif manager is not None:
            self._authkey = manager._authkey
        else:
            self._authkey = process.current_process().authkey
        # The server's own proxies, which it forgets itself.
        self._owned_by_manager = manager_owned
        if incref and not manager_owned:
            dispatch(token.address, self._authkey, "incref", (token.id,))
        self._watch()
        util.register_after_fork(self, BaseProxy._after_fork)

    def _watch(self):
        if not self._owned_by_manager:
            self._close = util.Finalize(self, _dropped[self._token.address].append, args=(self._token.id,))

    def _after_fork(self):
        # The child's proxy counts as one more, if the manager is still there.
        self._manager = None
        try:
            if not self._owned_by_manager:
                dispatch(self._token.address, self._authkey, "incref", (self._token.id,))
                self._watch()
        except Exception as error:
            util.info("incref failed: %s", error)

    def _callmethod(self, methodname, args=(), kwds={}):
        """Call a method of the object; what it returns."""
        kind, result = _ask(self._token.address, self._authkey, self._id, methodname, args, kwds)
        if kind == "#RETURN":
            return result
        if kind == "#PROXY":
            exposed, token = result
            proxytype = self._manager._registry[token.typeid][-1]
            token.address = self._token.address
            return proxytype(token, self._serializer, manager=self._manager, authkey=self._authkey, exposed=exposed,
                             incref=False)
        raise convert_to_error(kind, result)

    def _getvalue(self):
        """A copy of the object."""
        return self._callmethod("#GETVALUE")

    def __reduce__(self):
        kwds = {}
        if context.get_spawning_popen() is not None:
            kwds["authkey"] = self._authkey
        if getattr(self, "_isauto", False):
            kwds["exposed"] = self._exposed_
            return RebuildProxy, (AutoProxy, self._token, self._serializer, kwds)
        return RebuildProxy, (type(self), self._token, self._serializer, kwds)

    def __deepcopy__(self, memo):
        return self._getvalue()

    def __repr__(self):
        return f"<{type(self).__name__} object, typeid {self._token.typeid!r} at {id(self):#x}>"

    def __str__(self):
        """The object's repr, if it can be had."""
        try:
            return self._callmethod("__repr__")
        except Exception:
            return repr(self)[:-1] + "; '__str__()' failed>"


def RebuildProxy(func, token, serializer, kwds):
    """A proxy that has travelled."""
    server = getattr(process.current_process(), "_manager_server", None)
    if server is not None and server.address == token.address:
        # One that has come home lies in another object: it keeps its own as long as it lives.
        proxy = func(token, serializer, incref=False, manager_owned=True, **kwds)
        server.incref(token.id)
        util.Finalize(proxy, server.decref, args=(token.id,))
        return proxy
    incref = kwds.pop("incref", True) and not getattr(process.current_process(), "_inheriting", False)
    return func(token, serializer, incref=incref, **kwds)


def _forwarder(name):
    def method(self, /, *args, **kwds):
        return self._callmethod(name, args, kwds)
    method.__name__ = name
    return method


_proxy_types = {}


def MakeProxyType(name, exposed):
    """Return a proxy type whose methods are given by `exposed`"""
    exposed = tuple(exposed)
    known = _proxy_types.get((name, exposed))
    if known is None:
        namespace = {one: _forwarder(one) for one in exposed}
        known = _proxy_types[name, exposed] = type(name, (BaseProxy,), {**namespace, "_exposed_": exposed})
    return known


def AutoProxy(token, serializer, manager=None, authkey=None, exposed=None, incref=True, manager_owned=False):
    """Return an auto-proxy for `token`"""
    if authkey is None:
        authkey = manager._authkey if manager is not None else process.current_process().authkey
    if exposed is None:
        exposed = dispatch(token.address, authkey, "get_methods", (token.id,))
    kind = MakeProxyType(f"AutoProxy[{token.typeid}]", exposed)
    proxy = kind(token, serializer, manager=manager, authkey=authkey, incref=incref, manager_owned=manager_owned)
    proxy._isauto = True
    return proxy


# What methods of dicts and the like return travels as a list, and arrays as what they are made of.

def _as_list(view):
    return list, (list(view),)


for _view in ({}.keys(), {}.values(), {}.items()):
    reduction.register(type(_view), _as_list)
reduction.register(array.array, lambda values: (array.array, (values.typecode, values.tobytes())))


# Objects of managers

class Namespace:
    """An object for attributes."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted(f"{name}={value!r}" for name, value in self.__dict__.items() if not name.startswith("_"))
        return f"{type(self).__name__}({', '.join(shown)})"


class Value:
    """A value."""

    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self._value = value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return f"{type(self).__name__}({self._typecode!r}, {self._value!r})"

    value = property(get, set)


def Array(typecode, sequence, lock=True):
    return array.array(typecode, sequence)


# Proxies

class IteratorProxy(BaseProxy):
    _exposed_ = ("__next__", "send", "throw", "close")

    def __iter__(self):
        return self

    __next__, send, throw, close = map(_forwarder, _exposed_)


class AcquirerProxy(BaseProxy):
    _exposed_ = ("acquire", "release", "locked")

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod("acquire", (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod("release")

    def locked(self):
        return self._callmethod("locked")

    def __enter__(self):
        return self._callmethod("acquire")

    def __exit__(self, *args):
        return self._callmethod("release")


class ConditionProxy(AcquirerProxy):
    _exposed_ = ("acquire", "release", "wait", "notify", "notify_all", "locked")

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def notify(self, n=1):
        return self._callmethod("notify", (n,))

    def notify_all(self):
        return self._callmethod("notify_all")

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        end = None
        while not result:
            if timeout is not None:
                import time
                end = time.monotonic() + timeout if end is None else end
                left = end - time.monotonic()
                if left <= 0:
                    break
                self.wait(left)
            else:
                self.wait()
            result = predicate()
        return result


class EventProxy(BaseProxy):
    _exposed_ = ("is_set", "set", "clear", "wait")

    is_set, set, clear = map(_forwarder, _exposed_[:3])

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))


class BarrierProxy(BaseProxy):
    _exposed_ = ("__getattribute__", "wait", "abort", "reset")

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    abort, reset = map(_forwarder, _exposed_[2:])

    @property
    def parties(self):
        return self._callmethod("__getattribute__", ("parties",))

    @property
    def n_waiting(self):
        return self._callmethod("__getattribute__", ("n_waiting",))

    @property
    def broken(self):
        return self._callmethod("__getattribute__", ("broken",))


class NamespaceProxy(BaseProxy):
    _exposed_ = ("__getattribute__", "__setattr__", "__delattr__")

    def __getattr__(self, key):
        if key[0] == "_":
            return object.__getattribute__(self, key)
        return object.__getattribute__(self, "_callmethod")("__getattribute__", (key,))

    def __setattr__(self, key, value):
        if key[0] == "_":
            return object.__setattr__(self, key, value)
        return object.__getattribute__(self, "_callmethod")("__setattr__", (key, value))

    def __delattr__(self, key):
        if key[0] == "_":
            return object.__delattr__(self, key)
        return object.__getattribute__(self, "_callmethod")("__delattr__", (key,))


class ValueProxy(BaseProxy):
    _exposed_ = ("get", "set")

    def get(self):
        return self._callmethod("get")

    def set(self, value):
        return self._callmethod("set", (value,))

    value = property(get, set)

    __class_getitem__ = classmethod(types.GenericAlias)


BaseListProxy = MakeProxyType("BaseListProxy", (
    "__add__", "__contains__", "__delitem__", "__getitem__", "__imul__", "__len__", "__mul__", "__reversed__", "__rmul__",
    "__setitem__", "append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"))


class ListProxy(BaseListProxy):
    def __iadd__(self, value):
        self._callmethod("extend", (value,))
        return self

    def __imul__(self, value):
        self._callmethod("__imul__", (value,))
        return self

    __class_getitem__ = classmethod(types.GenericAlias)


collections.abc.MutableSequence.register(BaseListProxy)

_BaseDictProxy = MakeProxyType("_BaseDictProxy", (
    "__contains__", "__delitem__", "__getitem__", "__ior__", "__iter__", "__len__", "__or__", "__reversed__", "__ror__",
    "__setitem__", "clear", "copy", "fromkeys", "get", "items", "keys", "pop", "popitem", "setdefault", "update",
    "values"))
_BaseDictProxy._method_to_typeid_ = {"__iter__": "Iterator"}


class DictProxy(_BaseDictProxy):
    def __ior__(self, value):
        self._callmethod("update", (value,))
        return self

    __class_getitem__ = classmethod(types.GenericAlias)


collections.abc.MutableMapping.register(_BaseDictProxy)

_BaseSetProxy = MakeProxyType("_BaseSetProxy", (
    "__and__", "__class_getitem__", "__contains__", "__iand__", "__ior__", "__isub__", "__iter__", "__ixor__", "__len__",
    "__or__", "__rand__", "__ror__", "__rsub__", "__rxor__", "__sub__", "__xor__", "__ge__", "__gt__", "__le__", "__lt__",
    "add", "clear", "copy", "difference", "difference_update", "discard", "intersection", "intersection_update",
    "isdisjoint", "issubset", "issuperset", "pop", "remove", "symmetric_difference", "symmetric_difference_update",
    "union", "update"))
_BaseSetProxy._method_to_typeid_ = {"__iter__": "Iterator"}


class SetProxy(_BaseSetProxy):
    def __ior__(self, value):
        self._callmethod("update", (value,))
        return self

    def __iand__(self, value):
        self._callmethod("intersection_update", (value,))
        return self

    def __ixor__(self, value):
        self._callmethod("symmetric_difference_update", (value,))
        return self

    def __isub__(self, value):
        self._callmethod("difference_update", (value,))
        return self

    __class_getitem__ = classmethod(types.GenericAlias)


collections.abc.MutableSet.register(_BaseSetProxy)

ArrayProxy = MakeProxyType("ArrayProxy", ("__len__", "__getitem__", "__setitem__"))

BasePoolProxy = MakeProxyType("PoolProxy", (
    "apply", "apply_async", "close", "imap", "imap_unordered", "join", "map", "map_async", "starmap", "starmap_async",
    "terminate"))
BasePoolProxy._method_to_typeid_ = {
    "apply_async": "AsyncResult", "map_async": "AsyncResult", "starmap_async": "AsyncResult", "imap": "Iterator",
    "imap_unordered": "Iterator"}


class PoolProxy(BasePoolProxy):
    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.terminate()


# Definition of SyncManager

class SyncManager(BaseManager):
    """The manager whose objects are those of `multiprocessing.Manager()`."""


for _typeid, _make, _proxy in (
        ("Queue", queue.Queue, None), ("JoinableQueue", queue.Queue, None), ("Event", threading.Event, EventProxy),
        ("Lock", threading.Lock, AcquirerProxy), ("RLock", threading.RLock, AcquirerProxy),
        ("Semaphore", threading.Semaphore, AcquirerProxy), ("BoundedSemaphore", threading.BoundedSemaphore, AcquirerProxy),
        ("Condition", threading.Condition, ConditionProxy), ("Barrier", threading.Barrier, BarrierProxy),
        ("Pool", pool.Pool, PoolProxy), ("list", list, ListProxy), ("dict", dict, DictProxy), ("set", set, SetProxy),
        ("Value", Value, ValueProxy), ("Array", Array, ArrayProxy), ("Namespace", Namespace, NamespaceProxy)):
    SyncManager.register(_typeid, _make, _proxy)

# What methods return, and programs do not make.
SyncManager.register("Iterator", proxytype=IteratorProxy, create_method=False)
SyncManager.register("AsyncResult", create_method=False)


# It is made of what stands above.
from ._segments import SharedMemoryManager
