"""unittest.main(): the tests of a module as a program with options."""

import os
import sys

from unittest import loader, runner
from unittest.signals import installHandler

__unittest = True

# The exit code of a run without tests.
_NO_TESTS_EXITCODE = 5

_EXAMPLES = """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
"""

_MODULE_EXAMPLES = """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
"""


def _module_name(name):
    """The dotted name of what may be given as a file."""
    if name.lower().endswith(".py") and os.path.isfile(name):
        if os.path.isabs(name):
            relative = os.path.relpath(name, os.getcwd())
            if os.path.isabs(relative) or relative.startswith(os.pardir):
                return name
            name = relative
        return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")
    return name


def _pattern(pattern):
    return pattern if "*" in pattern else f"*{pattern}*"


class TestProgram:
    """Loads the tests that the command line asks for, runs them, and ends the program."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _common = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None,
                 buffer=None, warnings=None, *, tb_locals=False, durations=None):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        argv = sys.argv if argv is None else argv
        self.exit = exit
        self.failfast = failfast
        self.catchbreak = catchbreak
        self.verbosity = verbosity
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.durations = durations
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def parseArgs(self, argv):
        """Find out which tests are wanted."""
        if self.module is None and len(argv) > 1 and argv[1].lower() == "discover":
            self._do_discovery(argv[2:])
            return
        self._main_parser().parse_args(argv[1:], self)
        if self.module is None and not self.tests:
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = [_module_name(name) for name in self.tests]
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            self.testNames = None
        else:
            self.testNames = (self.defaultTest,) if isinstance(self.defaultTest, str) else list(self.defaultTest)
        self.createTests()

    def createTests(self, from_discovery=False, Loader=None):
        """Load the tests."""
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            finder = self.testLoader if Loader is None else Loader()
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _common_parser(self):
        """What is asked of tests that are named and of those that are discovered."""
        if self._common is None:
            self._common = self._make_common_parser()
        return self._common

    def _make_common_parser(self):
        import argparse
        parser = argparse.ArgumentParser(add_help=False)
        add = parser.add_argument
        add("-v", "--verbose", dest="verbosity", action="store_const", const=2, help="Verbose output")
        add("-q", "--quiet", dest="verbosity", action="store_const", const=0, help="Quiet output")
        add("--locals", dest="tb_locals", action="store_true", help="Show local variables in tracebacks")
        add("--durations", dest="durations", type=int, default=None, metavar="N",
            help="Show the N slowest test cases (N=0 for all)")
        for flag, dest, long, text in (("-f", "failfast", "--failfast", "Stop on first fail or error"),
                                       ("-c", "catchbreak", "--catch", "Catch Ctrl-C and display results so far"),
                                       ("-b", "buffer", "--buffer", "Buffer stdout and stderr during tests")):
            if getattr(self, dest) is None:
                add(flag, long, dest=dest, action="store_true", help=text)
                setattr(self, dest, False)
        if self.testNamePatterns is None:
            add("-k", dest="testNamePatterns", action="append", type=_pattern,
                help="Only run tests which match the given substring")
            self.testNamePatterns = []
        return parser

    def _main_parser(self):
        import argparse
        parser = argparse.ArgumentParser(parents=[self._common_parser()], prog=self.progName,
                                         formatter_class=argparse.RawDescriptionHelpFormatter,
                                         epilog=_MODULE_EXAMPLES if self.module is None else _EXAMPLES)
        parser.add_argument("tests", nargs="*", help="a list of any number of test modules, classes and test methods.")

        def print_help(file=None):
            # The examples stand apart from what comes next.
            more = self._find_parser().format_help() if self.module is None else ""
            print(f"{parser.format_help()}\n{more}", end="", file=file)
        parser.print_help = print_help
        return parser

    def _find_parser(self):
        import argparse
        parser = argparse.ArgumentParser(parents=[self._common_parser()], prog=f"{self.progName} discover",
                                         epilog="For test discovery all test modules must be importable from the top "
                                                "level directory of the project.")
        for flag, long, dest, text in (("-s", "--start-directory", "start",
                                        "Directory to start discovery ('.' default)"),
                                       ("-p", "--pattern", "pattern", "Pattern to match tests ('test*.py' default)"),
                                       ("-t", "--top-level-directory", "top",
                                        "Top level directory of project (defaults to start directory)")):
            parser.add_argument(flag, long, dest=dest, help=text)
            parser.add_argument(dest, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        return parser

    def _do_discovery(self, argv):
        self.start, self.pattern, self.top = ".", "test*.py", None
        if argv is not None:
            self._find_parser().parse_args(argv, self)
        self.createTests(from_discovery=True)

    def runTests(self):
        """Run the tests, and end the program by how it went."""
        if self.catchbreak:
            installHandler()
        testRunner = runner.TextTestRunner if self.testRunner is None else self.testRunner
        if isinstance(testRunner, type):
            options = {"verbosity": self.verbosity, "failfast": self.failfast, "buffer": self.buffer,
                       "warnings": self.warnings}
            try:
                testRunner = testRunner(**options, tb_locals=self.tb_locals, durations=self.durations)
            except TypeError:
                # A class of the program's own may know fewer options.
                try:
                    testRunner = testRunner(**options)
                except TypeError:
                    testRunner = testRunner()
        self.result = testRunner.run(self.test)
        if self.exit:
            if not self.result.wasSuccessful():
                sys.exit(1)
            sys.exit(_NO_TESTS_EXITCODE if self.result.testsRun == 0 and not self.result.skipped else 0)


main = TestProgram
