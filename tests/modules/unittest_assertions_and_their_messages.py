# Every assertion of unittest: when it holds nothing happens, when it does not its message says why.
import sys
import unittest
import warnings
from collections import OrderedDict, namedtuple

case = unittest.TestCase()


class Blank:
    pass


class Odd:
    def __repr__(self):
        raise ValueError


def fails(name, *args, **kwargs):
    """What an assertion says when it fails."""
    try:
        getattr(case, name)(*args, **kwargs)
    except case.failureException as failure:
        text = str(failure)
        print(name, "|", text.replace("\n", "\n    "))
    except Exception as error:
        print(name, "raised", type(error).__name__, error)
    else:
        print(name, "holds")


fails("fail")
fails("fail", "because")
fails("assertTrue", 0)
fails("assertTrue", [], "is empty")
fails("assertTrue", 1)
fails("assertFalse", "x")
fails("assertFalse", "")

fails("assertEqual", 1, 1)
fails("assertEqual", 1, 2)
fails("assertEqual", 1, 2, "numbers")
fails("assertEqual", 1.0, "1.0")
fails("assertEqual", "a" * 100 + "b", b"x")
fails("assertEqual", ["a"] * 60, {"a": 1})
fails("assertEqual", "x" * 200 + "y", 5)
fails("assertEqual", Odd.__name__, None)
fails("assertNotEqual", 1, 1)
fails("assertNotEqual", 1, 2)
fails("assertEqual", "one\ntwo\nthree", "one\ntoo\nthree")
fails("assertEqual", "one line", "one lines")
fails("assertEqual", "", "something")
fails("assertEqual", "tab\there\n", "tab\tthere\n")
fails("assertEqual", "a\n" * 30 + "b\n", "a\n" * 30 + "c\n")
fails("assertMultiLineEqual", "a", 1)
fails("assertMultiLineEqual", 1, "a")

fails("assertEqual", [1, 2, 3], [1, 2, 3])
fails("assertEqual", [1, 2, 3], [1, 5, 3])
fails("assertEqual", [1, 2], [1, 2, 3, 4])
fails("assertEqual", [1, 2, 3], [1])
fails("assertEqual", [], [1])
fails("assertEqual", (1, (2, 3)), (1, (2, 4)))
fails("assertEqual", (1,), [1])
fails("assertEqual", [list(range(30))], [list(range(31))])
fails("assertEqual", ["word%d" % n for n in range(20)], ["word%d" % n for n in range(20) if n != 7])
fails("assertListEqual", (1,), [1])
fails("assertListEqual", [1], (1,), "lists")
fails("assertTupleEqual", (1, 2), (1, 3), "tuples")
fails("assertSequenceEqual", (1,), [1])
fails("assertSequenceEqual", (1, 2), [1, 3])
fails("assertSequenceEqual", 5, [1])
fails("assertSequenceEqual", [1], 5)
fails("assertSequenceEqual", {1: 2}, [1])
fails("assertSequenceEqual", "ab", "abc", seq_type=str)
fails("assertSequenceEqual", [1], (1,), seq_type=list)
fails("assertEqual", {1, 2, 3}, {2, 3, 4})
fails("assertEqual", frozenset("a"), frozenset("b"))
fails("assertSetEqual", {1}, [1])
fails("assertSetEqual", [1], {1})
fails("assertSetEqual", {1}, {1})
fails("assertEqual", {"a": 1}, {"a": 2})
fails("assertEqual", {"a": 1, "b": [1, 2, 3], "c": "x" * 70}, {"a": 1, "b": [1, 2, 4], "c": "x" * 71})
fails("assertDictEqual", [], {})
fails("assertDictEqual", {}, 5)
fails("assertEqual", OrderedDict(a=1), {"a": 2})
Point = namedtuple("Point", "x y")
fails("assertEqual", Point(1, 2), Point(1, 3))
fails("assertCountEqual", [1, 2, 2], [2, 1, 2])
fails("assertCountEqual", [1, 2, 2], [2, 1, 1])
fails("assertCountEqual", [[1], [2]], [[2], [3], [2]])
fails("assertCountEqual", [1, "x", None], [None, 1])
fails("assertCountEqual", iter("ab"), "ba")

fails("assertIs", None, 0)
fails("assertIs", None, None)
fails("assertIsNot", None, None)
fails("assertIsNone", 5)
fails("assertIsNotNone", None)
fails("assertIn", 1, [2, 3])
fails("assertIn", 1, [1])
fails("assertNotIn", "a", "abc")
fails("assertNotIn", "d", "abc")
fails("assertIsInstance", 1, str)
fails("assertIsInstance", 1, (str, bytes))
fails("assertIsInstance", 1, int)
fails("assertNotIsInstance", 1, int)
fails("assertNotIsInstance", 1, (str, int))
fails("assertIsSubclass", int, str)
fails("assertIsSubclass", int, (str, bytes))
fails("assertIsSubclass", 5, int)
fails("assertIsSubclass", bool, int)
fails("assertNotIsSubclass", bool, int)
fails("assertNotIsSubclass", bool, (str, int))
fails("assertNotIsSubclass", 5, int)
fails("assertHasAttr", [], "append")
fails("assertHasAttr", [], "add")
fails("assertHasAttr", sys, "nothing")
fails("assertHasAttr", list, "nothing", "listen")
fails("assertNotHasAttr", [], "append")
fails("assertNotHasAttr", sys, "path")
fails("assertNotHasAttr", list, "append")
fails("assertNotHasAttr", [], "add")
fails("assertStartsWith", "abc", "ab")
fails("assertStartsWith", "abc", "b")
fails("assertStartsWith", "abc", ("b", "c"))
fails("assertStartsWith", "abc", b"a")
fails("assertStartsWith", b"abc", "a")
fails("assertStartsWith", 5, "a")
fails("assertStartsWith", "abc", 5)
fails("assertStartsWith", b"abc", 5)
fails("assertStartsWith", "abc", ("x", b"y"))
fails("assertStartsWith", bytearray(b"abc"), b"x")
fails("assertNotStartsWith", "abc", "ab")
fails("assertNotStartsWith", "abc", ("x", "a"))
fails("assertNotStartsWith", "abc", "x")
fails("assertEndsWith", "abc", "ab")
fails("assertEndsWith", "abc", ("ab", "b"))
fails("assertEndsWith", "abc", "bc")
fails("assertNotEndsWith", "abc", "bc")
fails("assertNotEndsWith", b"abc", (b"bc", b"c"))

