# A test file as people write them: fixtures, subtests, skips, expected failures, and what the runner says of them.
import io
import logging
import re
import sys
import unittest
import warnings


class Ledger:
    """Accounts and transfers between them."""

    def __init__(self):
        self.accounts = {}
        self.history = []

    def open(self, name, amount=0):
        if name in self.accounts:
            raise KeyError(name)
        if amount < 0:
            raise ValueError(f"cannot open with {amount}")
        self.accounts[name] = amount

    def transfer(self, source, target, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        if self.accounts[source] < amount:
            logging.getLogger("ledger").warning("%s lacks %d", source, amount - self.accounts[source])
            raise RuntimeError("insufficient funds")
        self.accounts[source] -= amount
        self.accounts[target] += amount
        self.history.append((source, target, amount))

    def total(self):
        return sum(self.accounts.values())

    def close(self, name):
        warnings.warn("close() is deprecated", DeprecationWarning, stacklevel=2)
        return self.accounts.pop(name)


class LedgerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.created = 0

    def setUp(self):
        self.ledger = Ledger()
        self.ledger.open("a", 100)
        self.ledger.open("b")
        type(self).created += 1
        self.addCleanup(self.ledger.history.clear)

    def test_transfer_moves_money(self):
        """Money moves, and is not made."""
        self.ledger.transfer("a", "b", 30)
        self.assertEqual(self.ledger.accounts, {"a": 70, "b": 30})
        self.assertEqual(self.ledger.total(), 100)

    def test_bad_amounts(self):
        for amount in (0, -1, -100):
            with self.subTest(amount=amount):
                with self.assertRaisesRegex(ValueError, "positive"):
                    self.ledger.transfer("a", "b", amount)

    def test_some_subtests_fail(self):
        for divisor in (1, 2, 3):
            with self.subTest("division", divisor=divisor):
                self.assertEqual(100 % divisor, 0)

    def test_insufficient(self):
        with self.assertLogs("ledger", "WARNING") as logs, self.assertRaises(RuntimeError) as caught:
            self.ledger.transfer("a", "b", 1000)
        self.assertEqual(str(caught.exception), "insufficient funds")
        self.assertEqual(logs.output, ["WARNING:ledger:a lacks 900"])

    def test_deprecated(self):
        with self.assertWarns(DeprecationWarning):
            self.assertEqual(self.ledger.close("a"), 100)

    def test_wrong_on_purpose(self):
        self.assertEqual(self.ledger.accounts, {"a": 100, "b": 1}, "the accounts differ")

    def test_long_lists(self):
        self.assertListEqual(list(range(5)), [0, 1, 2, 4, 4])

    def test_texts(self):
        self.assertMultiLineEqual("one\ntwo\nthree\n", "one\n2\nthree\n")

    def test_error(self):
        self.ledger.open("a")

    @unittest.skip("no bank is open")
    def test_skipped(self):
        self.fail("never")

    @unittest.skipIf(sys.maxsize > 0, "always")
    def test_skipped_if(self):
        self.fail("never")

    @unittest.expectedFailure
    def test_known_bug(self):
        self.assertAlmostEqual(self.ledger.total() / 3, 33.3)

    @unittest.expectedFailure
    def test_mended(self):
        self.assertIn("a", self.ledger.accounts)


class AssertionTexts(unittest.TestCase):
    """What failed assertions say."""

    def test_texts(self):
        checks = [lambda: self.assertTrue(0), lambda: self.assertIs(1, None), lambda: self.assertIn(3, [1]),
                  lambda: self.assertIsInstance("x", int), lambda: self.assertGreater(1, 2), lambda: self.assertIsNone(3),
                  lambda: self.assertAlmostEqual(1.0, 1.1), lambda: self.assertAlmostEqual(1, 2, delta=0.5),
                  lambda: self.assertCountEqual([1, 1], [1, 2]), lambda: self.assertRegex("abc", "^b"),
                  lambda: self.assertDictEqual({1: 2}, {1: 3}), lambda: self.assertSetEqual({1}, {2}),
                  lambda: self.assertRaises(KeyError, int, "3"), lambda: self.assertTupleEqual((1,), (1, 2)),
                  lambda: self.assertNotEqual(1, 1), lambda: self.assertHasAttr("", "nothing"),
                  lambda: self.assertStartsWith("abc", "b"), lambda: self.assertNotIsInstance(1, int),
                  lambda: self.assertIsSubclass(int, str), lambda: self.assertEndsWith("abc", "b")]
        for check in checks:
            with self.assertRaises(AssertionError) as caught:
                check()
            print(str(caught.exception).replace("\n", " | "))


def load(*cases):
    loader = unittest.TestLoader()
    return unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in cases)


for verbosity in (1, 2):
    stream = io.StringIO()
    runner = unittest.TextTestRunner(stream, verbosity=verbosity)
    result = runner.run(load(LedgerTest))
    text = re.sub(r"in \d+\.\d+s", "in TIME", stream.getvalue())
    text = re.sub(r'File ".*?(\w+\.py)"', r'File "\1"', text)
    print(text)
    print(result, result.wasSuccessful(), LedgerTest.created)
result = unittest.TextTestRunner(io.StringIO(), failfast=True, buffer=False).run(load(AssertionTexts))
print(result.testsRun, result.wasSuccessful())
names = unittest.TestLoader().getTestCaseNames(LedgerTest)
print(len(names), names[:3])
suite = unittest.defaultTestLoader.loadTestsFromName("LedgerTest.test_error", sys.modules["__main__"])
print(suite.countTestCases(), next(iter(suite)).id().split(".")[-1], next(iter(suite)))
