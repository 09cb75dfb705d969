"""What functions say of keywords that they do not know, of too many arguments beside keywords, and of too few."""

import abc
import collections
import contextlib
import functools
import io
import itertools
import json
import logging
import math
import operator
import platform
import re
import signal
import socket
import struct
import threading
import time
import traceback
import array
import types


def attempt(function, *args, **keywords):
    try:
        function(*args, **keywords)
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    else:
        print(f"{getattr(function, '__name__', function)}: nothing is wrong")


for function in (abs, all, callable, chr, compile, divmod, enumerate, eval, exec, filter, format, getattr, hash, isinstance,
                 iter, len, map, max, min, next, open, pow, print, range, repr, reversed, round, sorted, sum, vars, zip,
                 bool, bytes, dict.fromkeys, float, frozenset, int, list, memoryview, property, slice, str, tuple, type):
    print(function.__name__)
    attempt(function, "abc", keyy=1)
    attempt(function, "abc", 1, 2, 3, 4, 5, 6, 7, 8, 9)
attempt(eval)
attempt(exec)
attempt(zip, [1], [1, 2], strct=True)
attempt(sorted, [1], kee=1)
attempt(print, 1, ends="")

for function in (itertools.accumulate, itertools.batched, itertools.chain, itertools.combinations, itertools.count,
                 itertools.cycle, itertools.groupby, itertools.islice, itertools.product, itertools.repeat, itertools.tee,
                 itertools.zip_longest, collections.deque, collections.OrderedDict.fromkeys, functools.reduce,
                 functools.partial, functools.cmp_to_key, math.gcd, math.isclose, math.log, math.perm, math.prod, math.sqrt,
                 struct.pack, struct.unpack, struct.unpack_from, operator.call, operator.itemgetter, operator.add,
                 time.ctime, time.sleep, time.strftime, time.localtime, threading.Lock, threading.get_ident, array.array,
                 socket.gethostbyname, socket.inet_pton, socket.htons, json.loads, signal.alarm):
    print(function.__name__)
    attempt(function)
    attempt(function, keyy=1)
    attempt(function, *range(9), keyy=1)

# What CPython has in Python.
for function in (re.compile, re.match, re.search, re.fullmatch, re.findall, re.finditer, re.escape, re.purge):
    print(function.__name__)
    attempt(function, 1, 2, 3, 4)
    attempt(function, keyy=1)
    if function is not re.purge:
        attempt(function)
        attempt(function, "a", pattern=1)
        attempt(function, "a", "b", flag=1)

# What makes nothing says so before it looks for what is missing.
for kind in (contextlib.AbstractContextManager, collections.abc.Mapping, io.Reader, io.Writer):
    attempt(kind)
    attempt(kind, 1)


class Abstract(abc.ABC):
    @abc.abstractmethod
    def method(self):
        pass


class WithNew(Abstract):
    def __new__(cls, *args):
        print("__new__ runs first")
        return super().__new__(cls)


attempt(Abstract)
attempt(Abstract, 1)
attempt(Abstract, x=1)
attempt(WithNew)
attempt(WithNew, 1)

# The wrong kind of exception was raised for these.
attempt(json.dump, object(), object())
attempt(logging.Formatter, object())
attempt(traceback.format_exc, "1")
attempt(traceback.format_tb, object())
attempt(traceback.extract_stack, object(), "1")
attempt(io.BufferedReader, object(), "1")
attempt(io.text_encoding, "utf-8", "1")
attempt(platform.architecture, 1.5)
attempt(platform.libc_ver, 1.5)
attempt(array.array("i").fromunicode, 1)
attempt(signal.default_int_handler, "1", None)
attempt(types.ModuleType, 1)
