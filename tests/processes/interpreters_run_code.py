# Interpreters within the process: scripts and calls, what they raise, and how they end.
import functools
import sys
import threading
import time
from concurrent import interpreters
from concurrent.interpreters import ExecutionFailed, InterpreterError

print = functools.partial(print, flush=True)


def attempt(function, *args, **kwargs):
    try:
        print('->', function(*args, **kwargs))
    except BaseException as error:
        print(f'{type(error).__module__}.{type(error).__name__}: {error}')
        if error.__cause__ is not None:
            print('  because', type(error.__cause__).__name__, error.__cause__)


def add(a, b=1):
    return a + b


def fail(message):
    raise LookupError(message)


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def length(self):
        return abs(self.x) + abs(self.y)


def scripts(there):
    there.exec('x = 40\nprint(x, flush=True)')
    there.exec(b'x += 2\nprint(x, __name__, flush=True)')
    there.exec(compile('print("compiled", flush=True)', 'here', 'exec'))

    def script():
        print('a function as a script', flush=True)

    def takes(a):
        pass

    def returns():
        return 5

    attempt(there.exec, script)
    attempt(there.exec, takes)
    attempt(there.exec, returns)
    attempt(there.exec, 3)
    attempt(there.exec, None)
    attempt(there.exec, 'def f(:')
    attempt(there.exec, '   print(1)')


def failures(there):
    attempt(there.exec, '1/0')
    attempt(there.exec, 'raise SystemExit(3)')
    attempt(there.exec, 'import sys; sys.exit()')
    attempt(there.exec, 'raise KeyboardInterrupt')
    attempt(there.exec, 'import no_such_module')
    attempt(there.exec, "try:\n 1/0\nexcept Exception as e:\n raise KeyError('a') from e")
    attempt(there.exec, "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])")
    attempt(there.exec, "class E(Exception): pass\nraise E('own')")
    attempt(there.exec, "E.__module__ = 'elsewhere'\nraise E('own')")
    try:
        there.exec('print(undefined)')
    except ExecutionFailed as error:
        print(error.args, error.excinfo.type, error.excinfo.msg, error.excinfo.formatted)
        print(error.excinfo.errdisplay)


def calls(there):
    attempt(there.call, add, 1)
    attempt(there.call, add, 1, b=2)
    attempt(there.call, add)
    attempt(there.call, len, [1, 2, 3])
    attempt(there.call, print, 'printed', 'there', sep=' ', end='!\n', flush=True)
    attempt(there.call, lambda a, b: (b, a), 1, 2)
    attempt(there.call, Point(1, 2).length)
    attempt(there.call, fail, 'nothing here')
    attempt(there.call, int, 'x')
    attempt(there.call, 'text'.upper)

    def nested(n):
        import math

        def square(i):
            return i * i
        return [square(i) for i in range(n)], math.floor(2.5), {1, 2} == {2, 1}, 1j * 1j, 'é', b'\0', ...

    attempt(there.call, nested, 4)
    there.exec('import sys; sys.kept = []')
    attempt(there.call, lambda: __import__('sys').kept.append(1) or len(__import__('sys').kept))
    attempt(there.call, lambda: __import__('sys').kept.append(1) or len(__import__('sys').kept))

    def with_default(a=1):
        return a

    def of_module():
        return sys

    attempt(there.call, lambda a=1: a)
    attempt(there.call, lambda: sys)
    attempt(there.call, with_default)
    attempt(there.call, of_module)
    attempt(there.call, 3)


def ways_of_ending(there):
    thread = there.call_in_thread(time.sleep, 0.3)
    time.sleep(0.1)
    print(type(thread).__name__, there.is_running())
    attempt(there.exec, 'print(3)')
    attempt(there.close)
    thread.join()
    print(there.is_running())
    there.exec("import atexit, threading, time\n"
               "atexit.register(print, 'exit function there', flush=True)\n"
               "threading.Thread(target=lambda: (time.sleep(0.1), print('thread there is over', flush=True))).start()")
    attempt(there.close)
    for operation in there.close, there.is_running, there.prepare_main:
        attempt(operation)
    attempt(there.exec, '1')
    attempt(there.call, len, '')
    print(repr(there), interpreters.list_all())


def relations(there):
    print(interpreters.get_main(), interpreters.get_current(), interpreters.list_all(), there.whence,
          interpreters.get_main().whence, interpreters.get_main().is_running(), there.is_running())
    print(interpreters.Interpreter(there.id) is there, hash(there) == hash(there.id))
    attempt(interpreters.Interpreter, 999)
    attempt(interpreters.Interpreter, 'a')
    main = interpreters.get_main()
    attempt(main.exec, 'print(1)')
    attempt(main.call, len, '')
    attempt(main.prepare_main, a=1)
    attempt(main.close)
    there.exec("""
import functools, os, signal, sys, threading
from concurrent import interpreters

print = functools.partial(print, flush=True)

def attempt(function, *args):
    try:
        print('->', function(*args))
    except BaseException as error:
        print(type(error).__name__, error)


print(interpreters.get_current(), interpreters.get_main(), interpreters.list_all())
print(threading.current_thread() is threading.main_thread(), threading.active_count(), len(sys.argv))
attempt(interpreters.get_current().exec, '1')
attempt(interpreters.get_current().close)
attempt(interpreters.get_main().close)
attempt(interpreters.get_main().exec, '1')
inner = interpreters.create()
attempt(inner.exec, "print('two levels down', flush=True)")
attempt(inner.close)
attempt(os.fork)
attempt(os.execv, '/bin/true', ['true'])
attempt(signal.signal, signal.SIGINT, print)
attempt(lambda: threading.Thread(target=print, daemon=True))
thread = threading.Thread(target=print, args=('a thread there',), kwargs={'flush': True})
thread.start()
thread.join()
""")


if __name__ == '__main__':
    there = interpreters.create()
    scripts(there)
    failures(there)
    calls(there)
    relations(there)
    ways_of_ending(there)
    print([cls.__mro__[1].__name__ for cls in (ExecutionFailed, InterpreterError, interpreters.InterpreterNotFoundError,
                                               interpreters.NotShareableError)])
    # Each has its own modules.
    first, second = interpreters.create(), interpreters.create()
    first.exec('import json; json.mine = 1')
    second.exec("import json; print(hasattr(json, 'mine'), flush=True)")
    first.exec('import sys; sys.setrecursionlimit(77); sys.path.append("only there")')
    print(sys.getrecursionlimit(), 'only there' in sys.path, threading.active_count())
    first.close()
    print('left open:', interpreters.list_all())
    second.exec("import atexit; atexit.register(print, 'exit function of the one left', flush=True)")
