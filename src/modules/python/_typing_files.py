"""What typing calls files: types with the methods of files, for annotations."""

from abc import abstractmethod
from typing import Any, AnyStr, Generic

__name__ = "typing"


class IO(Generic[AnyStr]):
    """The type of files, for annotations."""

    __slots__ = ()

    @property
    @abstractmethod
    def mode(self) -> str:
        """How it was opened."""

    @property
    @abstractmethod
    def name(self) -> str | Any:
        """What was opened."""

    @abstractmethod
    def close(self) -> None:
        """Flush and close it."""

    @property
    @abstractmethod
    def closed(self) -> bool:
        """Whether it is closed."""

    @abstractmethod
    def fileno(self) -> int:
        """Its descriptor."""

    @abstractmethod
    def flush(self) -> None:
        """Write what is buffered."""

    @abstractmethod
    def isatty(self) -> bool:
        """Whether it is a terminal."""

    @abstractmethod
    def read(self, n: int = -1) -> AnyStr:
        """Read at most n characters or bytes; all without n."""

    @abstractmethod
    def readable(self) -> bool:
        """Whether it can be read."""

    @abstractmethod
    def readline(self, limit: int = -1) -> AnyStr:
        """Read a line, at most limit of it."""

    @abstractmethod
    def readlines(self, hint: int = -1) -> list[AnyStr]:
        """Read lines to the end, or until hint is passed."""

    @abstractmethod
    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""

    @abstractmethod
    def seekable(self) -> bool:
        """Whether places can be gone to."""

    @abstractmethod
    def tell(self) -> int:
        """The place it is at."""

    @abstractmethod
    def truncate(self, size: int | None = None) -> int:
        """Cut it off at size, or here."""

    @abstractmethod
    def writable(self) -> bool:
        """Whether it can be written."""

    @abstractmethod
    def write(self, s: AnyStr) -> int:
        """Write, and say how much."""

    @abstractmethod
    def writelines(self, lines: list[AnyStr]) -> None:
        """Write several lines."""

    @abstractmethod
    def __enter__(self) -> IO[AnyStr]:
        """The file itself."""

    @abstractmethod
    def __exit__(self, type, value, traceback) -> None:
        """Close it."""


class BinaryIO(IO[bytes]):
    """The type of files opened in binary mode."""

    __slots__ = ()

    @abstractmethod
    def write(self, s: bytes | bytearray) -> int:
        """Write, and say how much."""

    @abstractmethod
    def __enter__(self) -> BinaryIO:
        """The file itself."""


class TextIO(IO[str]):
    """The type of files opened in text mode."""

    __slots__ = ()

    @property
    @abstractmethod
    def buffer(self) -> BinaryIO:
        """The file of bytes below it."""

    @property
    @abstractmethod
    def encoding(self) -> str:
        """How text is written in bytes."""

    @property
    @abstractmethod
    def errors(self) -> str | None:
        """What is done with what cannot be."""

    @property
    @abstractmethod
    def line_buffering(self) -> bool:
        """Whether lines are written when they end."""

    @property
    @abstractmethod
    def newlines(self) -> Any:
        """The ends of lines that were read."""

    @abstractmethod
    def __enter__(self) -> TextIO:
        """The file itself."""
