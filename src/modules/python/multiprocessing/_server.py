"""The process in which a manager's objects live: it makes them, calls their methods and forgets them.

A request is (number of an object or None, name of a method, arguments, keyword arguments, numbers of objects that nobody in
the calling process refers to any more); without an object the server itself is meant. Each thread of a client has a
connection of its own and each connection a thread here, so that a lock is released by the thread that acquired it.
"""

__all__ = ()

import os
import signal
import sys
import threading
from itertools import count
from traceback import format_exc

from . import process, util
from .connection import Listener, wait


class Token:
    """What a proxy knows its object by."""

    __slots__ = ("typeid", "address", "id")

    def __init__(self, typeid, address, id):
        self.typeid = typeid
        self.address = address
        self.id = id

    def __getstate__(self):
        return self.typeid, self.address, self.id

    def __setstate__(self, state):
        self.typeid, self.address, self.id = state

    def __repr__(self):
        return f"{type(self).__name__}(typeid={self.typeid!r}, address={self.address!r}, id={self.id!r})"


def public_methods(obj):
    """The names of an object's methods that do not begin with an underscore."""
    return [name for name in dir(obj) if name[0] != "_" and callable(getattr(obj, name))]


class _Held:
    """An object, what of it may be called, which methods return proxies of which type, and how often it is wanted."""

    __slots__ = ("obj", "exposed", "types", "count")

    def __init__(self, obj, exposed, types):
        self.obj = obj
        self.exposed = exposed
        self.types = types
        self.count = 1


class Server:
    """Serves the requests of proxies."""

    public = ["shutdown", "create", "get_methods", "number_of_objects", "debug_info", "incref", "dummy"]

    def __init__(self, registry, address, authkey, serializer):
        if not isinstance(authkey, bytes):
            raise TypeError(f"Authkey {authkey!r} is type {type(authkey)!s}, not bytes")
        self.registry = registry
        self.authkey = process.AuthenticationString(authkey)
        self.listener = Listener(address=address, backlog=128)
        self.address = self.listener.address
        self._objects = {}
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._stop_reader, self._stop_writer = os.pipe()

    def serve_forever(self, parent=None):
        """Serve until somebody asks for the end, or the parent is gone."""
        process.current_process()._manager_server = self
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            wait([self._stop_reader] if parent is None else [self._stop_reader, parent])
        finally:
            self.listener.close()
            sys.stdout.flush()
            sys.stderr.flush()

    def _accept(self):
        while True:
            try:
                connection = self.listener._listener.accept()
            except (OSError, AttributeError):
                # The end has come.
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        """Answers one client's requests."""
        from .connection import answer_challenge, deliver_challenge
        threading.current_thread().name = "Server-" + threading.current_thread().name
        try:
            deliver_challenge(connection, self.authkey)
            answer_challenge(connection, self.authkey)
            while True:
                request = connection.recv()
                answer = self._answer(request)
                try:
                    connection.send(answer)
                except (BrokenPipeError, ConnectionResetError):
                    return
                except Exception:
                    connection.send(("#UNSERIALIZABLE", format_exc()))
                if request[1] == "shutdown" and request[0] is None:
                    os.write(self._stop_writer, b"!")
                del request, answer
        except (EOFError, OSError):
            pass
        except Exception as error:
            util.info("exception in thread serving %r: %s", threading.current_thread().name, error)
        finally:
            connection.close()

    def _answer(self, request):
        try:
            ident, name, args, kwds, dropped = request
            for one in dropped:
                self.decref(one)
            if ident is None:
                if name not in self.public:
                    raise AttributeError(f"{name!r} is no method of the server")
                return "#RETURN", getattr(self, name)(*args, **kwds)
            return self._call(ident, name, args, kwds)
        except Exception:
            return "#TRACEBACK", format_exc()

    def _call(self, ident, name, args, kwds):
        held = self._objects[ident]
        if name not in held.exposed:
            if name in _FALLBACKS:
                return "#RETURN", _FALLBACKS[name](held.obj)
            raise AttributeError(f"method {name!r} of {type(held.obj)!r} object is not in exposed={held.exposed!r}")
        try:
            result = getattr(held.obj, name)(*args, **kwds)
        except Exception as error:
            return "#ERROR", error
        typeid = held.types and held.types.get(name)
        if not typeid:
            return "#RETURN", result
        ident, exposed = self.create(typeid, result)
        return "#PROXY", (exposed, Token(typeid, self.address, ident))

    # What clients ask of the server itself

    def dummy(self):
        pass

    def shutdown(self):
        util.debug("manager received shutdown message")

    def create(self, typeid, /, *args, **kwds):
        """Make an object; its number and what may be called."""
        make, exposed, types, proxy = self.registry[typeid]
        if make is None:
            if kwds or len(args) != 1:
                raise ValueError("Without callable, must have one non-keyword argument")
            obj = args[0]
        else:
            obj = make(*args, **kwds)
        exposed = set(public_methods(obj) if exposed is None else exposed) | set(types or ())
        ident = f"{next(self._numbers):x}"
        with self._lock:
            self._objects[ident] = _Held(obj, exposed, types)
        return ident, tuple(exposed)

    def get_methods(self, ident):
        return tuple(self._objects[ident].exposed)

    def number_of_objects(self):
        return len(self._objects)

    def debug_info(self):
        with self._lock:
            held = sorted(self._objects.items())
        return "\n".join(f"  {ident}:       refcount={one.count}\n    {str(one.obj)[:75]}" for ident, one in held)

    def incref(self, ident):
        with self._lock:
            self._objects[ident].count += 1

    def decref(self, ident):
        with self._lock:
            held = self._objects.get(ident)
            if held is None:
                return
            held.count -= 1
            if held.count == 0:
                del self._objects[ident]
                util.debug("disposing of obj with id %r", ident)


# Methods that every object has, exposed or not.
_FALLBACKS = {"__str__": str, "__repr__": repr, "#GETVALUE": lambda obj: obj}


def run(server_class, registry, address, authkey, serializer, writer, initializer, initargs):
    """What a manager's process does."""
    # Ctrl-C is for the program; the manager ends when that does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if initializer is not None:
        initializer(*initargs)
    server = server_class(registry, address, authkey, serializer)
    writer.send(server.address)
    writer.close()
    util.info("manager serving at %r", server.address)
    server.serve_forever(process.parent_process().sentinel)
