"""Test cases of coroutines: the fixtures and the test of one case share an event loop and its context."""

import asyncio
import contextvars
import inspect

from unittest.case import TestCase

__unittest = True


class IsolatedAsyncioTestCase(TestCase):
    """A case whose tests, asyncSetUp() and asyncTearDown() may be coroutines; every test has an event loop of its own."""

    loop_factory = None

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._asyncioRunner = None
        self._asyncioTestContext = contextvars.copy_context()

    async def asyncSetUp(self):
        """Called after setUp(), on the test's event loop."""

    async def asyncTearDown(self):
        """Called before tearDown(), on the test's event loop."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Have a coroutine function called after the test, as addCleanup() does with others."""
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        """Enter an asynchronous context manager that is left after the test; gives what it gives."""
        kind = type(cm)
        try:
            enter, leave = kind.__aenter__, kind.__aexit__
        except AttributeError:
            raise TypeError(f"'{kind.__module__}.{kind.__qualname__}' object does not support the asynchronous context "
                            "manager protocol") from None
        result = await enter(cm)
        self.addAsyncCleanup(leave, cm, None, None, None)
        return result

    def run(self, result=None):
        """Run the test on an event loop that is there for it alone."""
        self._make_runner()
        try:
            return super().run(result)
        finally:
            self._close_runner()

    def debug(self):
        """Run the test without catching errors."""
        self._make_runner()
        try:
            super().debug()
        finally:
            self._close_runner()

    def _make_runner(self):
        self._asyncioRunner = asyncio.Runner(debug=True, loop_factory=self.loop_factory)

    def _close_runner(self):
        self._asyncioRunner.close()
        self._asyncioRunner = None

    def _callSetUp(self):
        # The loop has to be there: what setUp() makes may ask for it.
        self._asyncioRunner.get_loop()
        self._asyncioTestContext.run(self.setUp)
        self._on_loop(self.asyncSetUp)

    def _callTestMethod(self, method):
        super()._callTestMethod(lambda: self._on_loop(method))

    def _callTearDown(self):
        self._on_loop(self.asyncTearDown)
        self._asyncioTestContext.run(self.tearDown)

    def _callCleanup(self, function, /, *args, **kwargs):
        self._on_loop(function, *args, **kwargs)

    def _on_loop(self, function, /, *args, **kwargs):
        context = self._asyncioTestContext
        if inspect.iscoroutinefunction(function):
            return self._asyncioRunner.run(function(*args, **kwargs), context=context)
        return context.run(function, *args, **kwargs)
