"""What can be raised."""

for expression in ("raise ValueError", "raise ValueError()", "raise 5", "raise None", "raise int", "raise object()", "raise ValueError from KeyError", "raise ValueError from 5"):
    try:
        exec(expression)
    except BaseException as error:
        print(type(error).__name__, error, repr(error.__cause__))


class NeedsArgument(Exception):
    def __init__(self, x):
        self.x = x


try:
    raise NeedsArgument
except TypeError as error:
    print(error)
raise NeedsArgument(5)
