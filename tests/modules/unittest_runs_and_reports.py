# Runs of unittest with all their outcomes, fixtures, subtests, skips and cleanups, and the report of each.
import io
import sys
import unittest
from contextlib import contextmanager


def show(text):
    """A report without the time it took, on standard output."""
    for line in text.splitlines():
        if line.startswith("Ran "):
            line = line[:line.index(" in ")] + " in TIME"
        print(line)


def run(*cases, verbosity=1, **options):
    stream = io.StringIO()
    suite = unittest.TestSuite()
    for case in cases:
        suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(case) if isinstance(case, type) else [case])
    result = unittest.TextTestRunner(stream, verbosity=verbosity, **options).run(suite)
    show(stream.getvalue())
    print(result, result.wasSuccessful())
    return result


class Outcomes(unittest.TestCase):
    def test_ok(self):
        """All is well.

        More is not shown."""

    def test_failure(self):
        self.assertEqual([1, 2], [1, 3], "message")

    def test_error(self):
        {}["missing"]

    def test_deeper(self):
        def helper():
            self.fail("in a helper")
        helper()

    def test_chained(self):
        try:
            1 / 0
        except ZeroDivisionError as error:
            raise ValueError("chained") from error

    def test_chained_failure(self):
        try:
            self.assertTrue(False)
        except AssertionError:
            self.assertIsNone(1)

    @unittest.skip("not now")
    def test_skipped(self):
        raise RuntimeError

    @unittest.skipIf(True, "always")
    def test_skip_if(self):
        """Described."""

    @unittest.skipUnless(True, "never")
    def test_skip_unless(self):
        pass

    def test_skips_itself(self):
        self.skipTest("changed its mind")

    def test_raises_skip(self):
        raise unittest.SkipTest("raised")

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    @unittest.expectedFailure
    def test_unexpected(self):
        """Should have failed."""

    def test_plain_assert(self):
        assert 1 == 2, "plain"


class Good(unittest.TestCase):
    def test_one(self):
        pass

    def test_two(self):
        self.assertTrue(True)


class Parts(unittest.TestCase):
    def test_parts(self):
        for number in range(5):
            with self.subTest(number=number):
                self.assertNotIn(number, (1, 3))

    def test_nested(self):
        with self.subTest("outer", a=1):
            with self.subTest("inner", b="two"):
                raise ValueError("inside")
            with self.subTest(a=2, c=3):
                self.fail("shadowed")

    def test_message_only(self):
        with self.subTest("just a message"):
            self.fail()
        with self.subTest():
            self.fail()
        with self.subTest("skips"):
            self.skipTest("this part")
        with self.subTest("fine"):
            pass

    @unittest.expectedFailure
    def test_expected_in_part(self):
        with self.subTest(i=1):
            self.fail()
        print("not reached")

    def test_then_fails(self):
        with self.subTest(x=1):
            self.fail("in the part")
        self.fail("after the part")


log = []


class Fixtures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.append("setUpClass")
        cls.addClassCleanup(log.append, "class cleanup")

    @classmethod
    def tearDownClass(cls):
        log.append("tearDownClass")

    def setUp(self):
        log.append("setUp")
        self.addCleanup(log.append, "cleanup 1")
        self.addCleanup(log.append, "cleanup 2")

    def tearDown(self):
        log.append("tearDown")

    def test_a(self):
        log.append("test_a")

    def test_b(self):
        log.append("test_b")
        self.fail()


class BadSetUp(unittest.TestCase):
    def setUp(self):
        self.addCleanup(log.append, "still cleaned")
        raise OSError("no set-up")

    def tearDown(self):
        log.append("never")

    def test(self):
        log.append("never")


class BadTearDown(unittest.TestCase):
    def tearDown(self):
        raise OSError("no tear-down")

    def test_ok(self):
        pass

    def test_bad(self):
        self.fail("and this")


class BadCleanup(unittest.TestCase):
    def test(self):
        self.addCleanup(int, "x")
        self.addCleanup(log.append, "first")


class BadClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(log.append, "class cleanup after failure")
        cls.addClassCleanup(int, "y")
        raise ValueError("class")

    def test_never(self):
        pass

    def test_never_either(self):
        pass


