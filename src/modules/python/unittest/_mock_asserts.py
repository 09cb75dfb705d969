"""What a test can assert about the calls that a mock wrote down."""

from ._mock_calls import _Call, _CallList, as_text


def _cause(value):
    return value if isinstance(value, Exception) else None


class Assertions:
    """The assertions, over `call_args`, `call_args_list` and `mock_calls`."""

    def _mock_label(self):
        return self._mock_state.name or "mock"

    def _calls_repr(self, prefix="Calls"):
        return f"\n{prefix}: {self.mock_calls!r}." if self.mock_calls else ""

    def _call_matcher(self, one, signature=None):
        """A call as it is compared: with each argument at its parameter, where the parameters are known.

        What does not fit them comes back as the error that it would be."""
        signature = signature or self._signature_for(one)
        if signature is None:
            return one
        try:
            bound = signature.bind(*one.args, **one.kwargs)
        except TypeError as error:
            return error.with_traceback(None)
        return _Call((one[0] if len(one) == 3 else "", bound.args, bound.kwargs))

    def _signature_for(self, one):
        name = one[0] if len(one) == 3 else ""
        if not name:
            return self._mock_state.signature
        mock = self
        for part in name.replace("()", "").split("."):
            mock = mock._mock_state.children.get(part)
            if mock is None or not hasattr(mock, "_mock_state"):
                return None
        return mock._mock_state.signature

    def _wrong_call(self, args, kwargs, actual):
        expected = as_text(self._mock_label(), args, kwargs)
        return f"expected call not found.\nExpected: {expected}\n  Actual: {actual}"

    def assert_not_called(self):
        """Assert that the mock was never called."""
        if self.call_count:
            raise AssertionError(f"Expected '{self._mock_label()}' to not have been called. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")

    def assert_called(self):
        """Assert that the mock was called at least once."""
        if not self.call_count:
            raise AssertionError(f"Expected '{self._mock_label()}' to have been called.")

    def assert_called_once(self):
        """Assert that the mock was called exactly once."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_label()}' to have been called once. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")

    def assert_called_with(self, /, *args, **kwargs):
        """Assert that the last call had these arguments."""
        if self.call_args is None:
            raise AssertionError(self._wrong_call(args, kwargs, "not called."))
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        actual = self._call_matcher(self.call_args)
        if actual != expected:
            shown = as_text(self._mock_label(), *self.call_args)
            raise AssertionError(self._wrong_call(args, kwargs, shown)) from _cause(expected)

    def assert_called_once_with(self, /, *args, **kwargs):
        """Assert that there was one call, and that it had these arguments."""
        if self.call_count != 1:
            raise AssertionError(f"Expected '{self._mock_label()}' to be called once. "
                                 f"Called {self.call_count} times.{self._calls_repr()}")
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Assert that one of the calls had these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if isinstance(expected, Exception) or not any(self._call_matcher(one) == expected for one in self.call_args_list):
            shown = as_text(self._mock_label(), args, kwargs)
            raise AssertionError(f"{shown} call not found") from _cause(expected)

    def assert_has_calls(self, calls, any_order=False):
        """Assert that the mock or what came from it was called like this, one after the other or in any order."""
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        found = _CallList(self._call_matcher(one) for one in self.mock_calls)
        if not any_order:
            if expected not in found:
                if cause is None:
                    problem = "Calls not found."
                else:
                    errors = [one if isinstance(one, Exception) else None for one in expected]
                    problem = f"Error processing expected calls.\nErrors: {errors}"
                raise AssertionError(f"{problem}\nExpected: {_CallList(calls)}"
                                     f"{self._calls_repr(prefix='  Actual').rstrip('.')}") from cause
            return
        missing = []
        rest = list(found)
        for one in expected:
            if one in rest:
                rest.remove(one)
            else:
                missing.append(one)
        if missing:
            label = self._mock_state.name or "mock"
            raise AssertionError(f"{label!r} does not contain all of {tuple(missing)!r} in its call list, "
                                 f"found {list(found)!r} instead") from cause
