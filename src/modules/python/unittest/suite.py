"""Test suites: tests in order, with the fixtures of their classes and modules around them."""

import sys

from unittest import case, util

__unittest = True


def _call_if_exists(parent, name):
    getattr(parent, name, lambda: None)()


class BaseTestSuite:
    """Tests and suites in order."""

    # Whether tests that have run are let go.
    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return f"<{util.strclass(self.__class__)} tests={list(self)}>"

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, self.__class__) else NotImplemented

    __hash__ = None

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        for at, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._removeTestAtIndex(at)
        return result

    def _removeTestAtIndex(self, index):
        try:
            test = self._tests[index]
        except TypeError:
            # The tests are not in a list.
            return
        if hasattr(test, "countTestCases"):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the tests; what they raise goes to the caller."""
        for test in self:
            test.debug()


class TestSuite(BaseTestSuite):
    """Tests in order, with the fixtures of classes and modules where they begin and end."""

    def run(self, result, debug=False):
        outermost = not getattr(result, "_testRunEntered", False)
        if outermost:
            result._testRunEntered = True
        for at, test in enumerate(self):
            if result.shouldStop:
                break
            if _is_test(test):
                self._tearDownPreviousClass(test, result)
                self._handleModuleFixture(test, result)
                self._handleClassSetUp(test, result)
                result._previousTestClass = test.__class__
                if getattr(test.__class__, "_classSetupFailed", False) or \
                        getattr(result, "_moduleSetUpFailed", False):
                    continue
            if debug:
                test.debug()
            else:
                test(result)
            if self._cleanup:
                self._removeTestAtIndex(at)
        if outermost:
            self._tearDownPreviousClass(None, result)
            self._handleModuleTearDown(result)
            result._testRunEntered = False
        return result

    def debug(self):
        """Run the tests; what they raise goes to the caller."""
        self.run(_DebugResult(), True)

    def _handleClassSetUp(self, test, result):
        now = test.__class__
        if now == getattr(result, "_previousTestClass", None) or result._moduleSetUpFailed or \
                getattr(now, "__unittest_skip__", False):
            return
        failed = False
        try:
            now._classSetupFailed = False
        except TypeError:
            # Not a class that takes attributes.
            pass
        setup = getattr(now, "setUpClass", None)
        cleanups = getattr(now, "doClassCleanups", None)
        if setup is None:
            return
        _call_if_exists(result, "_setupStdout")
        try:
            try:
                setup()
            except Exception as problem:
                if isinstance(result, _DebugResult):
                    raise
                failed = True
                try:
                    now._classSetupFailed = True
                except TypeError:
                    pass
                self._note(result, problem, "setUpClass", util.strclass(now))
            if failed and cleanups is not None:
                cleanups()
                for info in now.tearDown_exceptions:
                    self._note(result, info[1], "setUpClass", util.strclass(now), info)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _handleModuleFixture(self, test, result):
        before = getattr(result, "_previousTestClass", None)
        before = before and before.__module__
        now = test.__class__.__module__
        if now == before:
            return
        self._handleModuleTearDown(result)
        result._moduleSetUpFailed = False
        module = sys.modules.get(now)
        setup = getattr(module, "setUpModule", None)
        if setup is None:
            return
        _call_if_exists(result, "_setupStdout")
        try:
            try:
                setup()
            except Exception as problem:
                if isinstance(result, _DebugResult):
                    raise
                result._moduleSetUpFailed = True
                self._note(result, problem, "setUpModule", now)
            if result._moduleSetUpFailed:
                self._clean_up_module(result, "setUpModule", now)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _clean_up_module(self, result, fixture, module):
        try:
            case.doModuleCleanups()
        except Exception as problem:
            self._note(result, problem, fixture, module)

    def _handleModuleTearDown(self, result):
        before = getattr(result, "_previousTestClass", None)
        if before is None or result._moduleSetUpFailed:
            return
        name = before.__module__
        module = sys.modules.get(name)
        if module is None:
            return
        _call_if_exists(result, "_setupStdout")
        try:
            teardown = getattr(module, "tearDownModule", None)
            if teardown is not None:
                try:
                    teardown()
                except Exception as problem:
                    if isinstance(result, _DebugResult):
                        raise
                    self._note(result, problem, "tearDownModule", name)
            self._clean_up_module(result, "tearDownModule", name)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _tearDownPreviousClass(self, test, result):
        before = getattr(result, "_previousTestClass", None)
        if before is None or before == test.__class__ or getattr(before, "_classSetupFailed", False) or \
                getattr(result, "_moduleSetUpFailed", False) or getattr(before, "__unittest_skip__", False):
            return
        teardown = getattr(before, "tearDownClass", None)
        cleanups = getattr(before, "doClassCleanups", None)
        if teardown is None and cleanups is None:
            return
        _call_if_exists(result, "_setupStdout")
        name = util.strclass(before)
        try:
            if teardown is not None:
                try:
                    teardown()
                except Exception as problem:
                    if isinstance(result, _DebugResult):
                        raise
                    self._note(result, problem, "tearDownClass", name)
            if cleanups is not None:
                cleanups()
                for info in before.tearDown_exceptions:
                    if isinstance(result, _DebugResult):
                        raise info[1]
                    self._note(result, info[1], "tearDownClass", name, info)
        finally:
            _call_if_exists(result, "_restoreStdout")

    def _note(self, result, problem, fixture, of, info=None):
        """Tell a result of what went wrong in a fixture, or that it skipped the tests."""
        holder = _ErrorHolder(f"{fixture} ({of})")
        add_skip = getattr(result, "addSkip", None)
        if add_skip is not None and isinstance(problem, case.SkipTest):
            add_skip(holder, str(problem))
        else:
            result.addError(holder, info or (type(problem), problem, problem.__traceback__))


class _ErrorHolder:
    """Stands in results for a fixture that went wrong."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.description

    def run(self, result):
        pass

    def __call__(self, result):
        pass

    def countTestCases(self):
        return 0


def _is_test(test):
    """Whether this is a test and no suite."""
    try:
        iter(test)
    except TypeError:
        return True
    return False


class _DebugResult:
    """A result that knows nothing: what is raised goes through."""

    _previousTestClass = None
    _moduleSetUpFailed = False
    shouldStop = False
