"""What is known of a run of tests: how many, and which went wrong how."""

import sys

__unittest = True

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"


class TestResult:
    """Told by each test how it went."""

    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures = []
        self.errors = []
        self.testsRun = 0
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.collectedDurations = []
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False
        self._stdout_buffer = None
        self._stderr_buffer = None
        self._original_stdout = sys.stdout
        self._original_stderr = sys.stderr
        self._mirrorOutput = False

    def printErrors(self):
        """Report what went wrong, in subclasses that report."""

    def startTest(self, test):
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def _setupStdout(self):
        if not self.buffer:
            return
        if self._stderr_buffer is None:
            from io import StringIO
            self._stderr_buffer = StringIO()
            self._stdout_buffer = StringIO()
        sys.stdout = self._stdout_buffer
        sys.stderr = self._stderr_buffer

    def startTestRun(self):
        """Called before the first test."""

    def stopTest(self, test):
        self._restoreStdout()
        self._mirrorOutput = False

    def _restoreStdout(self):
        if not self.buffer:
            return
        sides = ((sys.stdout, self._original_stdout, self._stdout_buffer, STDOUT_LINE),
                 (sys.stderr, self._original_stderr, self._stderr_buffer, STDERR_LINE))
        for now, original, buffer, line in sides:
            if self._mirrorOutput:
                text = now.getvalue()
                if text:
                    original.write(line % (text if text.endswith("\n") else text + "\n"))
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for _, _, buffer, _ in sides:
            buffer.seek(0)
            buffer.truncate()

    def stopTestRun(self):
        """Called after the last test."""

    def _stop_if_one_is_enough(self):
        if getattr(self, "failfast", False):
            self.stop()

    def addError(self, test, err):
        self._stop_if_one_is_enough()
        self.errors.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addFailure(self, test, err):
        self._stop_if_one_is_enough()
        self.failures.append((test, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSubTest(self, test, subtest, err):
        """A subtest ended; err is None if it succeeded."""
        if err is None:
            return
        self._stop_if_one_is_enough()
        errors = self.failures if issubclass(err[0], test.failureException) else self.errors
        errors.append((subtest, self._exc_info_to_string(err, test)))
        self._mirrorOutput = True

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        self._stop_if_one_is_enough()
        self.unexpectedSuccesses.append(test)

    def addDuration(self, test, elapsed):
        self.collectedDurations.append((str(test), elapsed))

    def wasSuccessful(self):
        return not self.failures and not self.errors and not self.unexpectedSuccesses

    def stop(self):
        """Run no more tests."""
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        from traceback import TracebackException
        kind, problem, tb = err
        report = TracebackException(kind, problem, self._clean_tracebacks(problem, tb, test),
                                    capture_locals=self.tb_locals, compact=True)
        from _colors import wanted
        text = "".join(report.format(colorize=hasattr(self, "stream") and wanted(self.stream)))
        if self.buffer:
            for stream, line in ((sys.stdout, STDOUT_LINE), (sys.stderr, STDERR_LINE)):
                output = stream.getvalue()
                if output:
                    text += line % (output if output.endswith("\n") else output + "\n")
        return text

    def _clean_tracebacks(self, problem, tb, test):
        """Leave out unittest's own frames, of an exception and of those that led to it; the traceback left."""
        cleaned, seen, left = None, {id(problem)}, [(problem, tb)]
        while left:
            value, tb = left.pop()
            while tb and self._is_relevant_tb_level(tb):
                tb = tb.tb_next
            if type(value) is test.failureException:
                self._remove_unittest_tb_frames(tb)
            if value is problem:
                cleaned = tb
            else:
                value.__traceback__ = tb
            for cause in (value.__cause__, value.__context__):
                if cause is not None and id(cause) not in seen:
                    seen.add(id(cause))
                    left.append((cause, cause.__traceback__))
        return cleaned

    def _is_relevant_tb_level(self, tb):
        return "__unittest" in tb.tb_frame.f_globals

    def _remove_unittest_tb_frames(self, tb):
        """Cut off where the assertion begins."""
        last = None
        while tb and not self._is_relevant_tb_level(tb):
            last, tb = tb, tb.tb_next
        if last is not None:
            last.tb_next = None

    def __repr__(self):
        from unittest.util import strclass
        return f"<{strclass(self.__class__)} run={self.testsRun} errors={len(self.errors)} " \
            f"failures={len(self.failures)}>"
