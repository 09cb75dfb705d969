"""Paths as objects: pure ones, which are only text, and those that the file system is asked of.

There are only paths as POSIX writes them. What reaches files goes through os and open, and so through the
sandbox's gate.
"""

from pathlib._path import Path, PosixPath
from pathlib._pure import PurePath, PurePosixPath, UnsupportedOperation

__all__ = ["UnsupportedOperation", "PurePath", "PurePosixPath", "Path", "PosixPath"]