fails("assertLess", 1, 1)
fails("assertLess", 1, 2)
fails("assertLessEqual", 2, 1)
fails("assertGreater", 1, 1, "not more")
fails("assertGreaterEqual", 1, 2)
fails("assertLess", 1, "x")
fails("assertAlmostEqual", 1.0, 1.00000001)
fails("assertAlmostEqual", 1.0, 1.1)
fails("assertAlmostEqual", 1.0, 1.1, places=1)
fails("assertAlmostEqual", 1.0, 1.06, places=1)
fails("assertAlmostEqual", 1.0, 1.5, delta=0.2)
fails("assertAlmostEqual", 1.0, 1.5, delta=0.5)
fails("assertAlmostEqual", 1.0, 1.5, places=1, delta=0.5)
fails("assertAlmostEqual", 1, 1, places=1, delta=0.5)
fails("assertAlmostEqual", 1, "x")
fails("assertNotAlmostEqual", 1.0, 1.00000001)
fails("assertNotAlmostEqual", 1.0, 1.5, delta=0.5)
fails("assertNotAlmostEqual", 1.0, 1.5, delta=0.4)
fails("assertNotAlmostEqual", 1.0, 1.0)

# Long messages are cut, or not.
case.maxDiff = 20
fails("assertEqual", [1, 2, 3], [1, 5, 3])
fails("assertEqual", "one\ntwo", "one\nthree")
case.maxDiff = None
fails("assertEqual", list(range(40)), list(range(1, 41)))
case.longMessage = False
fails("assertEqual", 1, 2, "only this")
fails("assertEqual", 1, 2)
fails("assertIn", 1, [], "only this")
case.longMessage = True


# Exceptions.
def fail_with(error):
    raise error


def expect(what, manager, body=lambda: None):
    try:
        with manager() as context:
            body()
    except Exception as error:
        print(what, "|", type(error).__name__, error)
    else:
        print(what, "holds", context)
        return context


fails("assertRaises", ValueError, int, "x")
fails("assertRaises", ValueError, int, "5")
fails("assertRaises", (ValueError, TypeError), int, "5")
fails("assertRaises", ValueError, lambda: 5)
fails("assertRaises", ValueError, fail_with, KeyError("other"))
fails("assertRaises", 5, int)
fails("assertRaises", (ValueError, 5), int)
fails("assertRaises", ValueError, nonsense=1)
fails("assertRaises", ValueError, None)
expect("raises", lambda: case.assertRaises(ValueError))
expect("raises", lambda: case.assertRaises(ValueError, msg="should have"))
expect("raises", lambda: case.assertRaises((ValueError, KeyError)))
expect("raises", lambda: case.assertRaises(ValueError), lambda: fail_with(KeyError("k")))
with case.assertRaises(ValueError) as caught:
    int("x")
print(repr(caught.exception), caught.expected, caught.exception.__traceback__)
with case.assertRaises(Exception) as caught:
    {}["missing"]
print(repr(caught.exception))

# Warnings.
def warn(category=UserWarning, text="beware"):
    warnings.warn(text, category)


fails("assertWarns", UserWarning, warn)
fails("assertWarns", DeprecationWarning, warn, DeprecationWarning)
fails("assertWarns", DeprecationWarning, lambda: None)
fails("assertWarns", ValueError, warn)
expect("warns", lambda: case.assertWarns(UserWarning))
expect("warns", lambda: case.assertWarns((UserWarning, FutureWarning), msg="no warning"))
with case.assertWarns(UserWarning) as caught:
    warn(text="first")
    warn(text="second")
print(repr(caught.warning), caught.filename == __file__, caught.lineno, len(caught.warnings))

# Logs.
import logging

expect("logs", lambda: case.assertLogs())
expect("logs", lambda: case.assertLogs("shop", "ERROR"), lambda: logging.getLogger("shop").warning("w"))
expect("logs", lambda: case.assertLogs(logging.getLogger("shop"), logging.DEBUG))
expect("no logs", lambda: case.assertNoLogs())
expect("no logs", lambda: case.assertNoLogs("shop"), lambda: logging.getLogger("shop.till").error("seen %s", 1))
expect("no logs", lambda: case.assertNoLogs("shop", "CRITICAL"), lambda: logging.getLogger("shop").error("x"))
with case.assertLogs("shop", level="INFO") as caught:
    logging.getLogger("shop").info("first %d", 1)
    logging.getLogger("shop.till").error("second")
    logging.getLogger("shop").debug("no")
print(caught.output, [record.levelname for record in caught.records])
print(logging.getLogger("shop").handlers, logging.getLogger("shop").propagate)


# A comparison of one's own.
def same_blank(first, second, msg=None):
    raise case.failureException(msg or "blanks differ")


case.addTypeEqualityFunc(Blank, same_blank)
fails("assertEqual", Blank(), Blank())
fails("assertEqual", Blank(), Blank(), "mine")
print([name for name in dir(case) if name.startswith("assert") and "Regex" not in name])
