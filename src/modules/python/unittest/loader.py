"""Finding tests: in classes, in modules, by names, in folders."""

import os
import sys
from functools import cmp_to_key

from unittest import case, suite, util

__unittest = True


class _FailedTest(case.TestCase):
    """Stands for what could not be loaded: to run it tells why."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattribute__(name)

        def fail():
            raise self._exception
        return fail


def _current_report():
    import traceback
    return traceback.format_exc()


def _failed(name, exception, suite_class, message):
    return suite_class((_FailedTest(name, exception),)), message


def _failed_import(name, suite_class):
    message = f"Failed to import test module: {name}\n{_current_report()}"
    return _failed(name, ImportError(message), suite_class, message)


def _skipped_module(name, problem, suite_class):
    @case.skip(str(problem))
    def skipped(self):
        pass
    return suite_class((type("ModuleSkipped", (case.TestCase,), {name: skipped})(name),))


def _is_case(obj):
    return isinstance(obj, type) and issubclass(obj, case.TestCase) and \
        obj not in (case.TestCase, case.FunctionTestCase)


class TestLoader:
    """Makes suites of tests."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        self.errors = []
        # Modules that load_tests has already been called for, so that discovery does not go in circles.
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """The tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = [] if testCaseClass in (case.TestCase, case.FunctionTestCase) else \
            self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        """The tests of a module; by its function load_tests, if it has one."""
        tests = self.suiteClass([self.loadTestsFromTestCase(obj) for obj in
                                 (getattr(module, name) for name in dir(module)) if _is_case(obj)])
        load_tests = getattr(module, "load_tests", None)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as problem:
            message = f"Failed to call load_tests:\n{_current_report()}"
            failed, message = _failed(module.__name__, problem, self.suiteClass, message)
            self.errors.append(message)
            return failed

    def loadTestsFromName(self, name, module=None):
        """The tests that a dotted name names: of a module, a class, one method, or what a function returns."""
        parts = name.split(".")
        import_failure = None
        if module is None:
            module, parts, import_failure = self._import_longest(name, parts)
            if module is None:
                self.errors.append(import_failure[1])
                return import_failure[0]
        parent, obj = None, module
        for at, part in enumerate(parts):
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as problem:
                return self._missing(obj, parts, at, problem, import_failure)
        return self._tests_of(parent, obj, parts)

    def _import_longest(self, name, parts):
        """The module that the longest beginning of a name names, what is left of the name, and what failed."""
        failure = None
        for length in range(len(parts), 0, -1):
            module_name = ".".join(parts[:length])
            try:
                module = __import__(module_name)
            except ImportError:
                failure = _failed_import(parts[length - 1], self.suiteClass)
            else:
                return module, parts[1:], failure
        return None, parts, failure

    def _missing(self, obj, parts, at, problem, import_failure):
        if getattr(obj, "__path__", None) is not None and import_failure is not None:
            # The name may be that of a submodule that could not be imported.
            self.errors.append(import_failure[1])
            return import_failure[0]
        message = f"Failed to access attribute:\n{_current_report()}"
        failed, message = _failed(parts[at], problem, self.suiteClass, message)
        self.errors.append(message)
        return failed

    def _tests_of(self, parent, obj, parts):
        if isinstance(obj, type(sys)):
            return self.loadTestsFromModule(obj)
        if _is_case(obj):
            return self.loadTestsFromTestCase(obj)
        if callable(obj) and isinstance(parent, type) and issubclass(parent, case.TestCase):
            instance = parent(parts[-1])
            if not isinstance(getattr(instance, parts[-1]), type(_current_report)):
                return self.suiteClass([instance])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError(f"calling {obj} returned {test}, not a test")
        raise TypeError(f"don't know how to make test from: {obj}")

    def loadTestsFromNames(self, names, module=None):
        """The tests that several names name."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """The names of the test methods of a class, in their order."""
        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            if self.testNamePatterns is None:
                return True
            from _glob import matches
            full = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return any(matches(full, pattern) for pattern in self.testNamePatterns)

        names = [name for name in dir(testCaseClass) if wanted(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """The tests of all modules below a folder (or a package) whose files' names match a pattern."""
        before = self._top_level_dir
        top = top_level_dir or before or start_dir
        if not os.path.isdir(os.path.abspath(start_dir)):
            try:
                __import__(start_dir)
            except ImportError:
                raise ImportError(f"Start directory is not importable: {start_dir!r}") from None
            package = sys.modules[start_dir]
            if getattr(package, "__file__", None) is None:
                raise TypeError("don't know how to discover from {!r}".format(package))
            folder = os.path.abspath(os.path.dirname(package.__file__))
            if top_level_dir is None:
                top = folder
                for _ in start_dir.split("."):
                    top = os.path.dirname(top)
            start_dir = folder
        top, start = os.path.abspath(top), os.path.abspath(start_dir)
        if top not in sys.path:
            sys.path.insert(0, top)
        if start != top and not os.path.isfile(os.path.join(start, "__init__.py")):
            raise ImportError(f"Start directory is not importable: {start_dir!r}")
        self._top_level_dir = top
        try:
            return self.suiteClass(list(self._find_tests(start, pattern)))
        finally:
            self._top_level_dir = before

    def _module_name(self, path):
        relative = os.path.relpath(os.path.splitext(os.path.normpath(path))[0], self._top_level_dir)
        return relative.replace(os.path.sep, ".")

    def _import(self, name):
        __import__(name)
        return sys.modules[name]

    def _find_tests(self, folder, pattern):
        name = "." if folder == self._top_level_dir else self._module_name(folder)
        if name != "." and name not in self._loading_packages:
            # The package's own load_tests may find all the rest.
            tests, goes_on = self._package_tests(folder, name, pattern)
            if tests is not None:
                yield tests
            if not goes_on:
                return
        for entry in sorted(os.listdir(folder)):
            path = os.path.join(folder, entry)
            if os.path.isfile(path):
                tests = self._file_tests(entry, path, pattern)
                if tests is not None:
                    yield tests
            elif os.path.isdir(path) and os.path.isfile(os.path.join(path, "__init__.py")):
                yield from self._find_tests(path, pattern)

    def _package_tests(self, folder, name, pattern):
        """The tests that a package itself has, and whether its modules are to be searched."""
        from _glob import matches
        try:
            package = self._import(name)
        except case.SkipTest as problem:
            return _skipped_module(name, problem, self.suiteClass), False
        except Exception:
            failed, message = _failed_import(name, self.suiteClass)
            self.errors.append(message)
            return failed, False
        tests = None
        self._loading_packages.add(name)
        try:
            load_tests = getattr(package, "load_tests", None)
            if load_tests is not None or matches(os.path.basename(folder), pattern):
                tests = self.loadTestsFromModule(package, pattern=pattern)
            return tests, load_tests is None
        finally:
            self._loading_packages.discard(name)

    def _file_tests(self, entry, path, pattern):
        from _glob import matches
        stem, ending = os.path.splitext(entry)
        if ending != ".py" or not stem.isidentifier() or not matches(entry, pattern):
            return None
        name = self._module_name(path)
        try:
            module = self._import(name)
        except case.SkipTest as problem:
            return _skipped_module(name, problem, self.suiteClass)
        except Exception:
            failed, message = _failed_import(name, self.suiteClass)
            self.errors.append(message)
            return failed
        found = os.path.realpath(os.path.abspath(getattr(module, "__file__", path)))
        if os.path.splitext(found)[0].lower() != os.path.splitext(os.path.realpath(path))[0].lower():
            raise ImportError(f"{stem!r} module incorrectly imported from {os.path.dirname(found)!r}. Expected "
                              f"{os.path.dirname(path)!r}. Is this module globally installed?")
        return self.loadTestsFromModule(module, pattern=pattern)


defaultTestLoader = TestLoader()
