"""Test cases: how one test runs with its fixtures, subtests, skipping and cleanups."""

import sys
import time

from unittest._assertions import _Assertions
from unittest.util import strclass

__unittest = True

_NO_MESSAGE = object()


class SkipTest(Exception):
    """Raised in a test to skip it."""


class _ShouldStop(Exception):
    """Ends a test of which a subtest failed, if one failure is enough."""


def _id(obj):
    return obj


def skip(reason):
    """Skip the decorated test without conditions."""
    def decorate(item):
        if not isinstance(item, type):
            from functools import wraps

            @wraps(item)
            def skipped(*args, **kwargs):
                raise SkipTest(reason)

            item = skipped
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item

    if hasattr(reason, "__code__"):
        # The decorator was used without parentheses.
        item, reason = reason, ""
        return decorate(item)
    return decorate


def skipIf(condition, reason):
    """Skip the decorated test if a condition is true."""
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    """Skip the decorated test unless a condition is true."""
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """Mark a test that is known to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


def _enter_context(cm, addcleanup):
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        text = f"'{cls.__module__}.{cls.__qualname__}' object does not support the context manager protocol"
        if hasattr(cls, "__aenter__") and hasattr(cls, "__aexit__"):
            text += " but it supports the asynchronous context manager protocol. Did you mean to use " \
                "enterAsyncContext()?"
        raise TypeError(text) from None
    result = enter(cm)
    addcleanup(leave, cm, None, None, None)
    return result


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Call a function after the module's tests, even if setUpModule fails."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enter a context that ends after the module's tests."""
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    """Call what is to be called after the module's tests, the last first."""
    problems = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


class _Outcome:
    """How a test is going."""

    def __init__(self, result=None):
        self.expecting_failure = False
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")
        self.success = True
        self.expectedFailure = None

    def part(self, test_case, subTest=False):
        return _Part(self, test_case, subTest)


class _Part:
    """One part of a test, such as setUp: what it raises is noted and goes no further."""

    def __init__(self, outcome, test_case, subTest):
        self.outcome, self.test_case, self.subTest = outcome, test_case, subTest

    def __enter__(self):
        self.before = self.outcome.success
        self.outcome.success = True

    def __exit__(self, kind, problem, tb):
        outcome, test_case = self.outcome, self.test_case
        try:
            return self._note(outcome, test_case, kind, (kind, problem, tb))
        finally:
            outcome.success = outcome.success and self.before

    def _note(self, outcome, test_case, kind, info):
        if kind is None:
            if self.subTest and outcome.success:
                outcome.result.addSubTest(test_case.test_case, test_case, None)
        elif issubclass(kind, KeyboardInterrupt):
            return False
        elif issubclass(kind, SkipTest):
            outcome.success = False
            _addSkip(outcome.result, test_case, str(info[1]))
        elif issubclass(kind, _ShouldStop):
            pass
        elif outcome.expecting_failure:
            outcome.expectedFailure = info
        else:
            outcome.success = False
            if self.subTest:
                outcome.result.addSubTest(test_case.test_case, test_case, info)
            else:
                _addError(outcome.result, test_case, info)
        return True


def _addSkip(result, test_case, reason):
    add = getattr(result, "addSkip", None)
    if add is not None:
        add(test_case, reason)
        return
    import warnings
    warnings.warn("TestResult has no addSkip method, skips not reported", RuntimeWarning, 2)
    result.addSuccess(test_case)


def _addError(result, test, info):
    if result is None or info is None:
        return
    if issubclass(info[0], test.failureException):
        result.addFailure(test, info)
    else:
        result.addError(test, info)


def _first_line(doc):
    return doc.strip().split("\n")[0].strip() if doc else None


