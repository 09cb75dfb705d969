"""f_lineno set by a tracing function: what runs next, and where that is refused."""

import sys
import warnings

warnings.simplefilter("ignore")


def run(function, at, to):
    jumped = []

    def tracer(frame, event, arg):
        if frame.f_code is not function.__code__:
            return None
        first = frame.f_code.co_firstlineno
        if event == "line" and frame.f_lineno - first == at and not jumped:
            jumped.append(at)
            try:
                frame.f_lineno = first + to
            except ValueError as error:
                print("ValueError:", str(error).replace(str(first + to), "LINE"))
        return tracer

    log = []
    sys.settrace(tracer)
    try:
        function(log)
    except BaseException as error:
        log.append(repr(error))
    finally:
        sys.settrace(None)
    print(function.__name__, at, to, log)


def plain(log):
    log.append(1)
    log.append(2)

    value = [len(log),
             len(log)]
    log.append(value)
    if value:
        log.append(8)
    else:
        log.append(10)
    log.append(11)


for at, to in [(1, 2), (1, 6), (1, 11), (2, 1), (6, 1), (8, 10), (11, 8), (1, 3), (8, 4), (6, 6), (1, 12), (1, -1)]:
    run(plain, at, to)


def looping(log):
    log.append(1)
    for i in range(2):
        log.append(3)
    log.append(4)


run(looping, 1, 4)
run(looping, 4, 1)


def tracer(frame, event, arg):
    if event != "line":
        try:
            frame.f_lineno = frame.f_lineno + 1
        except ValueError as error:
            print(event, error)
    else:
        for wrong in ("x", 2.0, None):
            try:
                frame.f_lineno = wrong
            except ValueError as error:
                print(event, error)
        try:
            del frame.f_lineno
        except AttributeError as error:
            print(error)
    return tracer


def fails():
    {}["key"]


sys.settrace(tracer)
try:
    fails()
except KeyError:
    sys.settrace(None)
try:
    sys._getframe().f_lineno = 3
except ValueError as error:
    print(error)
