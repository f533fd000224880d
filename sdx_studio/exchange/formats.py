"""What a file format declares, what opening a file yields, and what is said when it cannot be opened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sdx_studio.document import Document

LARGEST = 64 * 1024 * 1024
"""Bytes; larger files are refused by every format."""

Options = Mapping[str, str]
STEM = "file name"
"""Among the options of a writer: the name of the file, without its ending."""


class FileError(Exception):
    """A file cannot be read or written; `str()` is `file:line:column: where: message`, without what is not known."""

    def __init__(self, path: object, line: int, column: int, where: str, message: str) -> None:
        super().__init__(message)
        self.path = str(path)
        self.line = line
        self.column = column
        self.where = where
        self.message = message

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return ": ".join(part for part in (place, self.where, self.message) if part)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document made from a file, and in words whatever could not be taken over just as it was."""

    document: Document
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be asked of a format: `--option key=value`."""

    key: str
    help: str
    writes: bool = False
    """True for what is asked when a file is written, False for what is asked when one is read."""


Sniffer = Callable[[bytes], bool]
Reader = Callable[[bytes, str, Options], Opened]
Writer = Callable[[Document, Options], bytes]
Gatherer = Callable[[Mapping[str, bytes], str, Options], Opened]
Recogniser = Callable[[Mapping[str, bytes]], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """One file format; `read` gets the bytes and the file's name, `sniff` the first 4 KiB.

    `gather` gets all files of a folder (or of an archive of one) by name, and the folder's name.
    """

    key: str
    label: str
    suffixes: tuple[str, ...]
    sniff: Sniffer
    read: Reader | None = None
    write: Writer | None = None
    options: tuple[Option, ...] = ()
    gather: Gatherer | None = None
    sniff_all: Recogniser | None = None
    """Whether a folder's files are of this format."""

    @property
    def reads(self) -> bool:
        """Whether files of this format, or folders of them, can be opened."""
        return self.read is not None or self.gather is not None

    @property
    def writes(self) -> bool:
        """Whether documents can be written in this format."""
        return self.write is not None