class TestCase(_Assertions):
    """A test, or several: each method whose name begins with "test" is one, with an instance of its own."""

    _classSetupFailed = False
    _class_cleanups = []

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = "No test"
        try:
            self._testMethodDoc = getattr(self, methodName).__doc__
        except AttributeError:
            # An instance without a method serves those who only want the assertions.
            if methodName != "runTest":
                raise ValueError(f"no such test method in {self.__class__}: {methodName}") from None
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual",
                                     set: "assertSetEqual", frozenset: "assertSetEqual", str: "assertMultiLineEqual"}

    def addCleanup(self, function, /, *args, **kwargs):
        """Call a function after the test and its tearDown, the last first, even if setUp fails."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context that ends after the test."""
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Call a function after the class's tests, even if setUpClass fails."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """Enter a context that ends after the class's tests."""
        return _enter_context(cm, cls.addClassCleanup)

    def setUp(self):
        """Prepare each test."""

    def tearDown(self):
        """Clear away after each test whose setUp succeeded."""

    @classmethod
    def setUpClass(cls):
        """Prepare the class's tests."""

    @classmethod
    def tearDownClass(cls):
        """Clear away after the class's tests."""

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        from unittest.result import TestResult
        return TestResult()

    def shortDescription(self):
        """The first line of the test's documentation, or None."""
        return _first_line(self._testMethodDoc)

    def id(self):
        return f"{strclass(self.__class__)}.{self._testMethodName}"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({strclass(self.__class__)}.{self._testMethodName})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} testMethod={self._testMethodName}>"

    def subTest(self, msg=_NO_MESSAGE, **params):
        """A part of a test that may fail without ending it."""
        return _SubTestContext(self, msg, params)

    def skipTest(self, reason):
        """Skip this test."""
        raise SkipTest(reason)

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        result = method()
        if result is not None:
            import warnings
            kind = type(result)
            text = f"It is deprecated to return a value that is not None from a test case ({method} returned " \
                f"{kind.__name__!r})"
            if hasattr(result, "__await__"):
                text += ". Maybe you forgot to use IsolatedAsyncioTestCase as the base class?"
            warnings.warn(text, DeprecationWarning, stacklevel=3)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        """Run the test and tell a result how it went."""
        if result is None:
            result = self.defaultTestResult()
            startTestRun, stopTestRun = (getattr(result, name, None) for name in ("startTestRun", "stopTestRun"))
            if startTestRun is not None:
                startTestRun()
        else:
            stopTestRun = None
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            if getattr(self.__class__, "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
                reason = getattr(self.__class__, "__unittest_skip_why__", "") or \
                    getattr(method, "__unittest_skip_why__", "")
                _addSkip(result, self, reason)
                return result
            outcome = _Outcome(result)
            began = time.perf_counter()
            try:
                self._outcome = outcome
                self._run_parts(outcome, method)
                self._tell(result, outcome, time.perf_counter() - began)
                return result
            finally:
                # The exception's frames would keep the outcome alive, and it them.
                outcome.expectedFailure = None
                self._outcome = None
        finally:
            result.stopTest(self)
            if stopTestRun is not None:
                stopTestRun()

    def _run_parts(self, outcome, method):
        expecting = getattr(self, "__unittest_expecting_failure__", False) or \
            getattr(method, "__unittest_expecting_failure__", False)
        with outcome.part(self):
            self._callSetUp()
        if outcome.success:
            outcome.expecting_failure = expecting
            with outcome.part(self):
                self._callTestMethod(method)
            outcome.expecting_failure = False
            with outcome.part(self):
                self._callTearDown()
        self.doCleanups()
        self._expecting = expecting

    def _tell(self, result, outcome, elapsed):
        add_duration = getattr(result, "addDuration", None)
        if add_duration is not None:
            add_duration(self, elapsed)
        if not outcome.success:
            return
        if not self._expecting:
            result.addSuccess(self)
        elif outcome.expectedFailure:
            result.addExpectedFailure(self, outcome.expectedFailure)
        else:
            result.addUnexpectedSuccess(self)

    def doCleanups(self):
        """Call what is to be called after the test, the last first; whether all went well."""
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.part(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Call what is to be called after the class's tests, the last first."""
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test; what it raises goes to the caller."""
        method = getattr(self, self._testMethodName)
        if getattr(self.__class__, "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
            raise SkipTest(getattr(self.__class__, "__unittest_skip_why__", "") or
                           getattr(method, "__unittest_skip_why__", ""))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, *args, **kwargs)


class _SubTestContext:
    """The block of a subtest. Those within know what those around them are about."""

    def __init__(self, test_case, message, params):
        self.test_case, self.message, self.params = test_case, message, params
        self.part = None

    def __enter__(self):
        case = self.test_case
        outcome = case._outcome
        if outcome is None or not outcome.result_supports_subtests:
            return
        self.outer = case._subtest
        params = {**self.params, **(self.outer.params if self.outer else {}), **self.params}
        case._subtest = _SubTest(case, self.message, params)
        self.part = outcome.part(case._subtest, subTest=True)
        self.part.__enter__()

    def __exit__(self, *info):
        if self.part is None:
            return False
        case = self.test_case
        outcome = case._outcome
        try:
            swallowed = self.part.__exit__(*info)
            if not swallowed and info[0] is not None:
                return False
            if not outcome.success:
                if getattr(outcome.result, "failfast", False):
                    raise _ShouldStop
            elif outcome.expectedFailure:
                # That there was one is all that counts: what comes after it need not run.
                raise _ShouldStop
            return True
        finally:
            case._subtest = self.outer


class FunctionTestCase(TestCase):
    """A test made of functions."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc = setUp
        self._tearDownFunc = tearDown
        self._testFunc = testFunc
        self._description = description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _key(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, self.__class__) else NotImplemented

    def __hash__(self):
        return hash((type(self), *self._key()))

    def __str__(self):
        return f"{strclass(self.__class__)} ({self._testFunc.__name__})"

    def __repr__(self):
        return f"<{strclass(self.__class__)} tec={self._testFunc}>"

    def shortDescription(self):
        return _first_line(self._testFunc.__doc__) if self._description is None else self._description


class _SubTest(TestCase):
    """Stands in results for a part of a test."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self._message = message
        self.test_case = test_case
        self.params = params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not _NO_MESSAGE:
            parts.append(f"[{self._message}]")
        if self.params:
            parts.append("(" + ", ".join(f"{key}={value!r}" for key, value in self.params.items()) + ")")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"