class BadClassEnd(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        raise ValueError("class end")

    def test(self):
        pass


class SkippedClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("the whole class")

    def test(self):
        pass


@unittest.skip("decorated")
class SkippedByDecorator(unittest.TestCase):
    def test_a(self):
        pass

    def test_b(self):
        pass


@unittest.expectedFailure
class ExpectedClass(unittest.TestCase):
    def test(self):
        self.fail()


class Contexts(unittest.TestCase):
    @contextmanager
    def noisy(self, name):
        log.append("enter " + name)
        yield name.upper()
        log.append("leave " + name)

    def test(self):
        log.append(self.enterContext(self.noisy("a")))
        log.append(self.enterContext(self.noisy("b")))
        self.assertRaisesText()

    def assertRaisesText(self):
        try:
            self.enterContext(5)
        except TypeError as error:
            log.append(str(error))


class Loud(unittest.TestCase):
    def test_good(self):
        print("heard by nobody")

    def test_bad(self):
        print("out")
        print("err", file=sys.stderr)
        self.fail()

    def test_bad_part(self):
        with self.subTest(i=1):
            print("in the part", end="")
            self.fail()


class Locals(unittest.TestCase):
    def test(self):
        number, text = 5, "text"
        self.assertEqual(number, text)


print("-- good")
run(Good)
run(Good, verbosity=2)
run(Good, verbosity=0)
run()
print("-- outcomes")
run(Outcomes)
run(Outcomes, verbosity=2)
run(Outcomes, verbosity=2, descriptions=False, failfast=True)
print("-- subtests")
run(Parts)
run(Parts, verbosity=2)
run(Parts, failfast=True)
print("-- fixtures")
for case in (Fixtures, BadSetUp, BadTearDown, BadCleanup, BadClass, BadClassEnd, SkippedClass, SkippedByDecorator,
             ExpectedClass, Contexts):
    print("-", case.__name__)
    run(case, verbosity=2)
    print(log)
    log.clear()
print("-- several")
run(Fixtures, Good, BadClass, Good)
print(log)
print("-- buffered")
run(Loud, buffer=True)
print("-- with locals")
run(Locals, tb_locals=True)


# Modules have fixtures, too.
def setUpModule():
    log.append("setUpModule")
    unittest.addModuleCleanup(log.append, "module cleanup")


def tearDownModule():
    log.append("tearDownModule")


log.clear()
run(Good)
print(log)


def setUpModule():
    unittest.addModuleCleanup(log.append, "module cleanup 2")
    raise RuntimeError("no module")


log.clear()
run(Good, Outcomes)
print(log)


def setUpModule():
    raise unittest.SkipTest("no module today")


run(Good, verbosity=2)


def setUpModule():
    pass


def tearDownModule():
    raise RuntimeError("module end")


run(Good)
del setUpModule, tearDownModule


# Functions as tests, results of one's own, debug.
def function():
    """Says what it does."""
    raise ValueError("function")


test = unittest.FunctionTestCase(function, setUp=lambda: log.append("up"), description="described")
print(test, repr(test)[:46], test.id(), test.shortDescription(), unittest.FunctionTestCase(function).shortDescription())
run(test, verbosity=2)


class Own(unittest.TestResult):
    def startTestRun(self):
        print("start of the run")

    def stopTestRun(self):
        print("end of the run")

    def startTest(self, test):
        super().startTest(test)
        print("start", test.id())

    def addSuccess(self, test):
        print("success", test)


own = Own()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Good)
print(suite, suite.countTestCases(), list(suite)[0] == Good("test_one"), hash(Good("test_one")) == hash(Good("test_one")))
suite.run(own)
print(own, own.testsRun, own.shouldStop, suite.countTestCases())
print(Good("test_one").run(), Good("test_one")())
Good("test_one").run(own)
for bad in (lambda: Good("nothing"), lambda: Outcomes("test_error").debug(), lambda: Outcomes("test_skipped").debug(),
            lambda: unittest.TestSuite([5]), lambda: unittest.TestSuite("ab"), lambda: unittest.TestSuite([Good]),
            lambda: Parts("test_parts").debug(), lambda: unittest.defaultTestLoader.loadTestsFromTestCase(unittest.TestSuite)):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
print(unittest.TestSuite([Good("test_one")]) == unittest.TestSuite([Good("test_one")]), unittest.TestSuite() == 5)
