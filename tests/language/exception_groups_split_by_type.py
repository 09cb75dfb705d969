"""`ExceptionGroup`, `except*`, `split`, `subgroup`."""

eg = ExceptionGroup("several", [ValueError("v"), TypeError("t"), ExceptionGroup("in", [KeyError("k")])])
print(repr(eg))
print(eg.message, len(eg.exceptions))
match, rest = eg.split(ValueError)
print(repr(match), repr(rest))
print(repr(eg.subgroup(KeyError)), eg.subgroup(OSError))
try:
    raise eg
except* ValueError as group:
    print("values", group.exceptions)
except* (TypeError, KeyError) as group:
    print("others", repr(group))
else:
    print("never")
finally:
    print("finally")
try:
    try:
        raise ExceptionGroup("g", [ValueError(1), OSError(2)])
    except* ValueError:
        print("took the value error")
except ExceptionGroup as left:
    print("left", repr(left))
try:
    raise KeyError("single")
except* KeyError as group:
    print("wrapped", repr(group))
try:
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError:
        raise RuntimeError("new")
except ExceptionGroup as group:
    print(repr(group))
except RuntimeError as error:
    print(repr(error))
try:
    ExceptionGroup("empty", [])
except ValueError as error:
    print(error)
try:
    ExceptionGroup("bad", [5])
except ValueError as error:
    print(error)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__)
print(isinstance(eg, Exception))
