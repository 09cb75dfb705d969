"""Running tests with a report in text."""

import sys
import time

from _colors import unittest_theme, wanted
from unittest.case import _SubTest
from unittest.result import TestResult
from unittest.signals import registerResult

__unittest = True


class _WritelnDecorator:
    """A stream with a method writeln."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, attr):
        if attr in ("stream", "__getstate__"):
            raise AttributeError(attr)
        return getattr(self.stream, attr)

    def writeln(self, arg=None):
        if arg:
            self.write(arg)
        self.write("\n")


class TextTestResult(TestResult):
    """Writes a dot or a line for each test, and at the end what went wrong."""

    separator1 = "=" * 70
    separator2 = "-" * 70

    def __init__(self, stream, descriptions, verbosity, *, durations=None):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self._theme = unittest_theme(wanted(stream))
        self.showAll = verbosity > 1
        self.dots = verbosity == 1
        self.descriptions = descriptions
        self._newline = True
        self.durations = durations

    def getDescription(self, test):
        line = test.shortDescription()
        return f"{test}\n{line}" if self.descriptions and line else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
            self.stream.flush()
            self._newline = False

    def _write_status(self, test, status):
        subtest = isinstance(test, _SubTest)
        if subtest or self._newline:
            if not self._newline:
                self.stream.writeln()
            if subtest:
                self.stream.write("  ")
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
        self.stream.writeln(status)
        self.stream.flush()
        self._newline = True

    def _show(self, test, color, line, dot, more=""):
        color = getattr(self._theme, color)
        if self.showAll:
            self._write_status(test, f"{color}{line}{self._theme.reset}{more}")
        elif self.dots:
            self.stream.write(f"{color}{dot}{self._theme.reset}")
            self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._show(subtest, "fail", "FAIL" if failed else "ERROR", "F" if failed else "E")
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, "passed", "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._show(test, "fail", "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._show(test, "fail", "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, "warn", "skipped", "s", f" {reason!r}")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._show(test, "warn", "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show(test, "fail", "unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
            self.stream.flush()
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        unexpected = getattr(self, "unexpectedSuccesses", ())
        if unexpected:
            theme = self._theme
            self.stream.writeln(self.separator1)
            for test in unexpected:
                self.stream.writeln(f"{theme.fail}UNEXPECTED SUCCESS{theme.fail_info}: {self.getDescription(test)}"
                                    f"{theme.reset}")
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        theme = self._theme
        for test, report in errors:
            self.stream.writeln(self.separator1)
            self.stream.writeln(f"{theme.fail}{flavour}{theme.reset}{theme.fail_info}: {self.getDescription(test)}"
                                f"{theme.reset}")
            self.stream.writeln(self.separator2)
            self.stream.writeln(str(report))
            self.stream.flush()


class TextTestRunner:
    """Runs tests and writes a report to a stream, by default sys.stderr."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False, durations=None):
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.descriptions = descriptions
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.durations = durations
        self.warnings = warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        try:
            return self.resultclass(self.stream, self.descriptions, self.verbosity, durations=self.durations)
        except TypeError:
            # A class of the program's own may know nothing of durations.
            return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def _printDurations(self, result):
        if not result.collectedDurations:
            return
        longest = sorted(result.collectedDurations, key=lambda entry: entry[1], reverse=True)
        if self.durations > 0:
            longest = longest[:self.durations]
        self.stream.writeln("Slowest test durations")
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        hidden = False
        for test, elapsed in longest:
            if self.verbosity < 2 and elapsed < 0.001:
                hidden = True
                continue
            self.stream.writeln(f"{f'{elapsed:.3f}s':<10} {test}")
        self.stream.writeln("\n(durations < 0.001s were hidden; use -v to show these durations)" if hidden else "")

    def run(self, test):
        """Run a test or a suite; its result."""
        import warnings
        result = self._makeResult()
        registerResult(result)
        result.failfast = self.failfast
        result.buffer = self.buffer
        result.tb_locals = self.tb_locals
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            began = time.perf_counter()
            getattr(result, "startTestRun", lambda: None)()
            try:
                test(result)
            finally:
                getattr(result, "stopTestRun", lambda: None)()
            taken = time.perf_counter() - began
        result.printErrors()
        if self.durations is not None:
            self._printDurations(result)
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        self.stream.writeln(f"Ran {result.testsRun} test{'' if result.testsRun == 1 else 's'} in {taken:.3f}s")
        self.stream.writeln()
        self._print_summary(result)
        return result

    def _print_summary(self, result):
        theme = unittest_theme(wanted(self.stream))
        counts = []
        if not result.wasSuccessful():
            verdict, color = "FAILED", theme.fail_info
            counts += [("failures", result.failures, color), ("errors", result.errors, color)]
        elif result.testsRun == 0 and not result.skipped:
            verdict, color = "NO TESTS RAN", theme.warn
        else:
            verdict, color = "OK", theme.passed
        self.stream.write(f"{color}{verdict}{theme.reset}")
        counts += [("skipped", getattr(result, "skipped", ()), theme.warn),
                   ("expected failures", getattr(result, "expectedFailures", ()), theme.warn),
                   ("unexpected successes", getattr(result, "unexpectedSuccesses", ()), theme.fail)]
        said = [f"{color}{what}={len(tests)}{theme.reset}" for what, tests, color in counts if tests]
        self.stream.writeln(f" ({', '.join(said)})" if said else "")
        self.stream.flush()
