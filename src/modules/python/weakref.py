"""Weak references: they do not keep what they refer to alive.

Here they are cleared when a collection finds the object unreachable, not at the last reference.
"""

from _weakref import ReferenceType

ref = ReferenceType

__all__ = ["ref", "ReferenceType"]
