# The assertions of unittest that search for regular expressions.
import re
import unittest
import warnings

case = unittest.TestCase()


def fails(name, *args, **kwargs):
    try:
        getattr(case, name)(*args, **kwargs)
    except case.failureException as failure:
        print(name, "|", failure)
    except Exception as error:
        print(name, "raised", type(error).__name__, error)
    else:
        print(name, "holds")


def warn(text):
    warnings.warn(text)


fails("assertRegex", "hello", "l+")
fails("assertRegex", "hello", "x+")
fails("assertRegex", "hello", re.compile("x", re.I), "no x")
fails("assertRegex", "hello", "")
fails("assertNotRegex", "hello", "l+")
fails("assertNotRegex", "hello", "x")
fails("assertRaisesRegex", ValueError, "invalid", int, "x")
fails("assertRaisesRegex", ValueError, "^other", int, "x")
fails("assertRaisesRegex", ValueError, "any", int, "5")
fails("assertWarnsRegex", UserWarning, "be", warn, "beware")
fails("assertWarnsRegex", UserWarning, "x", warn, "beware")
fails("assertWarnsRegex", UserWarning, "x", lambda: None)
with case.assertRaisesRegex(ValueError, r"'(x)'") as caught:
    int("x")
print(caught.exception, caught.expected_regex.pattern)
