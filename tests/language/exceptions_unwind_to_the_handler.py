"""try, except with one type, several, as, bare; else; finally; nesting; re-raise."""


def kind(f):
    try:
        f()
    except ZeroDivisionError:
        return "zero"
    except (KeyError, IndexError) as error:
        return f"lookup {error!r}"
    except Exception as error:
        return f"other {type(error).__name__}"
    else:
        return "fine"
    finally:
        print("finally", end=" ")


print(kind(lambda: 1 / 0))
print(kind(lambda: {}["k"]))
print(kind(lambda: [][1]))
print(kind(lambda: int("x")))
print(kind(lambda: None))


def reraise():
    try:
        try:
            raise ValueError("first")
        except ValueError:
            print("seen")
            raise
    except ValueError as error:
        print("again", error)


reraise()
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except LookupError as error:
    print(type(error).__name__, error.args)
try:
    raise ValueError
except ValueError as error:
    print(repr(error), error.args)
try:
    error
except NameError as gone:
    print(gone)
try:
    raise "text"
except TypeError as error:
    print(error)
try:
    raise
except RuntimeError as error:
    print(error)
try:
    try:
        1 / 0
    except "not a class":
        pass
except TypeError as error:
    print(error)
