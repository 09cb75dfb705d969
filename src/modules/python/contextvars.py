"""Context variables: state of a thread or a task, managed, stored and accessed by context."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")
