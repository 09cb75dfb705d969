"""`input` with streams that are gone or are something else."""

import io
import sys


def ask(*prompt):
    """What input gives or raises, once all streams are back."""
    try:
        return repr(input(*prompt))
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


for name in ("stdin", "stdout", "stderr"):
    stream = getattr(sys, name)
    setattr(sys, name, None)
    answer = ask("x")
    delattr(sys, name)
    other = ask()
    setattr(sys, name, stream)
    print(name, answer, other)
sys.stdin = io.StringIO("from text\nsecond")
print(ask("p> "), ask(), ask())
sys.stdin = 3
print(ask())
