"""What inspect.signature says of classes and methods that CPython has in C, and of some that it has in Python."""

import asyncio
import enum
import inspect
import io
import json
import pickle
import sched
import socket
import sqlite3
import traceback


def show(owner, names):
    for name in names.split():
        thing = getattr(owner, name)
        try:
            print(f"{owner.__name__}.{name}{inspect.signature(thing)}")
        except ValueError:
            print(f"{owner.__name__}.{name}: no signature")


show(enum.EnumDict, "update")
show(sched.scheduler, "cancel run")
show(traceback.TracebackException, "format")
show(inspect.Parameter, "replace")
show(inspect.Signature, "replace")
show(io, "BufferedRWPair IncrementalNewlineDecoder TextIOWrapper")
show(io.IncrementalNewlineDecoder, "decode setstate getstate reset")
show(io.TextIOWrapper, "reconfigure")
show(pickle, "Pickler Unpickler")
show(asyncio, "Handle TimerHandle")
show(socket.socket, "bind connect recv recv_into send sendall setblocking settimeout setsockopt shutdown")
show(socket, "htons inet_aton inet_pton gethostbyname getservbyname if_indextoname dup")
show(sqlite3, "Blob register_adapter register_converter")
show(sqlite3.Connection, "backup blobopen close commit create_function execute executemany executescript iterdump serialize "
                         "set_authorizer")
show(sqlite3.Cursor, "execute executemany executescript fetchone fetchall close")
show(json, "dumps loads")

# An Ellipsis is a default like any other.
parameter = inspect.Parameter("p", inspect.Parameter.KEYWORD_ONLY, default=1)
print(parameter.replace(default=...), parameter.replace(name="q"), parameter.replace(annotation=...))
