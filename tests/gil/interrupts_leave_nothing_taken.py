"""An interrupt that arrives while a with statement is entered, or while the call before a try is made, is raised inside: what
the call has taken is given back. (CPython 3.14 raises it between the two.)"""

import _thread
import contextlib

log = []


class Manager:
    __enter__ = staticmethod(_thread.interrupt_main)

    def __exit__(self, *exc):
        log.append(exc[0])


class Suppressing(Manager):
    def __exit__(self, *exc):
        log.append(exc[0])
        return True


class Endless:
    def __enter__(self):
        pass

    def __exit__(self, *exc):
        log.append("left")
        _thread.interrupt_main()
        while True: pass


def a_body():
    with Manager() as number:
        len([])


def an_empty_body():
    with Manager(): pass


def an_empty_body_with_a_name():
    with Manager() as number: pass


def suppressed():
    with Suppressing():
        len([])


def left_at_once():
    for i in range(3):
        with Manager():
            continue


def returned_at_once():
    with Manager():
        return 5


def the_second_of_two():
    with contextlib.nullcontext(), Manager():
        len([])


def the_first_of_two():
    with Manager(), contextlib.nullcontext():
        len([])


def a_try_after_a_call():
    _thread.interrupt_main()
    try:
        len([])
    finally:
        log.append("given back")


def a_try_after_a_call_with_a_star():
    _thread.interrupt_main(*[2])
    try:
        len([])
    finally:
        log.append("given back")


def behind_a_try():
    try:
        try:
            _thread.interrupt_main()
        finally:
            log.append("inner")
        len([])
    finally:
        log.append("outer")


def an_endless_exit():
    with Endless(): pass


for case in (a_body, an_empty_body, an_empty_body_with_a_name, suppressed, left_at_once, returned_at_once,
             the_second_of_two, the_first_of_two, a_try_after_a_call, a_try_after_a_call_with_a_star,
             behind_a_try, an_endless_exit):
    log.clear()
    try:
        case()
        print(f"{case.__name__}: ends", log)
    except KeyboardInterrupt:
        print(f"{case.__name__}: interrupted", log)
