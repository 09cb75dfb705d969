"""raise, except, else, finally: what is caught, what is chained, what is refused."""


def show(error):
    cause = error.__cause__ and repr(error.__cause__)
    context = error.__context__ and repr(error.__context__)
    print(repr(error), "cause", cause, "context", context, "suppress", error.__suppress_context__)


def attempt(function):
    try:
        print(function())
    except BaseException as error:
        show(error)


def r(text):
    def run():
        exec(text)
    return run


for text in ["raise", "raise 5", "raise 'text'", "raise int", "raise ValueError", "raise ValueError('x')",
             "raise ValueError from KeyError('k')", "raise ValueError from None", "raise ValueError from 5",
             "raise ValueError from KeyError", "raise None", "raise ValueError, 5" if False else "raise (ValueError,)",
             "raise type('E', (Exception,), {'__new__': lambda *a: 5})", "raise type('E', (Exception,), {'__init__': lambda s: 1/0})",
             "try:\n  1/0\nexcept int: pass", "try:\n  1/0\nexcept 5: pass", "try:\n  1/0\nexcept (KeyError, 'x'): pass",
             "try:\n  1/0\nexcept [ZeroDivisionError]: pass", "try:\n  pass\nexcept 5: pass",
             "try:\n  1/0\nexcept KeyError: pass\nexcept ZeroDivisionError as e:\n  raise",
             "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise e from e",
             "try:\n  1/0\nexcept ZeroDivisionError as e:\n  x = e\n  raise KeyError",
             "try:\n  1/0\nexcept ZeroDivisionError as e:\n  pass\ne", "try:\n  1/0\nfinally:\n  raise KeyError('f')",
             "try:\n  1/0\nexcept ZeroDivisionError as e:\n  del e\nprint('fine')",
             "try:\n  1/0\nexcept* ZeroDivisionError as e:\n  print(repr(e)); raise",
             "try:\n  raise ExceptionGroup('g', [ValueError(1), KeyError(2)])\nexcept* ValueError as e:\n  print(repr(e))",
             "try:\n  raise ExceptionGroup('g', [ValueError(1)])\nexcept* ExceptionGroup: pass",
             "try:\n  raise ValueError\nexcept* ValueError:\n  raise KeyError",
             "try:\n  pass\nexcept* BaseExceptionGroup: pass", "assert 0", "assert 0, 'why'", "assert (0, 'x')[0], (1, 2)",
             "raise StopIteration(5)", "raise GeneratorExit", "raise KeyboardInterrupt('k')", "raise SystemExit(3)",
             "raise BaseException", "raise OSError(2, 'No', 'f')", "raise UnicodeDecodeError('u', b'', 0, 1, 'r')"]:
    print(text.replace("\n", " | "))
    attempt(r(text))


def order():
    log = []

    def f(n):
        try:
            log.append(f"try {n}")
            if n == 1:
                return "try"
            if n == 2:
                raise ValueError
            if n == 3:
                raise KeyError
        except ValueError:
            log.append("except")
            return "except"
        else:
            log.append("else")
            return "else"
        finally:
            log.append("finally")
            if n == 3:
                return "finally swallowed"
    result = [f(n) for n in range(4)]
    return result, log


import warnings
warnings.simplefilter("ignore")
print(order())


def nested():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            try:
                raise KeyError(2)
            except KeyError:
                pass
            raise
    except ValueError as error:
        return repr(error), repr(error.__context__)


print(nested())


def loop():
    out = []
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    else:
        out.append("else")
    return out


print(loop())


def generator():
    try:
        yield 1
    except ValueError as error:
        yield repr(error), repr(error.__context__)
    try:
        1 / 0
    except ZeroDivisionError:
        yield "in handler"
        raise


g = generator()
print(next(g))
print(g.throw(ValueError("thrown")))
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    show(error)
