# unittest.main as a program: what it loads by name, its options, its exit codes, what cannot be loaded.
import io
import sys
import types
import unittest


class Alpha(unittest.TestCase):
    def test_b(self):
        pass

    def test_a(self):
        pass

    def helper(self):
        pass


class Beta(unittest.TestCase):
    def test_fails(self):
        self.assertEqual(1, 2)

    def test_ok(self):
        pass


def suite():
    return unittest.TestSuite([Alpha("test_b"), Beta("test_ok")])


def no_suite():
    return 5


def main(*args, **options):
    print("== main", *args, options)
    kept, sys.stderr = sys.stderr, io.StringIO()
    try:
        program = unittest.main(argv=["prog", *args], **options)
        print("result", program.result)
    except SystemExit as ended:
        print("exit", ended.code)
    except Exception as error:
        print(type(error).__name__, error)
    finally:
        text = sys.stderr.getvalue()
        sys.stderr = kept
    for line in text.splitlines():
        if line.startswith("Ran "):
            line = line[:line.index(" in ")] + " in TIME"
        print(line)


main()
main(exit=False, verbosity=2)
main(defaultTest="Alpha")
main(defaultTest=["Alpha.test_a", "suite"], verbosity=2)
main(defaultTest="Nothing")
main(defaultTest="Alpha.test_nothing")
main(defaultTest="no_suite")
main(defaultTest="sys")
empty = types.ModuleType("empty")
main(module=empty)
skipped = types.ModuleType("skipped")
skipped.Skipped = unittest.skip("all")(type("Skipped", (unittest.TestCase,), {"test": lambda self: None}))
main(module=skipped)


class Runner:
    def __init__(self, **options):
        print("runner", sorted(options.items()))

    def run(self, test):
        print(test.countTestCases())
        return unittest.TestResult()


main(testRunner=Runner, verbosity=5, failfast=True, buffer=True, warnings="error", tb_locals=True)

# Loading.
loader = unittest.TestLoader()
print(loader.getTestCaseNames(Alpha), loader.testMethodPrefix)
loader.sortTestMethodsUsing = lambda a, b: (a < b) - (a > b)
print(loader.getTestCaseNames(Alpha))
loader.testMethodPrefix = "help"
print(loader.getTestCaseNames(Alpha))
loader = unittest.TestLoader()
loader.testNamePatterns = ["*_a", "*Beta*"]
print(loader.getTestCaseNames(Alpha), loader.getTestCaseNames(Beta))
loader = unittest.TestLoader()
module = sys.modules["__main__"]
print(loader.loadTestsFromModule(module).countTestCases())
print(loader.loadTestsFromName("Alpha.test_a", module))
print(loader.loadTestsFromName("suite", module))
print(loader.loadTestsFromNames(["Alpha", "Beta.test_ok"], module))
for name in ("nothing", "Alpha.nothing", "no_such_module_here", "no_such_module_here.x", "unittest.nothing"):
    loader.errors.clear()
    tests = loader.loadTestsFromName(name, module if name in ("nothing", "Alpha.nothing") else None)
    print(tests.countTestCases(), loader.errors[0].splitlines()[0], loader.errors[0].splitlines()[-1])
for name in ("no_suite", "empty", "main"):
    try:
        loader.loadTestsFromName(name, module)
    except Exception as error:
        print(type(error).__name__, str(error)[:60])


class Module:
    __name__ = "module"
    Alpha = Alpha

    def load_tests(loader, tests, pattern):
        print("load_tests", tests.countTestCases(), pattern)
        return unittest.TestSuite()


print(loader.loadTestsFromModule(Module, pattern="p*").countTestCases())
Module.load_tests = lambda *args: 1 / 0
print(loader.loadTestsFromModule(Module), loader.errors[-1].splitlines()[0])
