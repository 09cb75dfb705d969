"""`__cause__`, `__context__`, `__suppress_context__`, `add_note`, `with_traceback`."""


def chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError as first:
            raise KeyError("second") from first
    except KeyError as error:
        return error


e = chain()
print(repr(e), repr(e.__cause__), e.__cause__ is e.__context__, e.__suppress_context__)


def implicit():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            [][0]
    except IndexError as error:
        return error


e = implicit()
print(repr(e), repr(e.__cause__), repr(e.__context__), e.__suppress_context__)


def hidden():
    try:
        try:
            1 / 0
        except ZeroDivisionError:
            raise ValueError("clean") from None
    except ValueError as error:
        return error


e = hidden()
print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
e.add_note("a note")
print(e.__notes__)
print(e.__traceback__ is not None, e.with_traceback(None).__traceback__)
try:
    raise ValueError from 5
except TypeError as error:
    print(error)


class Custom(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {self.args[0]}"


try:
    raise Custom(7, "broken")
except Custom as error:
    print(error, repr(error), error.code)
