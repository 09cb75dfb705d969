"""Context variables: state of a thread or a task, managed, stored and accessed by context."""

import _collections_abc
from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")

_collections_abc.Mapping.register(Context)
