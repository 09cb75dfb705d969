"""inspect.signature of built-in classes, of functions whose defaults are names, and of enumerations."""
import asyncio
import enum
import functools
import inspect
import io
import itertools
import operator
import os.path
import queue
import re
import types
import zlib


class Color(enum.Enum):
    RED = 1


class Empty(enum.Enum):
    pass


class Level(enum.IntEnum):
    LOW = 1


for thing in (io.StringIO, io.BytesIO, io.FileIO, io.TextIOWrapper, io.BufferedReader, itertools.count, itertools.chain,
              itertools.product, itertools.batched, itertools.groupby, itertools.zip_longest, itertools.accumulate,
              operator.itemgetter, operator.methodcaller, functools.partial, queue.SimpleQueue, types.FunctionType,
              types.TracebackType, type(None), asyncio.Future, asyncio.Task, zlib.compress, zlib.decompress,
              issubclass, Color, Empty, Level, enum.Enum, enum.Flag, re.RegexFlag):
    try:
        print(getattr(thing, "__qualname__", thing), inspect.signature(thing))
    except ValueError as error:
        print(getattr(thing, "__qualname__", thing), "ValueError", error)
for name in ("basename", "commonprefix", "dirname", "getatime", "getmtime", "getsize", "isabs", "isdir", "join", "normcase",
             "realpath", "samefile", "sameopenfile", "samestat", "split", "splitdrive", "splitext", "splitroot", "exists",
             "relpath", "normpath", "abspath", "expanduser"):
    print(name, inspect.signature(getattr(os.path, name)))
print(os.path.join(a="x"), os.path.splitext(p="a.b"), os.path.basename(p="/a/b"), os.path.isabs(s="/"))
