def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
import itertools
errs = [OSError, SyntaxError, ImportError, UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, StopIteration, SystemExit, KeyError, AttributeError, NameError, BaseExceptionGroup, ValueError, int, str, list, dict, tuple, bytes, float, complex, bytearray, set, frozenset, Exception, BaseException, type, property, IndentationError, ExceptionGroup, UnicodeError, StopAsyncIteration, object, classmethod, staticmethod, super, enumerate, zip, map, reversed, bool, range, slice, memoryview, type(None), type(len), type(lambda: 1)]
for a, b in itertools.permutations(errs, 2):
    t(lambda: (a.__name__, b.__name__, type("X", (a, b), {}).__base__.__name__))
class S1: __slots__ = ("a",)
class S2: __slots__ = ("b",)
t(lambda: type("X", (S1, S2), {}))
class S3: __slots__ = ()
t(lambda: type("X", (S1, S3), {}).__base__)
t(lambda: type("X", (int, S1), {}))
t(lambda: type("X", (S3, int), {}).__base__)
