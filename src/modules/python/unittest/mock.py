"""Objects that stand for others in a test, and write down what was done with them."""

from ._mock_calls import ANY, DEFAULT, call, sentinel
from ._mock_objects import (AsyncMock, MagicMock, Mock, NonCallableMagicMock, NonCallableMock, PropertyMock,
                            ThreadingMock, InvalidSpecError, seal)
from ._mock_patch import patch
from ._mock_spec import create_autospec, mock_open

__all__ = ("Mock", "MagicMock", "patch", "sentinel", "DEFAULT", "ANY", "call", "create_autospec", "AsyncMock",
           "ThreadingMock", "FILTER_DIR", "NonCallableMock", "NonCallableMagicMock", "mock_open", "PropertyMock", "seal")

FILTER_DIR = True

for _class in (AsyncMock, MagicMock, Mock, NonCallableMagicMock, NonCallableMock, PropertyMock, ThreadingMock):
    _class.__module__ = __name__
InvalidSpecError.__module__ = __name__
