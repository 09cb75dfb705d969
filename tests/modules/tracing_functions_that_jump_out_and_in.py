"""f_lineno set in loops, try, with and match: from every line to every line."""

import sys, warnings
warnings.simplefilter("ignore")


def run(function, at, to):
    jumped = []
    def tracer(frame, event, arg):
        if frame.f_code is not function.__code__: return None
        first = frame.f_code.co_firstlineno
        if event == "line" and frame.f_lineno - first == at and not jumped:
            jumped.append(at)
            try: frame.f_lineno = first + to
            except ValueError as error: log.append(str(error).replace(str(first + to), "LINE"))
        return tracer
    log = []
    sys.settrace(tracer)
    try: function(log)
    except BaseException as error: log.append(repr(error))
    finally: sys.settrace(None)
    print(function.__name__, at, to, log)
class CM:
    def __init__(s, log): s.log = log
    def __enter__(s): s.log.append("enter"); return s
    def __exit__(s, *a): s.log.append("exit"); return True
def w(log):
    n = 0
    while n < 4:
        n += 1
        log.append(n)
        if n == 2:
            log.append("two")
        log.append("end")
    else:
        log.append("else")
    log.append("after")
def f(log):
    log.append("before")
    for i in range(3):
        log.append(i)
        log.append("x")
        for j in (1, 2):
            log.append((i, j))
            log.append("y")
        log.append("z")
    else:
        log.append("else")
    log.append("after")
def t(log):
    log.append("a")
    try:
        log.append("b")
        1/0
        log.append("c")
    except ZeroDivisionError as e:
        log.append("d")
        log.append("e")
    except TypeError:
        log.append("te")
    else:
        log.append("else")
    log.append("f")
def tf(log):
    log.append("a")
    try:
        log.append("b")
        log.append("c")
    finally:
        log.append("d")
        log.append("e")
    log.append("f")
def wi(log):
    log.append("a")
    with CM(log) as c:
        log.append("b")
        log.append("c")
    log.append("d")
    with CM(log):
        log.append("e")
    log.append("f")
def m(log):
    log.append("a")
    match log:
        case ["a"]:
            log.append("b")
        case _:
            log.append("c")
    log.append("d")
def star(log):
    log.append("a")
    try:
        log.append("b")
        raise ExceptionGroup("x", [ValueError(1), TypeError(2)])
    except* ValueError as e:
        log.append("c")
        log.append("c2")
    except* TypeError:
        log.append("d")
    log.append("e")
def hoist(log):
    n = 0
    log.append("a")
    while n < 5 and len(log) < 40:
        n = n + 3
        log.append(n * 7 + 2)
        for k in [1, 2]:
            log.append(k * 11 % 7)
            if k == 2 and n < 20: log.append("k")
    for k in (1, 2):
        while n > 0:
            n = n - 3
            log.append(n * 13)
        n = 3
    log.append("z")
def fin(log):
    log.append("a")
    for i in range(2):
        try:
            log.append(i)
            if i: 
                return "v"
            log.append("t")
        finally:
            log.append("f")
            log.append("g")
    log.append("h")
def nest(log):
    log.append("a")
    try:
        try:
            log.append("b")
            raise ValueError
        except ValueError:
            log.append(repr(sys.exception()))
            try:
                raise KeyError
            except KeyError:
                log.append(repr(sys.exception()))
                log.append("k")
            log.append(repr(sys.exception()))
    except TypeError:
        log.append("t")
    log.append(repr(sys.exception()))

# What only the order of CPython's stack decides is left out.
for g in (w, f, t, tf, wi, m, star, hoist, fin, nest):
    first = g.__code__.co_firstlineno
    top = max(line - first for _, _, line in g.__code__.co_lines() if line)
    for at in range(1, top + 1):
        for to in range(1, top + 1):
            if g is not star or at < 5:
                run(g, at, to)
