"""Two threads do the same work, on things they share or on things of their own.

The work is a module of `things/`: shared, both threads run the one module's `work`; own, the module
is loaded twice, so that each thread has its own copy of every function, class and object in it.
"""
# bench: functions
# bench: globals
# bench: classes
# bench: constants
# bench: dicts
# bench: lists
# bench: returned
# bench: closures
# bench: instances

import sys
import threading


def load(name):
    """A new copy of a module, whatever has been loaded before."""
    sys.modules.pop("things." + name, None)
    return getattr(__import__("things." + name), name)


def main():
    name, how = sys.argv[1:]
    first = load(name)
    second = load(name) if how == "own" else first
    results = [None, None]

    def run(index, work):
        results[index] = work()

    threads = [
        threading.Thread(target=run, args=(index, module.work))
        for index, module in enumerate([first, second])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("checksum", *results)


main()
