# sys.settrace and sys.setprofile: calls, lines, returns, exceptions and built-in functions, as they happen.
import linecache
import sys
import threading

FILE = sys._getframe().f_code.co_filename
log = []


def show(frame, event, arg):
    if frame.f_code.co_filename != FILE:
        return None
    # Lines on which nothing is done but to begin a block have no instruction here.
    if event == "line" and linecache.getline(FILE, frame.f_lineno).strip() == "try:":
        return show
    if event == "exception" and arg[0] is StopIteration:
        return show
    if event == "exception":
        arg = (arg[0].__name__, str(arg[1]), arg[2].tb_lineno)
    elif event.startswith("c_"):
        arg = arg.__qualname__
    log.append((event, frame.f_code.co_name, frame.f_lineno, arg))
    return show


def watch(function, *args, how=sys.settrace):
    log.clear()
    how(show)
    try:
        result = function(*args)
    except Exception as error:
        result = type(error)
    finally:
        how(None)
    print("---", function.__name__, result)
    for entry in log:
        if entry[1] != "watch":
            print(*entry)


def plain(a, b=2):
    c = a + b
    if c > 2:
        c -= 1
    else:
        c += 1
    return c


def loop(n):
    total = 0
    for i in range(n):
        if i % 2:
            total += i
    while total > 1:
        total -= 1
        if total == 2:
            break
    return total


def inner(x):
    return 1 / x


def failing():
    y = 1
    try:
        inner(0)
    except ZeroDivisionError:
        x = 1
    finally:
        y = 2
    inner(0)


def numbers(n):
    for i in range(n):
        yield i


def uses_generators():
    for x in numbers(2):
        x + 1
    a = list(numbers(1))
    g = numbers(3)
    next(g)
    g.close()
    return a


def delegates():
    def outer():
        yield from numbers(2)
    return list(outer())


def anonymous():
    f = lambda x: x + 1
    return f(f(1))


def comprehensions():
    a = [x * 2 for x in range(2)]
    c = sum(x for x in a)
    return a, c


def classes():
    class A:
        x = 1

        def m(self):
            return self.x

        @property
        def p(self):
            return 3
    a = A()
    return a.m() + a.p


def several_lines():
    x = [1,
         2,
         inner(3)]
    y = inner(
        1
    )
    return x, y


def recursive(n):
    if n == 0:
        return 0
    return recursive(n - 1)


def falls_out(x):
    if x:
        x = 2


def matches(x):
    match x:
        case 1:
            return "one"
        case [a, b]:
            return a


def sorts():
    return sorted([3, 1, 2], key=lambda v: -v)


def managed():
    class C:
        def __enter__(self):
            return 1

        def __exit__(self, *args):
            return True
    with C() as c:
        raise ValueError("q")
    return 1


def built_in():
    a = [3, 1]
    a.append(len(a))
    a.sort(key=abs)
    try:
        a.index(99)
    except ValueError:
        a = [1]
    return max(a, key=lambda v: v)


for function in (plain, loop):
    watch(function, 3)
for function in (failing, uses_generators, delegates, anonymous, comprehensions, classes, several_lines, sorts, managed):
    watch(function)
watch(recursive, 1)
watch(falls_out, 0)
watch(falls_out, 1)
watch(matches, [1, 2])
print("=== profile")
for function in (built_in, uses_generators, failing, anonymous, classes):
    watch(function, how=sys.setprofile)

print("=== functions")
print(sys.gettrace(), sys.getprofile())
sys.settrace(show)
print(sys.gettrace() is show)
sys.settrace(None)


def only_calls(frame, event, arg):
    log.append((event, frame.f_code.co_name))


log.clear()
sys.settrace(only_calls)
plain(1)
sys.settrace(None)
print(log)


def broken(frame, event, arg):
    raise RuntimeError("in the tracer")


def try_broken():
    sys.settrace(broken)
    try:
        plain(1)
    except RuntimeError as error:
        print("raised:", error, sys.gettrace())


try_broken()


def no_lines(frame, event, arg):
    frame.f_trace_lines = False
    log.append((event, frame.f_code.co_name, frame.f_trace_lines, frame.f_trace_opcodes))
    return no_lines


log.clear()
sys.settrace(no_lines)
plain(1)
sys.settrace(None)
print(log)


def here():
    frame = sys._getframe()
    print(frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes)
    frame.f_trace = show
    log.clear()
    sys.settrace(show)
    x = 1
    y = 2
    sys.settrace(None)
    print([entry[0] for entry in log], frame.f_trace is show)
    try:
        frame.f_trace_lines = 3
    except TypeError as error:
        print(error)


here()
stack = []


def depth(frame, event, arg):
    if frame.f_code.co_filename == FILE:
        stack.append((event, frame.f_code.co_name, frame.f_back.f_code.co_name, sorted(frame.f_locals)))
    return depth


sys.settrace(depth)
recursive(1)
sys.settrace(None)
print(stack)

print("=== threads")
log.clear()
threading.settrace(show)
threading.setprofile(None)
thread = threading.Thread(target=plain, args=(1,))
thread.start()
thread.join()
threading.settrace(None)
print(log, threading.gettrace())
log.clear()
ready, go = threading.Event(), threading.Event()


def waits():
    ready.set()
    go.wait()
    plain(5)


thread = threading.Thread(target=waits)
thread.start()
ready.wait()
threading.settrace_all_threads(show)
print(sys.gettrace() is show, threading.gettrace() is show)
go.set()
thread.join()
threading.settrace_all_threads(None)
print([entry for entry in log if entry[1] == "plain"])
