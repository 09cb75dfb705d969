"""What shared values and arrays say of types, places and values that do not fit."""

import multiprocessing

context = multiprocessing.get_context("fork")


def show(what, call):
    try:
        print(what, repr(call()))
    except Exception as error:
        print(what, type(error).__name__, error)


numbers = context.Array("d", [1, 2, 3])
whole = context.RawArray("i", 3)
show("behind the end", lambda: numbers[9])
show("before the start", lambda: whole[-4])
show("text for a number", lambda: numbers.__setitem__(0, "x"))
show("text for an integer", lambda: whole.__setitem__(0, "x"))
show("place", lambda: whole.__setitem__(3, 1))
show("integer for a number", lambda: (numbers.__setitem__(-1, 7), numbers[:]))
show("type of a value", lambda: context.Value("y", 5))
show("type of an array", lambda: context.Array("y", 5))
show("length", lambda: context.Array("i", -1))
