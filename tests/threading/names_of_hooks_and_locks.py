"""Hooks as they show themselves, RLock by its other names, and threads that are copied."""

import copy
import pickle
import sys
import threading

print(threading.excepthook, threading.__excepthook__ is threading.excepthook, threading.excepthook.__module__)
for name in ("_RLock", "_PyRLock", "_CRLock"):
    lock = getattr(threading, name)()
    with lock:
        print(bool(lock.acquire(False)), lock._is_owned(), lock._recursion_count())
        lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        print(error)
for function in (copy.copy, copy.deepcopy, pickle.dumps):
    try:
        function(threading.Thread())
    except TypeError as error:
        print(str(error).split("\n")[0])
