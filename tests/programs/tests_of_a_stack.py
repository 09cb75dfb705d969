"""An ordinary file of tests, run with the usual report."""

import io
import sys
import unittest
from unittest import TestCase


class Stack:
    def __init__(self, items=()):
        self._items = list(items)

    def push(self, item):
        self._items.append(item)
        return self

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty stack")
        return self._items.pop()

    def __len__(self):
        return len(self._items)

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, Stack) else NotImplemented

    def __repr__(self):
        return f"Stack({self._items})"


class TestStack(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = 0

    def setUp(self):
        self.stack = Stack([1, 2])
        type(self).made += 1
        self.addCleanup(self.forget)

    def forget(self):
        del self.stack

    def test_push_and_pop(self):
        """What is pushed last comes first."""
        self.assertEqual(self.stack.push(3).pop(), 3)
        self.assertEqual(len(self.stack), 2)
        self.assertIn(1, self.stack._items)

    def test_empty(self):
        with self.assertRaisesRegex(IndexError, "empty"):
            Stack().pop()
        self.assertFalse(Stack())
        self.assertIsNone(None)

    def test_equality(self):
        self.assertEqual(Stack("ab"), Stack(["a", "b"]))
        self.assertNotEqual(Stack(), 5)
        self.assertCountEqual([3, 1, 2], [1, 2, 3])
        self.assertAlmostEqual(0.1 + 0.2, 0.3)

    def test_order_is_wrong_on_purpose(self):
        self.assertEqual([1, 2, 3], [1, 3, 2], "the order")

    def test_dictionaries(self):
        self.assertDictEqual({"a": 1, "b": [1, 2]}, {"a": 1, "b": [1, 3]})

    def test_many(self):
        for n in range(4):
            with self.subTest(n=n):
                self.assertLess(n % 3, 2)

    @unittest.skip("not today")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_known(self):
        self.assertTrue(Stack())

    @unittest.skipUnless(sys.version_info >= (3, 14), "too old")
    def test_version(self):
        with self.assertWarns(UserWarning):
            import warnings
            warnings.warn("careful")

    def test_error(self):
        Stack().pop()

    def test_logs(self):
        import logging
        with self.assertLogs("stack", level="INFO") as logs:
            logging.getLogger("stack").warning("full: %d", 3)
        self.assertEqual(logs.output, ["WARNING:stack:full: 3"])


class TestFixtureFails(TestCase):
    def setUp(self):
        raise RuntimeError("no fixture")

    def test_never(self):
        pass


def main():
    stream = io.StringIO()
    suite = unittest.TestSuite(map(unittest.defaultTestLoader.loadTestsFromTestCase, [TestStack, TestFixtureFails]))
    result = unittest.TextTestRunner(stream, verbosity=2).run(suite)
    for line in stream.getvalue().splitlines():
        print(line if not line.startswith("Ran ") else line[: line.index(" in ")])
    print(result, result.wasSuccessful(), TestStack.made)
    print(sorted(test.id().rpartition(".")[2] for test, _ in result.failures + result.errors))


if __name__ == "__main__":
    main()
