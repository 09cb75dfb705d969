"""Paths as objects: pure ones, which are only text, and those that the file system is asked of.

Paths as Windows writes them are text only. What reaches files goes through os and open, and so through the
sandbox's gate.
"""

from pathlib._path import Path, PosixPath
from pathlib._pure import PurePath, PurePosixPath, UnsupportedOperation
from pathlib._windows import PureWindowsPath, WindowsPath

__all__ = ["UnsupportedOperation", "PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]
