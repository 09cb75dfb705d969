"""What inspect.signature says of functions that CPython has in C."""

import contextvars
import copy
import inspect
import os
import re
import struct
import threading
import time
import warnings
import zlib


def show(owner, names):
    for name in names.split():
        thing = getattr(owner, name)
        try:
            print(f"{owner.__name__}.{name}{inspect.signature(thing)}")
        except ValueError:
            print(f"{owner.__name__}.{name}: no signature")


show(os, "chmod link utime register_at_fork WCOREDUMP WEXITSTATUS getcwd times uname fspath statvfs sysconf wait4 waitid timerfd_create "
         "stat_result terminal_size uname_result DirEntry get_exec_path makedirs getenv")
show(os.DirEntry, "stat is_dir inode")
show(time, "mktime ctime gmtime strftime struct_time clock_getres get_clock_info sleep")
show(threading, "ExceptHookArgs Timer")
show(struct, "pack pack_into unpack unpack_from calcsize")
show(re, "compile match findall escape")
show(re.Match, "group groups span")
show(copy, "copy deepcopy")
show(contextvars.Context, "run get")
show(zlib, "decompressobj crc32")
show(warnings, "warn warn_explicit")
